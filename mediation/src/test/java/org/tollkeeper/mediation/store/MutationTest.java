package org.tollkeeper.mediation.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.model.TrunkDirection;

/// Damaged files never stop a night, and each of their records ends somewhere. `-Dmutations=10000`
/// tries more than the usual few, `-Dseed=` others.
class MutationTest {

    private static final int MUTATIONS = Integer.getInteger("mutations", 40);

    private static final Map<String, String> FILES =
            Map.of(
                    "canonical-csv",
                    Cdr.file(
                            Cdr.call("x").set("leg_id", "a, \"b\""),
                            Cdr.part("y", 1, false),
                            Cdr.part("y", 2, true),
                            Cdr.call("z").set("ingress_trunk", "nowhere"),
                            Cdr.call("x").set("leg_id", "a, \"b\"")),
                    "freeswitch-csv",
                    """
                    "Bob","1000","442079460000","default","2024-03-13 10:02:58",\
                    "2024-03-13 10:03:00","2024-03-13 10:03:10","12","10","NORMAL_CLEARING",\
                    "9e06edbf-9082-46ab-92de-3ec97e1b04b5","","IN","PCMA","PCMA"
                    "A "B","C" D","1000","44207","default","2024-03-13 10:02:58","",\
                    "2024-03-13 10:03:10","12","0","NO_ANSWER",\
                    "9e06edbf-9082-46ab-92de-3ec97e1b04b6","","IN","",""
                    """,
                    "asterisk-csv",
                    """
                    "","1001","1002","ctx","\""x"\" <1001>","SIP/IN-00021242","SIP/OUT-1","Dial",\
                    "SIP/1002,,tr","2022-06-17 04:15:03","2022-06-17 04:15:08",\
                    "2022-06-17 04:15:28",24,19,"ANSWERED","DOCUMENTATION","1655439303.12",""
                    """);

    @TempDir Path folder;

    @Test
    void every_record_of_a_damaged_file_ends_somewhere() throws IOException {
        long seed = Long.getLong("seed", 20_241_125L);
        TestBook book =
                new TestBook(
                        FILES.keySet().stream()
                                .map(format -> TestBook.source(format, format, "UTC", ""))
                                .toList(),
                        FILES.keySet().stream()
                                .flatMap(format ->
                                        List.of("IN", "OUT").stream()
                                                .map(trunk ->
                                                        TestBook.trunk(
                                                                format,
                                                                trunk,
                                                                "ACME",
                                                                TrunkDirection.BOTH)))
                                .toList(),
                        Set.of());
        try (Bench bench = new Bench(folder, book)) {
            for (Map.Entry<String, String> file : FILES.entrySet()) {
                for (int i = 0; i < MUTATIONS; i++) {
                    bench.file(
                            file.getKey() + "/%05d.csv".formatted(i),
                            mutated(
                                    file.getValue().getBytes(UTF_8),
                                    new SplittableRandom(seed + i)));
                }
            }
            Mediated night = bench.mediate();
            assertThat(night.totals().balance()).as("seed %d", seed).isTrue();
            assertThat(night.filesRead() + night.filesRepeated() + night.quarantined().size())
                    .as("seed %d", seed)
                    .isEqualTo(FILES.size() * MUTATIONS);
            assertThat(bench.rows("select sum(read_count), sum(call_count) from cdr_file"))
                    .containsExactly(night.totals().read() + " " + night.totals().calls());
            assertThat(bench.mediate().totals()).isEqualTo(Totals.NONE);
        }
    }

    private static byte[] mutated(byte[] content, SplittableRandom random) {
        byte[] bytes = content.clone();
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            switch (random.nextInt(3)) {
                case 0 -> {
                    bytes[at] = (byte) random.nextInt(256);
                    out.writeBytes(bytes);
                }
                case 1 -> {
                    int rest = Math.min(bytes.length, at + 1 + random.nextInt(10));
                    out.write(bytes, 0, at);
                    out.write(bytes, rest, bytes.length - rest);
                }
                default -> {
                    int end = Math.min(bytes.length, at + 1 + random.nextInt(80));
                    out.write(bytes, 0, end);
                    out.write(bytes, at, bytes.length - at);
                }
            }
            bytes = out.toByteArray();
        }
        return bytes;
    }
}
