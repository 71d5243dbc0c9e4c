package org.tollkeeper.mediation.store;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.mediation.decoder.SampleFile;
import org.tollkeeper.mediation.decoder.SampleFiles;
import org.tollkeeper.model.Switch;
import org.tollkeeper.model.Trunk;
import org.tollkeeper.model.TrunkDirection;

/// Damaged files of every format never stop a night, and each of their records ends somewhere.
/// `-Dmutations=10000` tries more than the usual few of each, `-Dseed=` others.
class MutationTest {

    private static final int MUTATIONS = Integer.getInteger("mutations", 8);

    private static final String CANONICAL =
            Cdr.file(
                    Cdr.call("x").set("leg_id", "a, \"b\""),
                    Cdr.part("y", 1, false),
                    Cdr.part("y", 2, true),
                    Cdr.call("z").set("ingress_trunk", "nowhere"),
                    Cdr.call("x").set("leg_id", "a, \"b\""));

    @TempDir Path folder;

    @Test
    void every_record_of_a_damaged_file_ends_somewhere() throws Exception {
        long seed = Long.getLong("seed", 20_241_125L);
        List<Switch> switches = new ArrayList<>(List.of(TestBook.canonical("canonical-csv")));
        List<Trunk> trunks = new ArrayList<>();
        for (String trunk : List.of("IN", "OUT")) {
            trunks.add(TestBook.trunk("canonical-csv", trunk, "ACME", TrunkDirection.BOTH));
        }
        for (SampleFile sample : SampleFiles.all()) {
            switches.add(
                    TestBook.source(
                            sample.name(), sample.format(), sample.zone(), sample.mapping()));
            for (String trunk : sample.trunks()) {
                trunks.add(TestBook.trunk(sample.name(), trunk, "ACME", TrunkDirection.BOTH));
            }
        }
        try (Bench bench = new Bench(folder, new TestBook(switches, trunks, Set.of()))) {
            bench.now = Instant.parse("2025-06-01T03:00:00Z");
            for (int i = 0; i < MUTATIONS; i++) {
                SplittableRandom random = new SplittableRandom(seed + i);
                String name = "/%05d.cdr".formatted(i);
                bench.file("canonical-csv" + name, mutated(CANONICAL.getBytes(UTF_8), random));
                for (SampleFile sample : SampleFiles.all()) {
                    byte[] file = sample.file(sample.story(10 + i % 90), 1 + i);
                    bench.file(sample.name() + name, mutated(file, random));
                }
            }
            Mediated night = bench.mediate();
            assertThat(night.totals().balance()).as("seed %d", seed).isTrue();
            assertThat(night.filesRead() + night.filesRepeated() + night.quarantined().size())
                    .as("seed %d", seed)
                    .isEqualTo(switches.size() * MUTATIONS);
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
            bytes =
                    switch (random.nextInt(9)) {
                        case 0, 1, 2 -> spliced(bytes, at, at + 1, random.nextInt(256));
                        case 3, 4 -> spliced(bytes, at, at + 1 + random.nextInt(10), -1);
                        case 5, 6 -> repeated(bytes, at, at + 1 + random.nextInt(80), 2);
                        case 7 -> repeated(bytes, at, at + 1 + random.nextInt(4), 20_000);
                        default -> recoded(bytes, at);
                    };
        }
        return bytes;
    }

    /// With one byte, or none, for a piece.
    private static byte[] spliced(byte[] bytes, int from, int to, int with) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        if (with >= 0) {
            out.write(with);
        }
        int rest = Math.min(bytes.length, to);
        out.write(bytes, rest, bytes.length - rest);
        return out.toByteArray();
    }

    /// With a piece many times over, such as a field that is too long for any column.
    private static byte[] repeated(byte[] bytes, int from, int to, int times) {
        int end = Math.min(bytes.length, to);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        for (int i = 0; i < times; i++) {
            out.write(bytes, from, end - from);
        }
        out.write(bytes, end, bytes.length - end);
        return out.toByteArray();
    }

    /// With its end in another encoding, zeros between the letters.
    private static byte[] recoded(byte[] bytes, int from) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(new String(bytes, from, bytes.length - from, UTF_8).getBytes(UTF_16LE));
        return out.toByteArray();
    }
}
