package org.tollkeeper.mediation.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.mediation.store.Remediated.OutcomeChange;
import org.tollkeeper.mediation.store.Remediated.Volume;
import org.tollkeeper.model.Switch;

/// A switch whose clock was read wrongly is remediated: its calls move to other hours and other
/// days, and stand there once.
class MendedTimesTest {

    private static final RemediationScope ALL = scope("1970-01-01", "2100-01-01");
    private static final RemediationScope DAY_13 = scope("2024-03-13", "2024-03-13");
    private static final RemediationScope DAY_14 = scope("2024-03-14", "2024-03-14");

    private static final String MAPPING =
            """
            {"delimiter": ";", "datePattern": "yyyy-MM-dd HH:mm:ss",
             "columns": {"Id": "call_id", "%s": "setup_at", "From": "calling", "To": "called",
                         "Secs": "duration"}}
            """;

    /// When each call began, and when the switch wrote it down.
    private static final String HEAD = "Id;Start;Logged;From;To;Secs\n";

    /// Read by `Logged`, the two records of `b` are two calls; read by `Start`, one is a duplicate.
    /// The two of `d` are the other way round, in two files.
    private static final String FIRST =
            HEAD
                    + """
                    a;2024-03-13 22:50:00;2024-03-14 01:00:00;493012;442079;60
                    b;2024-03-13 23:10:00;2024-03-14 01:00:00;493012;442079;60
                    b;2024-03-13 23:10:00;2024-03-14 02:00:00;493012;442079;60
                    c;2024-03-14 09:00:00;2024-03-14 10:00:00;493012;442079;60
                    d;2024-03-13 12:00:00;2024-03-14 01:00:00;493012;442079;60
                    """;

    private static final String SECOND =
            HEAD
                    + """
                    d;2024-03-13 13:00:00;2024-03-14 01:00:00;493012;442079;60
                    e;2024-03-14 11:00:00;2024-03-14 11:00:00;493012;442079;60
                    """;

    private static final TestBook BY_LOGGED = book("UTC", "delimited", MAPPING.formatted("Logged"));
    private static final TestBook BY_START = book("UTC", "delimited", MAPPING.formatted("Start"));

    @TempDir Path folder;

    @Test
    void a_wrong_time_column_is_mended_to_exactly_the_calls_that_were() throws IOException {
        try (Bench bench = twoNights("old", BY_LOGGED)) {
            assertThat(setups(bench))
                    .containsExactly(
                            "a 2024-03-14T01:00:00.000Z",
                            "b 2024-03-14T01:00:00.000Z",
                            "b 2024-03-14T02:00:00.000Z",
                            "c 2024-03-14T10:00:00.000Z",
                            "d 2024-03-14T01:00:00.000Z",
                            "e 2024-03-14T11:00:00.000Z");
            bench.store(BY_START);
            Remediated difference = mended(bench, ALL);
            assertThat(difference.changed()).as("a, b, c, d").isEqualTo(new Volume(4, 240_000));
            assertThat(difference.added()).as("the second d").isEqualTo(new Volume(1, 60_000));
            assertThat(difference.gone()).as("the second b").isEqualTo(new Volume(1, 60_000));
            assertThat(difference.unchangedCount()).as("e").isEqualTo(1);
            assertThat(difference.outcomes())
                    .containsExactlyInAnyOrder(
                            new OutcomeChange("call", "duplicate", 1),
                            new OutcomeChange("duplicate", "call", 1));
            assertThat(difference.fields())
                    .filteredOn(change -> change.field().equals("setup_at"))
                    .extracting(change -> change.from() + " " + change.to())
                    .containsExactlyInAnyOrder(
                            "2024-03-14T01:00:00.000Z 2024-03-13T22:50:00.000Z",
                            "2024-03-14T01:00:00.000Z 2024-03-13T23:10:00.000Z",
                            "2024-03-14T10:00:00.000Z 2024-03-14T09:00:00.000Z",
                            "2024-03-14T01:00:00.000Z 2024-03-13T12:00:00.000Z");
            assertThat(setups(bench))
                    .containsExactly(
                            "a 2024-03-13T22:50:00.000Z",
                            "b 2024-03-13T23:10:00.000Z",
                            "c 2024-03-14T09:00:00.000Z",
                            "d 2024-03-13T12:00:00.000Z",
                            "d 2024-03-13T13:00:00.000Z",
                            "e 2024-03-14T11:00:00.000Z");
            isAsAFreshStartUnder(BY_START, bench);
        }
    }

    /// The day the calls belong to takes them from where they stand; the other day then has only
    /// what stays in it.
    @Test
    void the_days_may_be_mended_one_after_the_other() throws IOException {
        try (Bench bench = twoNights("old", BY_LOGGED)) {
            bench.store(BY_START);
            Remediated difference = mended(bench, DAY_13);
            assertThat(difference.changed()).as("a, b, d").isEqualTo(new Volume(3, 180_000));
            assertThat(difference.added().callCount()).isEqualTo(1);
            assertThat(difference.gone().callCount()).isEqualTo(1);
            difference = mended(bench, DAY_14);
            assertThat(difference.changed()).as("c").isEqualTo(new Volume(1, 60_000));
            assertThat(difference.added().callCount()).isZero();
            assertThat(difference.gone().callCount()).isZero();
            isAsAFreshStartUnder(BY_START, bench);
        }
    }

    @Test
    void the_day_the_calls_stood_in_lets_all_of_them_go() throws IOException {
        try (Bench bench = twoNights("old", BY_LOGGED)) {
            bench.store(BY_START);
            assertThat(mended(bench, DAY_14).changed().callCount()).isEqualTo(4);
            isAsAFreshStartUnder(BY_START, bench);
        }
    }

    /// A copy that comes after the mending is known by the key its record has now.
    @Test
    void a_late_copy_is_a_duplicate_of_the_call_where_it_stands_now() throws IOException {
        try (Bench bench = twoNights("old", BY_LOGGED)) {
            bench.store(BY_START);
            var _ = mended(bench, ALL);
            bench.file("sw/3.csv", HEAD + FIRST.lines().skip(1).findFirst().orElseThrow() + "\n");
            assertThat(bench.mediate().totals()).isEqualTo(new Totals(1, 0, 0, 0, 1, 0, 0));
            bench.assertBalanced("late copy");
        }
    }

    @Test
    void a_wrong_time_zone_of_fixed_width_records_is_mended() throws IOException {
        String mapping =
                """
                {"columns": {"1-14": "setup_at", "15-17": "duration", "18-23": "calling",
                             "24-29": "called"},
                 "datePattern": "yyyyMMddHHmmss"}
                """;
        zoneIsMended(
                "fixed-width",
                mapping,
                """
                20240313230000060493012442079
                20240313110000060493012442078
                20240313231500000493012442077
                """,
                "2024-03-13T22:00:00.000Z 2024-03-14T03:00:00.000Z",
                "2024-03-13T10:00:00.000Z 2024-03-13T15:00:00.000Z",
                "2024-03-13T22:15:00.000Z 2024-03-14T03:15:00.000Z");
    }

    @Test
    void a_wrong_time_zone_of_freeswitch_records_is_mended() throws IOException {
        zoneIsMended(
                "freeswitch-csv",
                "",
                """
                "A","1000","442079","default","2024-03-13 23:00:00","2024-03-13 23:00:02",\
                "2024-03-13 23:01:02","62","60","NORMAL_CLEARING","u1","","","PCMA","PCMA"
                "A","1000","442079","default","2024-03-13 11:00:00","2024-03-13 11:00:02",\
                "2024-03-13 11:01:02","62","60","NORMAL_CLEARING","u2","","","PCMA","PCMA"
                "A","1000","442079","default","2024-03-13 23:15:00","",\
                "2024-03-13 23:15:02","2","0","NO_ANSWER","u3","","","",""
                """,
                "2024-03-13T22:00:00.000Z 2024-03-14T03:00:00.000Z",
                "2024-03-13T10:00:00.000Z 2024-03-13T15:00:00.000Z",
                "2024-03-13T22:15:00.000Z 2024-03-14T03:15:00.000Z");
    }

    /// Three records, two of a minute and one unanswered, were read in Berlin and are of New York.
    private void zoneIsMended(String format, String mapping, String records, String... setups)
            throws IOException {
        TestBook mended = book("America/New_York", format, mapping);
        try (Bench bench =
                        new Bench(folder.resolve("old"), book("Europe/Berlin", format, mapping));
                Bench fresh = new Bench(folder.resolve("fresh"), mended)) {
            for (Bench each : List.of(bench, fresh)) {
                each.file("sw/1.csv", records);
                assertThat(each.mediate().totals().calls()).isEqualTo(3);
            }
            bench.store(mended);
            Remediated difference = mended(bench, ALL);
            assertThat(difference.changed()).isEqualTo(new Volume(3, 120_000));
            assertThat(difference.added().callCount() + difference.gone().callCount()).isZero();
            assertThat(difference.outcomes()).isEmpty();
            assertThat(difference.fields())
                    .filteredOn(change -> change.field().equals("setup_at"))
                    .extracting(change -> change.from() + " " + change.to())
                    .containsExactlyInAnyOrder(setups);
            assertThat(bench.exports()).isEqualTo(fresh.exports());
        }
    }

    /// Shows the difference, which changes nothing; applies it, which leaves none.
    private static Remediated mended(Bench bench, RemediationScope scope) {
        List<String> exports = bench.exports();
        List<String> rows = bench.rowCounts();
        Remediated shown = bench.remediate(scope, false);
        assertThat(bench.exports()).as("dry run").isEqualTo(exports);
        assertThat(bench.rowCounts()).as("dry run").isEqualTo(rows);
        assertThat(bench.remediate(scope, true)).isEqualTo(shown);
        bench.assertBalanced("applied");
        List<String> applied = bench.exports();
        assertThat(bench.remediate(scope, true).isNothing()).as("again").isTrue();
        assertThat(bench.exports()).as("again").isEqualTo(applied);
        return shown;
    }

    private void isAsAFreshStartUnder(TestBook book, Bench bench) throws IOException {
        try (Bench fresh = twoNights("fresh", book)) {
            assertThat(bench.exports()).isEqualTo(fresh.exports());
            assertThat(bench.remediate(ALL, true).isNothing()).isTrue();
        }
    }

    private Bench twoNights(String name, TestBook book) throws IOException {
        Bench bench = new Bench(folder.resolve(name), book);
        bench.file("sw/1.csv", FIRST);
        assertThat(bench.mediate().quarantined()).isEmpty();
        bench.file("sw/2.csv", SECOND);
        assertThat(bench.mediate().totals().balance()).isTrue();
        return bench;
    }

    private static List<String> setups(Bench bench) {
        return bench.rows("select call_id, instant(setup_ms) from live_call order by 1, setup_ms");
    }

    private static RemediationScope scope(String from, String to) {
        return new RemediationScope(LocalDate.parse(from), LocalDate.parse(to), null, null);
    }

    private static TestBook book(String zone, String format, String mapping) {
        Switch source = TestBook.source("sw", format, zone, mapping);
        return new TestBook(List.of(source), List.of(), Set.of());
    }
}
