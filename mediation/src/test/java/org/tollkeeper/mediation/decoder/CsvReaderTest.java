package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvReaderTest {

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a,b                | [[a, b]]",
                "a,,                | [[a, , ]]",
                "a\\nb\\n           | [[a], [b]]",
                "a\\r\\n\\r\\nb     | [[a], [b]]",
                "a\\rb              | [[a], [b]]",
                "\"a,b\",c          | [[a,b, c]]",
                "\"a\"\"b\"         | [[a\"b]]",
                "\"a\\nb\",c        | [[a\\nb, c]]",
                "a\"b\",c           | [[a\"b\", c]]",
                "\"a\"b,c           | [[ab, c]]",
                "\"a,b\\nc,d        | [[\"a, b], [c, d]]",
                "\"\"               | [[]]",
                "\"                 | [[\"]]",
            })
    void text_becomes_records(String text, String records) throws IOException {
        String content = text.replace("\\n", "\n").replace("\\r", "\r");
        assertThat(read(content).toString().replace("\n", "\\n")).isEqualTo(records);
    }

    @Test
    void each_record_knows_its_first_byte() throws IOException {
        CsvReader reader = reader("\ufeffä,1\n\nb,2\r\nc\n");
        List<Long> offsets = new ArrayList<>();
        while (reader.next() != null) {
            offsets.add(reader.byteOffset());
        }
        assertThat(offsets).containsExactly(3L, 9L, 14L);
    }

    @Test
    void a_quote_that_is_never_closed_costs_its_line_only() throws IOException {
        String content = "\"stray,1\n" + "x,2\n".repeat(100_000);
        assertThat(read(content)).hasSize(100_001);
    }

    @Test
    void well_formed_text_reads_as_commons_csv_reads_it() throws IOException {
        for (long seed = 1; seed <= 300; seed++) {
            String content = wellFormed(new SplittableRandom(seed));
            List<List<String>> expected = new ArrayList<>();
            for (CSVRecord record : CSVFormat.RFC4180.parse(new StringReader(content))) {
                expected.add(record.toList());
            }
            expected.removeIf(fields -> fields.equals(List.of("")));
            assertThat(read(content)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static String wellFormed(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int records = random.nextInt(2000);
        for (int i = 0; i < records; i++) {
            int fields = 2 + random.nextInt(6);
            for (int f = 0; f < fields; f++) {
                text.append(f == 0 ? "" : ",");
                String value = "aé\"\n,9 ".substring(random.nextInt(7)).repeat(random.nextInt(4));
                text.append(
                        value.matches("[^\",\n]*")
                                ? value
                                : '"' + value.replace("\"", "\"\"") + '"');
            }
            text.append(random.nextBoolean() ? "\n" : "\r\n");
        }
        return text.toString();
    }

    private static List<List<String>> read(String content) throws IOException {
        CsvReader reader = reader(content);
        List<List<String>> records = new ArrayList<>();
        for (List<String> r = reader.next(); r != null; r = reader.next()) {
            records.add(r);
        }
        return records;
    }

    private static CsvReader reader(String content) {
        return new CsvReader(new ByteArrayInputStream(content.getBytes(UTF_8)), UTF_8, ',', '"');
    }
}
