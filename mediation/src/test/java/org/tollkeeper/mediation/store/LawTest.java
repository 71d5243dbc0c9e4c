package org.tollkeeper.mediation.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.model.TrunkDirection;

/// The law of mediation: what comes out depends on the records only, not on the files they came in,
/// nor on the nights these came in, as long as files come in the order of their paths.
class LawTest {

    private static final TestBook BOOK =
            TestBook.of(
                            TestBook.canonical("sw"),
                            TestBook.trunk("sw", "IN", "ACME", TrunkDirection.IN),
                            TestBook.trunk("sw", "OUT", "BETA", TrunkDirection.OUT))
                    .withTestNumbers("442079460099");

    @TempDir Path folder;

    @Test
    void any_split_into_files_and_nights_gives_the_same_exports() throws IOException {
        long seed = Long.getLong("seed", 20_241_125L);
        for (int round = 0; round < 4; round++) {
            List<String> records = records(new SplittableRandom(seed + round), 400);
            List<String> expected = null;
            for (int split = 0; split < 3; split++) {
                SplittableRandom random = new SplittableRandom(seed * 31 + round * 7L + split);
                Path place = folder.resolve("r" + round + "s" + split);
                try (Bench bench = new Bench(place, BOOK)) {
                    mediate(bench, records, random, split);
                    List<String> exports = exports(bench);
                    expected = expected == null ? exports : expected;
                    assertThat(exports)
                            .as("seed %d, split %d", seed + round, split)
                            .isEqualTo(expected);
                    assertThat(
                                    bench.rows(
                                            """
                                            select (select sum(call_count) from cdr_file)
                                                = (select count(*) from live_call),
                                              (select sum(suspended_count) from cdr_file)
                                                = (select count(*) from open_suspense),
                                              (select sum(duplicate_count) from cdr_file)
                                                = (select count(*) from duplicate
                                                   where to_publication is null),
                                              (select sum(read_count) from cdr_file)
                                                = (select sum(read_count) from run)\
                                            """))
                            .containsExactly("t t t t");
                }
            }
        }
    }

    private static void mediate(
            Bench bench, List<String> records, SplittableRandom random, int split)
            throws IOException {
        List<String> file = new ArrayList<>();
        int number = 0;
        for (int i = 0; i < records.size(); i++) {
            file.add(records.get(i));
            boolean last = i + 1 == records.size();
            if (last || (split > 0 && random.nextInt(60) == 0)) {
                byte[] content = Cdr.file(file).getBytes(UTF_8);
                String path = "sw/f%04d.csv".formatted(number++);
                if (random.nextBoolean()) {
                    bench.file(path, content);
                } else {
                    bench.file(path + ".gz", MediationTest.gzip(content));
                }
                file.clear();
                if (last || (split > 1 && random.nextInt(3) == 0)) {
                    Mediated night = bench.mediate();
                    assertThat(night.totals().balance()).isTrue();
                    assertThat(night.quarantined()).isEmpty();
                }
            }
        }
    }

    /// Exports without the columns that name files and records, in an order of their own.
    private static List<String> exports(Bench bench) {
        List<String> all = new ArrayList<>();
        for (String export : List.of(bench.calls(), bench.suspense(), bench.duplicates())) {
            all.addAll(
                    export.lines()
                            .map(line -> line.replaceAll("[0-9a-f]{64},[0-9]+", "FILE"))
                            .sorted()
                            .toList());
        }
        return all;
    }

    /// Calls, copies, parts and faulty records of few ids, so that they meet.
    private static List<String> records(SplittableRandom random, int count) {
        TreeMap<String, String> copies = new TreeMap<>();
        List<String> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = "c" + random.nextInt(count / 4);
            Cdr cdr =
                    switch (random.nextInt(10)) {
                        case 0, 1, 2, 3 -> {
                            int sequence = 1 + random.nextInt(3);
                            yield Cdr.part("p" + id, sequence, sequence == 3);
                        }
                        case 4 -> Cdr.call(id).set("called", "02079460099");
                        case 5 -> Cdr.call(id).set("ingress_trunk", "nowhere");
                        case 6 -> Cdr.call("p" + id);
                        default -> Cdr.call(id);
                    };
            if (id.hashCode() % 5 == 0) {
                // The parts of a call share its setup.
                int day = 1 + Math.floorMod(id.hashCode(), 3);
                cdr.set("setup_at", "2024-06-0" + day + "T09:00:00Z");
            }
            if (random.nextInt(8) == 0) {
                cdr.set("mos", "3." + random.nextInt(9));
            }
            String row = random.nextInt(30) == 0 ? "torn," + id : cdr.toString();
            records.add(row);
            copies.put(id, row);
            if (random.nextInt(6) == 0) {
                records.add(
                        copies.values().stream()
                                .skip(random.nextInt(copies.size()))
                                .findFirst()
                                .orElse(row));
            }
        }
        return records.stream().collect(Collectors.toList());
    }
}
