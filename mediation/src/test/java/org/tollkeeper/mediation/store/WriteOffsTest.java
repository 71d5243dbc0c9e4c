package org.tollkeeper.mediation.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.model.SuspenseReason;
import org.tollkeeper.model.TrunkDirection;

/// Suspended records that are given up.
class WriteOffsTest {

    private static final TestBook BOOK =
            TestBook.of(
                    TestBook.canonical("sw"),
                    TestBook.trunk("sw", "IN", "ACME", TrunkDirection.IN),
                    TestBook.trunk("sw", "OUT", "BETA", TrunkDirection.OUT));

    private static final RemediationScope ALL =
            new RemediationScope(Bench.EVER, Bench.ALWAYS, null, null);

    @TempDir Path folder;

    @Test
    void what_is_written_off_is_open_no_more_and_is_never_offered_again() throws IOException {
        try (Bench bench = new Bench(folder, BOOK)) {
            bench.file(
                    "sw/a.csv",
                    Cdr.file(
                                    Cdr.call("1").set("ingress_trunk", "NEW"),
                                    Cdr.call("2").set("ingress_trunk", "OLD"),
                                    Cdr.call("3").set("called", "none"),
                                    Cdr.call("4"))
                            .getBytes(UTF_8));
            assertThat(bench.mediate().totals().suspended()).isEqualTo(3);

            assertThat(bench.writeOff(trunk("OLD"), "its carrier is gone")).isEqualTo(1);
            assertThat(bench.writeOff(trunk("OLD"), "twice")).isZero();
            assertThat(bench.writeOff(before("2024-06-01T09:59:59Z"), "too early")).isZero();
            assertThat(bench.suspense()).contains(",1,1,", ",3,3,").doesNotContain(",2,2,");
            bench.store(
                    BOOK.with(TestBook.trunk("sw", "NEW", "ACME", TrunkDirection.IN))
                            .with(TestBook.trunk("sw", "OLD", "ACME", TrunkDirection.IN)));
            assertThat(bench.recycle(null).calls()).isEqualTo(1);
            assertThat(bench.remediate(ALL, true).isNothing()).isTrue();

            assertThat(
                            bench.rows(
                                    "select record, released_as, write_off_reason from suspense"
                                            + " where to_publication is not null order by record"))
                    .containsExactly("1 call null", "2 written-off its carrier is gone");
            assertThat(bench.rows("select read_count, call_count, suspended_count from cdr_file"))
                    .containsExactly("4 2 2");
        }
    }

    @Test
    void a_single_record_is_named_by_its_file_and_number() throws IOException {
        try (Bench bench = new Bench(folder, BOOK)) {
            bench.file(
                    "sw/a.csv",
                    Cdr.file(
                                    Cdr.call("1").set("called", "none"),
                                    Cdr.call("2").set("called", "none"))
                            .getBytes(UTF_8));
            var _ = bench.mediate();
            String file = bench.rows("select encode(sha256, 'hex') from cdr_file").getFirst();
            assertThat(
                            bench.writeOff(
                                    new SuspenseFilter(
                                            SuspenseReason.BAD_NUMBER,
                                            "sw",
                                            "IN",
                                            null,
                                            file.substring(0, 12),
                                            2),
                                    "a test"))
                    .isEqualTo(1);
            assertThat(bench.rows("select record from open_suspense")).containsExactly("1");
        }
    }

    /// A call of parts 1, 2 and the final 3: what waits is given up, and what comes late finds
    /// nothing to join. A copy of a part that was given up is no new part.
    @Test
    void parts_that_wait_for_a_final_one_are_written_off_like_any_record() throws IOException {
        try (Bench bench = new Bench(folder, BOOK)) {
            bench.file(
                    "sw/a.csv",
                    Cdr.file(
                            Cdr.part("long", 1, false),
                            Cdr.part("long", 2, false),
                            Cdr.part("kept", 1, false),
                            Cdr.call("whole"),
                            Cdr.call("bad").set("called", "none")));
            assertThat(bench.mediate().totals().suspended()).isEqualTo(4);
            String file = bench.rows("select encode(sha256, 'hex') from cdr_file").getFirst();

            assertThat(bench.writeOff(record(file, 2), "torn")).isEqualTo(1);
            assertThat(bench.writeOff(record(file, 4), "no such: it is a call")).isZero();
            assertThat(open(bench)).containsExactly("1", "3", "5");
            assertThat(bench.writeOff(record(file, 1), "torn")).isEqualTo(1);
            assertThat(bench.writeOff(incomplete("2024-06-01T09:59:59Z"), "too early")).isZero();
            assertThat(open(bench)).containsExactly("3", "5");
            assertThat(writtenOff(bench))
                    .containsExactly("1 7 1800000 long IN torn", "2 7 1800000 long IN torn");
            assertThat(bench.remediate(ALL, true).isNothing()).isTrue();

            bench.file("sw/b.csv", Cdr.file(Cdr.part("long", 3, true), Cdr.part("long", 2, false)));
            Totals late = bench.mediate().totals();
            assertThat(late).isEqualTo(new Totals(2, 0, 0, 0, 1, 1, 0));
            bench.file("sw/c.csv", Cdr.file(Cdr.part("kept", 2, true)));
            assertThat(bench.mediate().totals()).isEqualTo(new Totals(1, 1, 1, 1, 0, 0, 0));
            assertThat(bench.remediate(ALL, true).isNothing()).isTrue();

            assertThat(bench.writeOff(incomplete("2024-06-02T00:00:00Z"), "late")).isEqualTo(1);
            assertThat(bench.recycle(null)).isEqualTo(Totals.NONE);
            assertThat(open(bench)).containsExactly("5");
            assertThat(bench.calls().lines().skip(1)).hasSize(2);
            assertThat(bench.rows("select count(*) from part")).containsExactly("5");
            assertThat(
                            bench.rows(
                                    "select read_count, call_count, joined_count, duplicate_count,"
                                            + " suspended_count from cdr_file order by path"))
                    .containsExactly("5 2 0 0 3", "2 0 0 1 1", "1 0 1 0 0");
        }
    }

    private static List<String> open(Bench bench) {
        return bench.rows("select record from open_suspense order by file, record");
    }

    private static List<String> writtenOff(Bench bench) {
        return bench.rows(
                """
                select record, reason, talk_ms, call_id, trunk, write_off_reason from suspense
                where released_as = 'written-off' order by file, record\
                """);
    }

    private static SuspenseFilter record(String file, int number) {
        return new SuspenseFilter(null, null, null, null, file.substring(0, 12), number);
    }

    private static SuspenseFilter incomplete(String setUpBefore) {
        return new SuspenseFilter(
                SuspenseReason.INCOMPLETE_CALL, "sw", "IN", Instant.parse(setUpBefore), null, null);
    }

    private static SuspenseFilter trunk(String name) {
        return new SuspenseFilter(null, null, name, null, null, null);
    }

    private static SuspenseFilter before(String instant) {
        return new SuspenseFilter(null, null, null, Instant.parse(instant), null, null);
    }
}
