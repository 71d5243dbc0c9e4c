package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tollkeeper.db.run.Run;

/// Nights with so many calls of one carrier that they are priced by the block.
class ManyCallsTest {

    private static final String BOOK =
            """
            agreement A sell=S bands=split-carry zone=Europe/Berlin
            agreement B carrier=BETA sell=S
            deck S band=peak:mon-sun:08:00-20:00
            row S,44,UK,0.60
            row S,49,Germany,0.30,,,,,,,,,,blocked
            row S,46,Sweden,0.60,,,,,,peak
            row S,46,Sweden,0.30,,,,,,offpeak
            row S,91,India,0.60
            row S,91,India,0.30,,,,,,,60
            """;

    // 44: a second costs a cent. 33: no rate. 46: half of each call is in either band.
    private static final List<String> CALLED = List.of("44", "49", "33", "46", "91");
    private static final int CALLS = 1_600;

    @Test
    void one_night_or_many_bill_the_same() throws SQLException, IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            Instant noon = Instant.parse("2024-03-05T12:00:00Z");
            Instant eight = Instant.parse("2024-03-05T19:00:00Z");
            String called = CALLED.get(i % CALLED.size());
            int seconds = 2 + i % 90 * 2;
            Instant at =
                    called.equals("46") ? eight.minusSeconds(seconds / 2) : noon.plusSeconds(i);
            lines.add("c%04d ACME - %s20 %s %d".formatted(i, called, at, seconds * 1_000));
        }
        List<String> whole;
        try (TestNight night = new TestNight(BOOK)) {
            night.calls(String.join("\n", lines));
            assertThat(night.rate()).isEqualTo("1600 960 640 2 0");
            whole = night.state();
            assertThat(night.billed())
                    .contains(
                            "c0000,sell,UK,2,0.02",
                            "c0043,sell,Sweden,88,0.66",
                            "c1595,sell,UK,132,1.32",
                            "c1598,sell,Sweden,138,1.035");
        }
        try (TestNight night = new TestNight(BOOK)) {
            for (int from = 0; from < CALLS; from += 400) {
                night.calls(String.join("\n", lines.subList(from, from + 400)));
                night.rate();
            }
            assertThat(night.state()).isEqualTo(whole);
        }
    }

    @Test
    void progress_is_told_and_the_planner_knows_a_day_of_ten_thousand() throws SQLException {
        try (TestNight night = new TestNight(BOOK)) {
            List<TestCall> calls = new ArrayList<>();
            TestCall model = TestNight.call("x ACME - 4420 2024-03-05T10:00:00Z 1000");
            for (int i = 0; i < 9_999; i++) {
                calls.add(model);
            }
            calls.add(TestNight.call("x BETA - 4420 2024-03-05T10:00:00Z 1000"));
            calls.add(TestNight.call("y ACME - 4420 2024-03-06T10:00:00Z 1000"));
            night.traffic.mediate(calls);
            List<Long> told = new ArrayList<>();
            night.traffic.rate(null, null, told::add);
            assertThat(told).containsExactly(10_000L, 10_001L);
            assertThat(
                            night.traffic.lines(
                                    "select distinct tablename from pg_stats"
                                            + " where tablename like 'charge\\_2024%'"))
                    .containsExactly("charge_20240305");
        }
    }

    // More than one block is copied in before the last call is priced: 4 MB are 35,000 charges.
    @Test
    void calls_and_charges_may_share_a_connection() throws SQLException {
        String book =
                """
                agreement A sell=S buy=S
                deck S
                row S,44,UK,0.60
                """;
        try (TestNight night = new TestNight(book);
                Connection connection = night.database.connect()) {
            TestCall model = TestNight.call("x ACME ACME 4420 2024-03-05T10:00:00Z 1000");
            night.traffic.mediate(Collections.nCopies(18_000, model));
            Run run = Run.begin(connection, "rate", "", Instant.EPOCH);
            Rating.Result result =
                    Rating.rate(connection, run, night.traffic.book(), null, null, told -> {});
            connection.commit();
            assertThat(result.chargeCount()).isEqualTo(36_000);
            assertThat(
                            night.traffic.lines(
                                    "select count(*), sum(charge_nanos), count(distinct call_n)"
                                            + " from live_charge"))
                    .containsExactly("36000,360000000000,18000");
        }
    }
}
