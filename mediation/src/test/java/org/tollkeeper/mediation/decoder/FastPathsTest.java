package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The fast paths of the decoders read what their plain twins read. `-Dseed=` replays a run.
class FastPathsTest {

    private static final int ROUNDS = 2_000;

    static long[] seeds() {
        return new long[] {Long.getLong("seed", 20_240_601L)};
    }

    /// A stream that gives a byte at a time: no line is ever in a block to its end, so that readers
    /// take the long way.
    private static InputStream dripping(byte[] content) {
        return new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, 1));
            }
        };
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void linesAndFieldsAreTheSameHoweverTheBytesCome(long seed) throws IOException {
        RandomGenerator random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] content = text(random, "\n\n\r,,,,\"\"abcü€ 12", 200).getBytes(UTF_8);
            if (random.nextInt(10) == 0) {
                content = ("\uFEFF" + new String(content, UTF_8)).getBytes(UTF_8);
            }
            String how = "seed %d, round %d".formatted(seed, round);
            assertThat(csv(new ByteArrayInputStream(content)))
                    .as(how)
                    .isEqualTo(csv(dripping(content)));
            assertThat(lines(new ByteArrayInputStream(content)))
                    .as(how)
                    .isEqualTo(lines(dripping(content)));
        }
    }

    private static List<String> csv(InputStream content) throws IOException {
        CsvReader reader = new CsvReader(content, UTF_8, ',', '"');
        List<String> records = new ArrayList<>();
        for (List<String> r = reader.next(); r != null; r = reader.next()) {
            records.add(reader.byteOffset() + ": " + r.size() + r);
        }
        return records;
    }

    private static List<String> lines(InputStream content) throws IOException {
        LineReader reader = new LineReader(content, UTF_8);
        List<String> lines = new ArrayList<>();
        for (String line = reader.next(); line != null; line = reader.next()) {
            lines.add(reader.byteOffset() + ": " + line);
        }
        return lines;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void stampsAreThoseOfTheFormatter(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        DateTimeFormatter formatter = Fields.stamp("yyyy-MM-dd HH:mm:ss");
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder stamp =
                    new StringBuilder(
                            "%04d-%02d-%02d %02d:%02d:%02d"
                                    .formatted(
                                            random.nextInt(2030),
                                            random.nextInt(14),
                                            random.nextInt(33),
                                            random.nextInt(26),
                                            random.nextInt(62),
                                            random.nextInt(62)));
            if (random.nextInt(4) == 0) {
                stamp.setCharAt(random.nextInt(19), "0129-: T+".charAt(random.nextInt(9)));
            }
            assertThat(Fields.localStamp(stamp.toString()))
                    .as(stamp.toString())
                    .isEqualTo(Fields.localTime(stamp.toString(), formatter));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29 00:00:00",
                "2023-02-29 00:00:00",
                "2024-12-31 23:59:59",
                "2024-04-31 10:00:00",
                "2024-06-01 24:00:00",
                "0000-01-01 00:00:00",
                "+2024-01-01 00:00:00",
                ""
            })
    void stampsAtTheEdgesAreThoseOfTheFormatter(String stamp) {
        assertThat(Fields.localStamp(stamp))
                .isEqualTo(Fields.localTime(stamp, Fields.stamp("yyyy-MM-dd HH:mm:ss")));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void fieldsBetweenQuotesAreThoseOfThePattern(long seed) {
        Pattern between = Pattern.compile("\"\\s*,\\s*\"");
        RandomGenerator random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String line = text(random, "\"\"\"\",,, \t\u000b\u00a0ab", 40);
            assertThat(FreeswitchCsv.betweenQuotes(line))
                    .as("'%s', seed %d", line, seed)
                    .containsExactly(between.split(line, -1));
        }
    }

    private static String text(RandomGenerator random, String letters, int most) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(most);
        while (text.length() < length) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
