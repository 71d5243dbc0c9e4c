package org.tollkeeper.mediation.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.mediation.decoder.Decoder;
import org.tollkeeper.mediation.decoder.Formats;
import org.tollkeeper.mediation.decoder.FoundData;
import org.tollkeeper.mediation.decoder.UndecodableException;
import org.tollkeeper.model.Switch;
import org.tollkeeper.model.Trunk;
import org.tollkeeper.model.TrunkDirection;

/// Files of real switches, where they are at hand. What comes out is held against a count by the
/// rules of a spreadsheet.
class FoundFilesTest {

    @TempDir Path folder;

    /// What a spreadsheet counts: rows that called a number (extensions such as `s` are none), and
    /// of the answered ones how many and how many seconds.
    private record Count(long rows, long answered, long seconds) {}

    @Test
    void freeswitch_files_come_out_as_a_spreadsheet_counts_them() throws IOException {
        Path found = FoundData.folder("cdr/freeswitch-csv");
        Switch source = source("freeswitch-csv");
        try (Bench bench = bench(source, found)) {
            for (String name : List.of("Master-a.csv", "Master-b.csv", "account-of-b.csv")) {
                bench.file("sw/" + name, Files.readAllBytes(found.resolve(name)));
            }
            Mediated night = bench.mediate();
            assertThat(night.quarantined()).isEmpty();
            assertThat(night.totals().balance()).isTrue();
            Count masters =
                    plus(
                            freeswitch(found.resolve("Master-a.csv")),
                            freeswitch(found.resolve("Master-b.csv")));
            assertThat(night.totals().read()).isEqualTo(762 + 82 + 12);
            assertThat(
                            bench.rows(
                                    """
                                    select o.path, d.differs, count(*) from duplicate d
                                    join cdr_file f on f.id = d.file
                                    join cdr_file o on o.id = d.original_file
                                    where f.path = 'sw/account-of-b.csv' group by 1, 2\
                                    """))
                    .containsExactly("sw/Master-b.csv f 12");
            assertThat(calls(bench)).isEqualTo(masters);
        }
    }

    @Test
    void asterisk_files_come_out_as_a_spreadsheet_counts_them() throws IOException {
        Path found = FoundData.folder("cdr/asterisk-csv");
        Switch source = source("asterisk-csv");
        try (Bench bench = bench(source, found)) {
            bench.file("sw/Master.csv", Files.readAllBytes(found.resolve("Master.csv")));
            Mediated night = bench.mediate();
            assertThat(night.quarantined()).isEmpty();
            assertThat(night.totals().balance()).isTrue();
            assertThat(night.totals().read()).isEqualTo(736);
            assertThat(calls(bench)).isEqualTo(asterisk(found.resolve("Master.csv")));
        }
    }

    private static Switch source(String format) {
        return new Switch("sw", format, ZoneOffset.UTC, "*", "", "", "", "", List.of(), "");
    }

    private static Count calls(Bench bench) {
        String row =
                bench.rows(
                                """
                                select count(*), count(*) filter (where connect_ms is not null),
                                    coalesce(sum(duration_ms), 0)::bigint / 1000 from live_call\
                                """)
                        .getFirst();
        String[] numbers = row.split(" ", -1);
        return new Count(
                Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }

    private static Count freeswitch(Path file) throws IOException {
        return count(file, 15, 5, 8, -1);
    }

    private static Count asterisk(Path file) throws IOException {
        return count(file, 18, 10, 13, 14);
    }

    private static Count count(Path file, int width, int answer, int seconds, int disposition)
            throws IOException {
        Count count = new Count(0, 0, 0);
        try (Reader reader = Files.newBufferedReader(file)) {
            for (CSVRecord row : CSVFormat.DEFAULT.parse(reader)) {
                assertThat(row.size()).isEqualTo(width);
                if (!row.get(2).replaceAll("[-. ()]", "").matches("\\+?[0-9]{1,15}")) {
                    continue;
                }
                boolean answered =
                        !row.get(answer).isEmpty()
                                && (disposition < 0 || row.get(disposition).equals("ANSWERED"));
                count =
                        plus(
                                count,
                                new Count(
                                        1,
                                        answered ? 1 : 0,
                                        answered ? Long.parseLong(row.get(seconds)) : 0));
            }
        }
        return count;
    }

    private static Count plus(Count a, Count b) {
        return new Count(a.rows + b.rows, a.answered + b.answered, a.seconds + b.seconds);
    }

    /// A bench whose book knows every trunk the files name.
    private Bench bench(Switch source, Path found) throws IOException {
        Set<String> names = new TreeSet<>();
        Decoder decoder = Formats.decoderFor(source);
        try (var files = Files.list(found)) {
            for (Path file : files.toList()) {
                try (var content = Files.newInputStream(file)) {
                    decoder.decode(
                            content,
                            record -> {
                                names.add(record.ingressTrunk());
                                names.add(record.egressTrunk());
                            });
                } catch (UndecodableException e) {
                    throw new AssertionError(file.toString(), e);
                }
            }
        }
        names.remove("");
        List<Trunk> trunks = new ArrayList<>();
        for (String name : names) {
            trunks.add(TestBook.trunk("sw", name, "ACME", TrunkDirection.BOTH));
        }
        return new Bench(folder, TestBook.of(source, trunks.toArray(Trunk[]::new)));
    }
}
