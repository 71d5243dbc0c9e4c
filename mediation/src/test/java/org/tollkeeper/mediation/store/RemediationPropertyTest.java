package org.tollkeeper.mediation.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.model.Switch;
import org.tollkeeper.model.Trunk;
import org.tollkeeper.model.TrunkDirection;

/// Whatever a book said when records came, and in however many nights they came: after everything
/// was remediated, the exports are those of a fresh start under today's book.
class RemediationPropertyTest {

    private static final RemediationScope ALL =
            new RemediationScope(Bench.EVER, Bench.ALWAYS, null, null);

    private static final List<String> CARRIERS = List.of("ACME", "BETA", "GAMMA");
    private static final List<String> TRUNKS = List.of("IN", "OUT", "X1", "X2");

    @TempDir Path folder;

    @Test
    void after_a_remediation_of_everything_all_is_as_a_fresh_start_would_find_it()
            throws IOException {
        long seed = Long.getLong("seed", 20_241_126L);
        for (int round = 0; round < Integer.getInteger("rounds", 2); round++) {
            SplittableRandom random = new SplittableRandom(seed + round);
            Map<String, String> files = files(random);
            TestBook today = book(random);
            String name = "seed %d".formatted(seed + round);
            try (Bench old = new Bench(folder.resolve("old" + round), book(random));
                    Bench fresh = new Bench(folder.resolve("fresh" + round), today)) {
                int late = 2;
                List<String> paths = List.copyOf(files.keySet());
                nights(old, files, paths.subList(0, paths.size() - late), random);
                old.store(today);

                List<String> before = old.exports();
                List<String> rows = old.rowCounts();
                Remediated shown = old.remediate(ALL, false);
                assertThat(old.exports()).as(name + ", dry").isEqualTo(before);
                assertThat(old.rowCounts()).as(name + ", dry").isEqualTo(rows);

                Remediated applied = old.remediate(ALL, true);
                assertThat(applied).as(name).isEqualTo(shown);
                for (String path : paths.subList(0, paths.size() - late)) {
                    fresh.file(path, files.getOrDefault(path, "").getBytes(UTF_8));
                }
                assertThat(fresh.mediate().quarantined()).isEmpty();
                assertThat(old.exports()).as(name).isEqualTo(fresh.exports());
                old.assertBalanced(name);
                assertThat(old.remediate(ALL, true).isNothing()).as(name + ", again").isTrue();

                for (String path : paths.subList(paths.size() - late, paths.size())) {
                    old.file(path, files.getOrDefault(path, "").getBytes(UTF_8));
                    fresh.file(path, files.getOrDefault(path, "").getBytes(UTF_8));
                    assertThat(old.mediate().totals().balance()).isTrue();
                    assertThat(fresh.mediate().totals().balance()).isTrue();
                }
                assertThat(old.exports()).as(name + ", late files").isEqualTo(fresh.exports());
                old.assertBalanced(name);
            }
        }
    }

    private static void nights(
            Bench bench, Map<String, String> files, List<String> paths, SplittableRandom random)
            throws IOException {
        for (String path : paths) {
            bench.file(path, files.getOrDefault(path, "").getBytes(UTF_8));
            if (random.nextInt(3) == 0) {
                assertThat(bench.mediate().quarantined()).isEmpty();
            }
            if (random.nextInt(4) == 0) {
                bench.store(book(random));
            }
        }
        assertThat(bench.mediate().totals().balance()).isTrue();
    }

    private static TestBook book(SplittableRandom random) {
        List<Switch> switches = new ArrayList<>();
        List<Trunk> trunks = new ArrayList<>();
        for (String name : List.of("s1", "s2")) {
            boolean isBritish = random.nextInt(3) > 0;
            switches.add(
                    new Switch(
                            name,
                            "canonical-csv",
                            ZoneId.of(random.nextBoolean() ? "UTC" : "Asia/Tokyo"),
                            "*",
                            "",
                            isBritish ? "44" : "49",
                            "0",
                            "00",
                            List.of("112"),
                            "",
                            null,
                            random.nextInt(3) == 0 ? Integer.valueOf(24) : null));
            for (String trunk : TRUNKS) {
                if (random.nextInt(6) > 0) {
                    trunks.add(
                            TestBook.trunk(
                                    name,
                                    trunk,
                                    CARRIERS.get(random.nextInt(CARRIERS.size())),
                                    TrunkDirection.BOTH,
                                    random.nextInt(4) == 0 ? "77" : "",
                                    random.nextInt(5) == 0 ? "00" : "",
                                    null,
                                    null));
                }
            }
        }
        return new TestBook(
                switches,
                trunks,
                random.nextBoolean() ? Set.of("442079460099") : Set.of("442079460001"));
    }

    /// Calls, copies, parts and faulty records of few ids, so that they meet, over three days.
    private static Map<String, String> files(SplittableRandom random) {
        Map<String, String> files = new TreeMap<>();
        for (String name : List.of("s1", "s2")) {
            List<String> sent = new ArrayList<>();
            int fileCount = 4 + random.nextInt(4);
            for (int i = 0; i < fileCount; i++) {
                List<String> rows = new ArrayList<>();
                int count = 5 + random.nextInt(60);
                for (int r = 0; r < count; r++) {
                    String row = record(random);
                    if (random.nextInt(8) == 0 && !sent.isEmpty()) {
                        row = sent.get(random.nextInt(sent.size()));
                    }
                    sent.add(row);
                    rows.add(row);
                }
                files.put("%s/f%03d.csv".formatted(name, i), Cdr.file(rows));
            }
        }
        return files;
    }

    private static String record(SplittableRandom random) {
        String id = "c" + random.nextInt(80);
        int day = 1 + Math.floorMod(id.hashCode(), 3);
        if (random.nextInt(40) == 0) {
            return "torn," + id;
        }
        int sequence = 1 + random.nextInt(3);
        Cdr cdr =
                random.nextInt(4) == 0
                        ? Cdr.part("p" + id, sequence, sequence == 3)
                        : Cdr.call((random.nextInt(6) == 0 ? "p" : "") + id);
        cdr.set("ingress_trunk", TRUNKS.get(random.nextInt(TRUNKS.size())));
        cdr.set("egress_trunk", random.nextInt(5) == 0 ? "" : TRUNKS.get(random.nextInt(4)));
        cdr.set(
                "called",
                (random.nextInt(3) == 0 ? "77" : "")
                        + (random.nextBoolean() ? "0" : "0044")
                        + "20794600"
                        + (random.nextInt(6) == 0 ? "99" : "0" + random.nextInt(3)));
        cdr.set("setup_at", "2024-06-0%dT10:00:00Z".formatted(day));
        cdr.set("connect_at", "2024-06-0%dT10:00:05Z".formatted(day));
        cdr.set("release_at", random.nextInt(9) == 0 ? "" : "2024-06-0%dT10:01:05Z".formatted(day));
        cdr.set("duration_ms", random.nextInt(9) == 0 ? "-1" : "60000");
        if (random.nextInt(8) == 0) {
            cdr.set("mos", "3." + random.nextInt(9));
        }
        return cdr.toString();
    }
}
