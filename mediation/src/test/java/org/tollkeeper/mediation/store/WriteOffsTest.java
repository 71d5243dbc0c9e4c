package org.tollkeeper.mediation.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
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

    private static SuspenseFilter trunk(String name) {
        return new SuspenseFilter(null, null, name, null, null, null);
    }

    private static SuspenseFilter before(String instant) {
        return new SuspenseFilter(null, null, null, Instant.parse(instant), null, null);
    }
}
