package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of the charges of a month with volume tiers when one of its calls is withdrawn: a
/// minute that went before is a minute less on the counter.
class WithdrawnCallsTest {

    // The first minute of a month costs 1.00, every other 0.10. March began on 29 February at 11:00
    // UTC in Auckland, and ended on 1 April at 07:00 UTC in Los Angeles.
    @ParameterizedTest(name = "{0}, {1} without call {2}")
    @CsvSource({
        "Pacific/Auckland,    graduated, 0, 2024-02-29T11:00:00Z, 'b,1 c,0.1'",
        "Pacific/Auckland,    graduated, 0, 2024-02-29T10:59:59Z, 'b,1 c,0.1'",
        "Pacific/Auckland,    graduated, 1, 2024-02-29T11:00:00Z, 'a,1 c,0.1'",
        "Pacific/Auckland,    graduated, 1, 2024-02-29T10:59:59Z, 'a,1 c,1'",
        "America/Los_Angeles, graduated, 2, 2024-03-01T08:00:00Z, 'a,1 b,0.1'",
        "America/Los_Angeles, all-units, 2, 2024-03-01T08:00:00Z, 'a,0.1 b,0.1'",
        "America/Los_Angeles, all-units, 2, 2024-03-01T07:59:59Z, 'a,1 b,1'",
        "America/Los_Angeles, all-units, 0, 2024-03-01T07:59:59Z, 'b,0.1 c,0.1'",
    })
    void a_month_of_some_zone_is_counted_anew(
            String zone, String tiers, int withdrawn, String first, String left)
            throws SQLException {
        String book =
                """
                agreement A sell=S zone=%s tiers=%s
                deck S
                row S,44,UK,1.00
                row S,44,UK,0.10,,,,,,,1
                """
                        .formatted(zone, tiers);
        try (TestNight night = new TestNight(book)) {
            int a = night.calls("a ACME - 4420 %s 60000".formatted(first)).getFirst();
            int b = night.calls("b ACME - 4420 2024-03-15T12:00:00Z 60000").getFirst();
            int c = night.calls("c ACME - 4420 %s 60000".formatted(last(zone))).getFirst();
            night.rate();
            night.traffic.tombstone(new int[] {a, b, c}[withdrawn], 0);
            night.rate();
            assertThat(String.join(" ", night.billed()).replace("sell,UK,60,", "")).isEqualTo(left);
        }
    }

    private static String last(String zone) {
        return zone.equals("Pacific/Auckland") ? "2024-03-31T10:59:59Z" : "2024-04-01T06:59:59Z";
    }

    @Test
    void other_months_carriers_and_sides_stand() throws SQLException {
        String book =
                """
                agreement A carrier=ACME sell=S buy=S
                agreement C carrier=CORE sell=S buy=S
                deck S
                row S,44,UK,1.00
                row S,44,UK,0.10,,,,,,,1
                row S,49,Germany,1.00
                row S,49,Germany,0.10,,,,,,,1
                """;
        try (TestNight night = new TestNight(book)) {
            int first = night.calls("m1 ACME CORE 4420 2024-03-05T10:00:00Z 60000").getFirst();
            night.calls(
                    """
                    m2 ACME CORE 4420 2024-03-06T10:00:00Z 60000
                    m3 CORE ACME 4420 2024-03-06T11:00:00Z 60000
                    m4 CORE ACME 4420 2024-03-06T12:00:00Z 60000
                    m5 ACME CORE 4930 2024-03-06T13:00:00Z 60000
                    m6 ACME CORE 4420 2024-04-06T13:00:00Z 60000\
                    """);
            assertThat(night.rate()).isEqualTo("6 12 0 8 0");
            night.traffic.tombstone(first, 0);
            assertThat(night.rate()).as("UK in March of either side").isEqualTo("0 2 0 2 2");
            assertThat(night.billed())
                    .containsExactly(
                            "m2,buy,UK,60,1",
                            "m2,sell,UK,60,1",
                            "m3,buy,UK,60,1",
                            "m3,sell,UK,60,1",
                            "m4,buy,UK,60,0.1",
                            "m4,sell,UK,60,0.1",
                            "m5,buy,Germany,60,1",
                            "m5,sell,Germany,60,1",
                            "m6,buy,UK,60,1",
                            "m6,sell,UK,60,1");
        }
    }

    // Overflow keeps a call out of the counter, and blocked ones are no member of a group.
    @Test
    void what_cannot_be_priced_moves_no_counter() throws SQLException {
        String book =
                """
                agreement A sell=S
                deck S
                row S,44,UK,1.00
                row S,44,UK,%s,,,,,,,1
                row S,4477,UK,0.50,,,,,,,,,,blocked
                """;
        try (TestNight night = new TestNight(book.formatted("90000000000000"))) {
            night.calls(
                    """
                    a ACME - 4420 2024-03-05T10:00:00Z 30000
                    b ACME - 4477 2024-03-05T11:00:00Z 60000
                    c ACME - 4420 2024-03-05T12:00:00Z 60000
                    d ACME - 4420 2024-03-05T13:00:00Z 30000
                    e ACME - 4420 2024-03-05T14:00:00Z 30000\
                    """);
            assertThat(night.rate()).as("a and d of the group, b by itself").isEqualTo("5 2 3 2 0");
            assertThat(night.billed()).containsExactly("a,sell,UK,30,0.5", "d,sell,UK,30,0.5");
            assertThat(night.rate()).isEqualTo("0 0 0 0 0");
            night.calls("f ACME - 4420 2024-03-06T14:00:00Z 1000");
            assertThat(night.rate()).as("the group anew").isEqualTo("1 2 3 1 1");

            night.book(book.formatted("0.10"));
            assertThat(night.rate()).isEqualTo("6 5 0 1 1");
            assertThat(night.billed())
                    .containsExactly(
                            "a,sell,UK,30,0.5",
                            "c,sell,UK,60,0.55",
                            "d,sell,UK,30,0.05",
                            "e,sell,UK,30,0.05",
                            "f,sell,UK,1,0.001667");
        }
    }
}
