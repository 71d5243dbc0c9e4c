package org.tollkeeper.mediation.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.model.TrunkDirection;

/// Long calls whose final part is missing. The parts are half an hour each, from 10:00:05 on.
class OrphansTest {

    private static final String CALLS =
            """
            select call_id, duration_ms / 60000, substr(instant(release_ms), 12, 5),
                (select detail ->> 'anomalies' from call_detail d
                 where d.slice = c.slice and d.n = c.n)
            from live_call c order by call_id\
            """;

    @TempDir Path folder;
    private Bench bench;
    private int files;

    @BeforeEach
    void open() {
        bench =
                new Bench(
                        folder,
                        TestBook.of(
                                TestBook.impatient("sw", 48),
                                TestBook.trunk("sw", "IN", "ACME", TrunkDirection.IN),
                                TestBook.trunk("sw", "OUT", "BETA", TrunkDirection.OUT)));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void what_is_there_becomes_a_call_when_its_newest_part_is_too_old() throws IOException {
        Totals early =
                night("2024-06-03T11:00:04Z", Cdr.part("x", 1, false), Cdr.part("x", 2, false));
        assertThat(early.suspended()).isEqualTo(2);
        assertThat(bench.rows(CALLS)).isEmpty();

        Totals late = night("2024-06-03T11:00:05Z");
        assertThat(late).isEqualTo(new Totals(0, 2, 1, 1, 0, 0, 0));
        assertThat(bench.rows(CALLS)).containsExactly("x 60 11:00 NO_FINAL_PART");
        assertThat(bench.suspense().lines()).hasSize(1);
        assertThat(night("2024-06-04T11:00:00Z")).isEqualTo(Totals.NONE);
    }

    @Test
    void a_late_final_part_makes_a_new_version_and_no_second_call() throws IOException {
        var _ = night("2024-06-05T00:00:00Z", Cdr.part("x", 1, false), Cdr.part("x", 2, false));
        Totals late = night("2024-06-06T00:00:00Z", Cdr.part("x", 3, true));
        assertThat(late).isEqualTo(new Totals(1, 0, 0, 1, 0, 0, 0));
        assertThat(bench.rows(CALLS)).containsExactly("x 90 11:30 null");
        assertThat(
                        bench.rows(
                                "select sum(call_count), sum(joined_count), sum(suspended_count)"
                                        + " from cdr_file"))
                .containsExactly("1 2 0");
        Cdr copy = Cdr.part("x", 3, true).set("mos", "1.0");
        assertThat(night("2024-06-06T01:00:00Z", copy).duplicates()).isOne();
    }

    @Test
    void a_part_that_comes_before_the_missing_one_lengthens_the_call() throws IOException {
        var _ = night("2024-06-05T00:00:00Z", Cdr.part("x", 1, false), Cdr.part("x", 3, false));
        assertThat(bench.rows(CALLS)).containsExactly("x 30 10:30 NO_FINAL_PART");
        var _ = night("2024-06-06T00:00:00Z", Cdr.part("x", 2, false));
        assertThat(bench.rows(CALLS)).containsExactly("x 90 11:30 NO_FINAL_PART");
    }

    @Test
    void without_the_first_part_nothing_is_closed() throws IOException {
        var _ = night("2024-06-05T00:00:00Z", Cdr.part("x", 2, false));
        assertThat(bench.rows(CALLS)).isEmpty();
        assertThat(bench.suspense()).contains("INCOMPLETE_CALL");
    }

    private Totals night(String now, Cdr... rows) throws IOException {
        bench.now = Instant.parse(now);
        if (rows.length > 0) {
            bench.file("sw/%02d.csv".formatted(files++), Cdr.file(List.of(rows)).getBytes(UTF_8));
        }
        return bench.mediate().totals();
    }
}
