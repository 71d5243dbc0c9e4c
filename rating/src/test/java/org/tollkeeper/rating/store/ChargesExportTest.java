package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tollkeeper.model.Digits;

/// The order and the fields of exported charges. Every expected line is what the contract's words
/// say; [TestTraffic#charges] holds each export to its plain twin besides.
class ChargesExportTest {

    private static final String BOOK =
            """
            agreement A sell=S buy=S
            agreement B carrier=BETA sell=S buy=S
            deck S
            row S,44,UK "mobile",0.60,0.0150
            row S,49,Germany,0.30
            """;

    private static TestCall call(
            String switchId, String id, String leg, String setup, String connect, String called) {
        return new TestCall(
                switchId,
                id,
                leg,
                "ACME",
                "BETA",
                Digits.of("3120"),
                Digits.of(called),
                Instant.parse("2024-03-05T" + setup + "Z"),
                Instant.parse("2024-03-05T" + connect + "Z"),
                60_000);
    }

    @Test
    void rows_are_in_canonical_order_by_bytes() throws SQLException, IOException {
        try (TestNight night = new TestNight(BOOK)) {
            night.traffic.mediate(
                    List.of(
                            call("rom", "b", "", "10:00:00", "10:00:01", "4420"),
                            call("lon", "b", "2", "10:00:00", "10:00:01", "4920"),
                            call("lon", "b", "10", "10:00:00", "10:00:01", "4420"),
                            call("lon", "b", "", "10:00:00", "10:00:01", "4420"),
                            call("lon", "B", "", "10:00:00", "10:00:01", "4420"),
                            call("lon", "é,\"", "", "10:00:00", "10:00:01", "4420"),
                            call("rom", "a", "", "09:59:59.999", "10:00:00.007", "4420")));
            // A call like an earlier one but for its setup: both sides of one do not stand
            // together.
            night.traffic.mediate(List.of(call("lon", "b", "", "09:59:58", "10:00:01", "4420")));
            night.rate();
            assertThat(night.traffic.charges().stream().map(ChargesExportTest::key))
                    .containsExactly(
                            "switch,call_id,leg_id,setup_at,side",
                            "rom,a,,2024-03-05T09:59:59.999Z,buy",
                            "rom,a,,2024-03-05T09:59:59.999Z,sell",
                            "lon,B,,2024-03-05T10:00:00.000Z,buy",
                            "lon,B,,2024-03-05T10:00:00.000Z,sell",
                            "lon,b,,2024-03-05T09:59:58.000Z,buy",
                            "lon,b,,2024-03-05T10:00:00.000Z,buy",
                            "lon,b,,2024-03-05T09:59:58.000Z,sell",
                            "lon,b,,2024-03-05T10:00:00.000Z,sell",
                            "lon,b,10,2024-03-05T10:00:00.000Z,buy",
                            "lon,b,10,2024-03-05T10:00:00.000Z,sell",
                            "lon,b,2,2024-03-05T10:00:00.000Z,buy",
                            "lon,b,2,2024-03-05T10:00:00.000Z,sell",
                            "lon,\"é,\"\"\",,2024-03-05T10:00:00.000Z,buy",
                            "lon,\"é,\"\"\",,2024-03-05T10:00:00.000Z,sell",
                            "rom,b,,2024-03-05T10:00:00.000Z,buy",
                            "rom,b,,2024-03-05T10:00:00.000Z,sell");
        }
    }

    private static String key(String line) {
        return line.replaceFirst("(,(?:side|buy|sell)),.*", "$1");
    }

    @Test
    void a_row_shows_call_price_and_amount() throws SQLException, IOException {
        try (TestNight night = new TestNight(BOOK)) {
            night.traffic.mediate(
                    List.of(call("lon", "c", "1", "10:00:00", "10:00:00.250", "4420123")));
            night.rate();
            assertThat(night.traffic.charges().get(2))
                    .isEqualTo(
                            "lon,c,1,2024-03-05T10:00:00.000Z,sell,ACME,A,S,44,\"UK \"\"mobile\"\"\",,,,0,"
                                    + "2024-03-05T10:00:00.250Z,60000,60,0.60,0.0150,0.615000,USD");
        }
    }

    /// Until the next rating takes them back, they stand, and must not be missed.
    @Test
    void charges_of_an_agreement_that_left_the_book_are_shown() throws SQLException, IOException {
        try (TestNight night = new TestNight(BOOK)) {
            night.traffic.mediate(List.of(call("lon", "c", "", "10:00:00", "10:00:01", "4920")));
            night.rate();
            night.book(BOOK.replaceFirst("agreement A.*\n", ""));
            assertThat(night.traffic.charges())
                    .hasSize(1 + 2)
                    .anyMatch(line -> line.contains(",sell,ACME,A,S,49,Germany,"));
        }
    }

    @Test
    void many_calls_of_one_second_are_ordered_whatever_memory_holds()
            throws SQLException, IOException {
        try (TestNight night = new TestNight(BOOK)) {
            List<TestCall> calls = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                String at = "10:%02d:00".formatted(i % 4);
                calls.add(
                        call(i % 3 == 0 ? "lon" : "rom", "c" + i * 7_919 % 300, "", at, at, "49"));
            }
            night.traffic.mediate(calls);
            night.rate();
            assertThat(night.traffic.charges()).hasSize(1 + 600).doesNotHaveDuplicates();
        }
    }
}
