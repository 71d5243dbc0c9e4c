package org.tollkeeper.mediation.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.mediation.decoder.BerBytes;
import org.tollkeeper.mediation.decoder.Formats;
import org.tollkeeper.mediation.decoder.SampleFile;
import org.tollkeeper.mediation.decoder.SampleFiles;
import org.tollkeeper.model.Switch;
import org.tollkeeper.model.Trunk;
import org.tollkeeper.model.TrunkDirection;

/// The law of mediation for every format: in whatever order the records come, and into whatever
/// files and nights they are put, the same calls come out, and every record is accounted for.
/// `-Dseed=` tries others.
class FormatsTest {

    private static final int STORIES = 5;
    private static final int NIGHTS = 3;
    private static final long SEED = Long.getLong("seed", 20_241_126L);

    private static final List<SampleFile> SAMPLES = SampleFiles.all();
    private static TestBook book = new TestBook(List.of(), List.of(), Set.of());

    @TempDir Path folder;

    /// One switch a sample, and each trunk that it names.
    @BeforeAll
    static void writeTheBook() throws Exception {
        List<Switch> switches = new ArrayList<>();
        List<Trunk> trunks = new ArrayList<>();
        for (SampleFile sample : SAMPLES) {
            switches.add(
                    TestBook.source(
                            sample.name(), sample.format(), sample.zone(), sample.mapping()));
            for (String trunk : sample.trunks()) {
                trunks.add(TestBook.trunk(sample.name(), trunk, "ACME", TrunkDirection.BOTH));
            }
        }
        book = new TestBook(switches, trunks, Set.of());
    }

    @Test
    void there_is_a_sample_of_every_format() {
        Set<String> formats = new TreeSet<>(Formats.names());
        SAMPLES.forEach(sample -> formats.remove(sample.format()));
        assertThat(formats).containsExactly("canonical-csv");
    }

    @Test
    void any_order_and_any_split_into_files_and_nights_gives_the_same_calls() throws Exception {
        List<String> calls = null;
        for (int round = 0; round < 2; round++) {
            List<String> exports = null;
            for (int split = 0; split < 3; split++) {
                Path place = folder.resolve("r" + round + "s" + split);
                String how = "seed %d, round %d, split %d".formatted(SEED, round, split);
                try (Bench bench = new Bench(place, book)) {
                    bench.now = Instant.parse("2025-06-01T03:00:00Z");
                    mediate(bench, new Random(SEED + round), split, how);
                    assertThat(counts(bench)).as(how).isEqualTo(expectedCounts());
                    assertThat(bench.suspense().lines().skip(1)).as(how).isEmpty();
                    assertThat(sumsAgree(bench)).as(how).containsExactly("t t t t");
                    List<String> now = masked(bench.calls(), bench.duplicates());
                    exports = exports == null ? now : exports;
                    assertThat(now).as(how).containsExactlyElementsOf(exports);
                    List<String> whole = details(bench);
                    calls = calls == null ? whole : calls;
                    assertThat(whole).as(how).containsExactlyElementsOf(calls);
                }
            }
        }
    }

    /// Each leg of a border controller has a record of its own: the one that came in is the call,
    /// of those that went out the one that was answered is its way out, and each media record is
    /// the quality of its own leg.
    @Test
    void the_legs_of_a_call_find_each_other_across_files_and_nights() throws Exception {
        SampleFile sample =
                SAMPLES.stream()
                        .filter(one -> one.format().equals("audiocodes-sdr"))
                        .findFirst()
                        .orElseThrow();
        List<byte[]> legs = sample.story(10);
        try (Bench bench = new Bench(folder, book)) {
            bench.now = Instant.parse("2025-06-01T03:00:00Z");
            List<String> states = new ArrayList<>();
            // The answered way out, the call, the busy route, the notice of its answer.
            for (int leg : List.of(3, 1, 2, 0)) {
                bench.file(
                        "audiocodes-sdr/night%d.log".formatted(states.size()),
                        sample.file(legs.subList(leg, leg + 1), 1));
                assertThat(bench.mediate().totals().balance()).isTrue();
                states.add(String.join(";", legsOfCalls(bench)) + "|" + waiting(bench));
            }
            String whole = "10:15:00.300 CustomerA VendorB 4.2 3.8 30042";
            assertThat(states).containsExactly("|2", whole + "|0", whole + "|0", whole + "|0");
            assertThat(bench.rows("select sum(call_count), sum(joined_count) from cdr_file"))
                    .containsExactly("1 6");
        }
    }

    private static List<String> legsOfCalls(Bench bench) {
        return bench.rows(
                """
                select substr(instant(c.setup_ms), 12, 12),
                    (select text from word where id = c.ingress_trunk),
                    (select text from word where id = c.egress_trunk),
                    (select text from word where id = c.mos), d.detail->>'mosOut', c.duration_ms
                from live_call c join call_detail d on d.slice = c.slice
                    and d.n = c.n\
                """);
    }

    private static String waiting(Bench bench) {
        return bench.rows("select count(*) from open_suspense").getFirst();
    }

    /// Puts the records of every switch into files and nights, in one order for all splits.
    private static void mediate(Bench bench, Random order, int split, String how) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED * 31 + split);
        List<TreeMap<String, byte[]>> nights = new ArrayList<>();
        for (int i = 0; i < NIGHTS; i++) {
            nights.add(new TreeMap<>());
        }
        for (SampleFile sample : SAMPLES) {
            int night = 0;
            int number = 0;
            for (List<byte[]> file : files(records(sample, order), split, random)) {
                number++;
                nights.get(night)
                        .put(sample.name() + "/f%03d".formatted(number), sample.file(file, number));
                if (split > 1 && night + 1 < NIGHTS && random.nextInt(3) == 0) {
                    night++;
                }
            }
        }
        for (TreeMap<String, byte[]> night : nights) {
            for (var file : night.entrySet()) {
                bench.file(file.getKey(), file.getValue());
            }
            Mediated mediated = bench.mediate();
            assertThat(mediated.quarantined()).as(how).isEmpty();
            assertThat(mediated.totals().balance()).as(how).isTrue();
        }
    }

    /// The records in files, no two of them alike: the second would be the first one again.
    private static List<List<byte[]>> files(
            List<byte[]> records, int split, SplittableRandom random) {
        List<List<byte[]>> files = new ArrayList<>();
        Set<ByteBuffer> contents = new HashSet<>();
        List<byte[]> file = new ArrayList<>();
        for (byte[] record : records) {
            file.add(record);
            if (split > 0 && random.nextInt(4) == 0 && contents.add(content(file))) {
                files.add(List.copyOf(file));
                file.clear();
            }
        }
        if (!file.isEmpty() && contents.add(content(file))) {
            files.add(file);
        } else if (!file.isEmpty()) {
            List<byte[]> last = new ArrayList<>(files.removeLast());
            last.addAll(file);
            files.add(last);
        }
        return files;
    }

    private static ByteBuffer content(List<byte[]> records) {
        return ByteBuffer.wrap(BerBytes.all(records.toArray(byte[][]::new)));
    }

    /// The records of some stories, shuffled, one of six twice.
    private static List<byte[]> records(SampleFile sample, Random order) {
        List<byte[]> records = new ArrayList<>();
        for (int story = 10; story < 10 + STORIES; story++) {
            records.addAll(sample.story(story));
        }
        int count = records.size();
        for (int i = 0; i < count; i += 6) {
            records.add(records.get(i));
        }
        Collections.shuffle(records, order);
        return records;
    }

    private static List<String> counts(Bench bench) {
        return bench.rows(
                """
                select w.name, count(*) from live_call c join switch w on w.id = c.switch
                group by 1 order by 1\
                """);
    }

    private static List<String> expectedCounts() {
        return SAMPLES.stream()
                .map(sample -> sample.name() + " " + STORIES * sample.calls())
                .sorted()
                .toList();
    }

    private static List<String> sumsAgree(Bench bench) {
        return bench.rows(
                """
                select (select sum(call_count) from cdr_file) = (select count(*) from live_call),
                  (select sum(suspended_count) from cdr_file)
                    = (select count(*) from open_suspense),
                  (select sum(duplicate_count) from cdr_file)
                    = (select count(*) from duplicate where to_publication is null),
                  (select sum(read_count) from cdr_file) = (select sum(read_count) from run)\
                """);
    }

    private static List<String> masked(String... exports) {
        List<String> all = new ArrayList<>();
        for (String export : exports) {
            export.lines()
                    .map(line -> line.replaceAll("[0-9a-f]{64},[0-9]+", "FILE"))
                    .sorted()
                    .forEach(all::add);
        }
        return all;
    }

    /// The calls as exported, and what is kept of them beyond that.
    private static List<String> details(Bench bench) {
        List<String> details = new ArrayList<>(masked(bench.calls()));
        details.addAll(
                bench.rows(
                        """
                        select w.name, c.call_id, c.leg_id, d.detail::jsonb::text
                        from live_call c join switch w on w.id = c.switch
                        join call_detail d on d.slice = c.slice and d.n = c.n
                        order by 1, 2, 3, 4\
                        """));
        return details;
    }
}
