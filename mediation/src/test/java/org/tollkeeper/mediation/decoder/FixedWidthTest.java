package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedWidthTest {

    static final String MAPPING =
            """
            {"columns": {"3-10": "setup_date", "11-16": "setup_time", "17-22": "duration",
                         "23-32": "calling", "33-42": "called", "43": "answered",
                         "44-50": "ingress_trunk"},
             "datePattern": "yyyyMMdd HHmmss", "unit": "hhmmss", "answeredValues": ["Y"],
             "constants": {"egress_trunk": "OUT_B"},
             "typeColumn": "1-2", "headerType": "10", "recordTypes": ["20"],
             "trailerType": "90", "trailerCount": "3-10", "trailerDuration": "11-16"}
            """;

    static final String FILE =
            """
            10CARRIER X 20240313
            2020240313110300000102 493012345   4420791YACME_IN
            2020240313110500000000 493012345   4420792NACME_IN
            9000000002000102
            """;

    private static List<CdrRecord> decode(String mapping, String content) throws Exception {
        return Decoded.records(
                Formats.decoderFor(Decoded.source("fixed-width", "Europe/Berlin", mapping)),
                content);
    }

    @Test
    void fields_stand_in_their_positions() throws Exception {
        List<CdrRecord> records = decode(MAPPING, FILE);
        assertThat(records).hasSize(2).allMatch(record -> record.malformed() == null);
        CdrRecord call = records.getFirst();
        assertThat(call.number()).isEqualTo(1);
        assertThat(call.byteOffset()).isEqualTo(21);
        assertThat(Decoded.instant(call.setupMs())).isEqualTo("2024-03-13T10:03:00Z");
        assertThat(call.connectMs()).isEqualTo(call.setupMs());
        assertThat(call.durationMs()).isEqualTo(62_000);
        assertThat(call.calling()).isEqualTo("493012345");
        assertThat(call.called()).isEqualTo("4420791");
        assertThat(call.ingressTrunk()).isEqualTo("ACME_IN");
        assertThat(call.egressTrunk()).isEqualTo("OUT_B");
        assertThat(records.getLast().connectMs()).isNull();
        assertThat(records.getLast().durationMs()).isNull();
    }

    /// A header or trailer that does not fit makes the whole file undecodable.
    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "9000000002000102 | 9000000003000102 | the trailer counts 3 records; the file has 2",
                "9000000002000102 | 9000000002000103 | the trailer's total is 63000 ms; the records have 62000 ms",
                "9000000002000102 | 900000000x000102 | the trailer's count is '0000000x'; expected a number",
                "9000000002000102 | 9000000002       | the trailer's total is ''; expected a duration",
                "9000000002000102 |                  | the last line is no trailer '90'",
                "10CARRIER        | 11CARRIER        | the first line is no header '10'",
                "2020240313110500 | 1020240313110500 | line 3 is a second header",
                "2020240313110500 | 9000000001000102 | the trailer is not the last line",
            })
    void a_header_or_trailer_that_does_not_fit_makes_the_file_undecodable(
            String found, @Nullable String instead, String reason) {
        String file = FILE.replace(found, instead == null ? "" : instead);
        assertThatThrownBy(() -> decode(MAPPING, file))
                .isInstanceOf(UndecodableException.class)
                .hasMessage(reason);
    }

    @Test
    void a_header_may_count_the_lines() throws Exception {
        String mapping =
                MAPPING.replace(
                        "\"headerType\": \"10\"",
                        "\"headerType\": \"10\", \"headerCount\": \"13-16\", \"counted\": \"lines\"");
        String file =
                FILE.replace("20240313\n20", "0004\n20").replace("900000000200", "900000000400");
        assertThat(decode(mapping, file)).hasSize(2);
        assertThatThrownBy(() -> decode(mapping, file.replace("0004\n", "0005\n")))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("the header counts 5 lines; the file has 4");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "20202403131105 | 30202403131105 | the type is '30'; expected 20",
                "NACME_IN       | NACME          | 47 characters; expected 50",
                "0313110500     | 0313117500     | setup_at is '20240313 117500'; expected yyyyMMdd HHmmss",
            })
    void a_line_that_cannot_be_read_is_malformed(String found, String instead, String reason)
            throws Exception {
        CdrRecord record = decode(MAPPING, FILE.replace(found, instead)).getLast();
        assertThat(record.malformed()).isEqualTo(reason);
    }

    @Test
    void texts_that_stand_for_nothing_are_empty() throws Exception {
        String mapping =
                """
                {"columns": {"1-14": "setup_at", "15-28": "connect_at", "29-34": "duration",
                             "35-44": "called"},
                 "datePattern": "yyyyMMddHHmmss", "emptyValues": ["00000000000000"]}
                """;
        CdrRecord record =
                decode(mapping, "20240313110300" + "0".repeat(20) + "  44207910\n").getFirst();
        assertThat(record.malformed()).isNull();
        assertThat(record.connectMs()).isNull();
        assertThat(record.called()).isEqualTo("44207910");
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({
        "s, 62, 62000",
        "s, 62.5, 62500",
        "ms, 62500, 62500",
        "ds, 625, 62500",
        "h:m:s, 0:01:02, 62000",
        "hhmmss, 0010203, 3723000"
    })
    void durations_have_a_unit(String unit, String text, long ms) throws Exception {
        String mapping =
                """
                {"columns": {"1-20": "setup_at", "21-30": "duration", "31-34": "called"},
                 "unit": "%s"}
                """
                        .formatted(unit);
        String line = "2024-03-13T10:03:00Z%10s4420\n".formatted(text);
        assertThat(decode(mapping, line).getFirst().durationMs()).isEqualTo(ms);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'3-10'         : '10-3'                 | columns is '10-3'; expected positions from 1, such as 5-12 or 5",
                "'1-2'          : 'type'                 | typeColumn is 'type'; expected positions from 1, such as 5-12 or 5",
                "'setup_time'   : 'codec'                | expected setup_date and setup_time together, or setup_at",
                "'trailerType': '90',:                   | trailerCount is '3-10'; expected a trailerType as well",
                "'typeColumn': '1-2',:                   | expected a column with headerType, trailerType or recordTypes",
                "'trailerCount' : 'trailersCount'        | unknown key trailersCount",
            })
    void a_mapping_that_does_not_fit_is_refused(String change, String complaint) {
        String[] parts = change.replace('\'', '"').split(":(?=[^:]*$)", -1);
        String mapping = MAPPING.replace(parts[0].strip(), parts[1].strip());
        assertThat(mapping).isNotEqualTo(MAPPING);
        assertThatThrownBy(() -> decode(mapping, FILE))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining(complaint);
    }
}
