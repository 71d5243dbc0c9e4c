package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tollkeeper.rating.Explanation;

/// Explanations of calls as a night left them: unanswered, in tiers, in several months.
class ExplainedNightTest {

    @Test
    void a_call_without_a_charge_has_no_sides() throws SQLException {
        String book = "agreement A sell=S\ndeck S\nrow S,44,UK,0.60\n";
        try (TestNight night = new TestNight(book)) {
            night.calls(
                    """
                    missed ACME - 4420 2024-03-05T10:00:00Z 0
                    zero   ACME - 4420 2024-03-05T10:00:00Z 0
                    odd    ACME - 4420 2024-03-05T10:00:00Z 900
                    ours   -    - 4420 2024-03-05T10:00:00Z 60000
                    short  ACME - 4420 2024-03-05T10:00:00Z 1\
                    """);
            night.execute("update call set connect_ms = null where call_id in ('missed', 'odd')");
            assertThat(night.rate()).isEqualTo("1 1 0 1 0");
            assertThat(text(night, "missed")).contains("An unanswered call has no charge.");
            assertThat(text(night, "odd")).contains("An unanswered call has no charge.");
            assertThat(text(night, "zero")).contains("A call of 0 ms has no charge.");
            assertThat(text(night, "ours"))
                    .contains("us → us")
                    .contains("No other carrier has a part in this call.");
            assertThat(text(night, "short")).contains("ACME owes us 0.010000 USD");
        }
    }

    // The first two minutes of a local month at 1.00, all others at 0.10; CORE's all at 0.10 once
    // its month exceeds two minutes.
    @Test
    void the_counter_a_call_stands_on_and_what_stands_of_it() throws SQLException {
        String book =
                """
                agreement A carrier=ACME sell=S zone=Pacific/Auckland
                agreement C carrier=CORE sell=S zone=America/Los_Angeles tiers=all-units
                deck S
                row S,44,UK,1.00
                row S,44,UK,0.10,,,,,,,2
                row S,49,Germany,0.30
                """;
        try (TestNight night = new TestNight(book)) {
            night.calls(
                    """
                    a0 ACME - 4420 2024-02-29T10:59:59.999Z 60000
                    a1 ACME - 4420 2024-02-29T11:00:00Z     60000
                    a2 ACME - 4420 2024-03-15T11:00:00Z     60000
                    a3 ACME - 4420 2024-03-31T10:59:59.999Z 60000
                    a4 ACME - 4420 2024-03-31T11:00:00Z     60000
                    c0 CORE - 4420 2024-03-01T07:59:59.999Z 60000
                    c1 CORE - 4420 2024-03-01T08:00:00Z     60000
                    c2 CORE - 4420 2024-04-01T06:59:59.999Z 60001
                    c3 CORE - 4420 2024-04-01T07:00:00Z     60000
                    de ACME - 4930 2024-03-05T10:00:00Z     60000
                    it ACME - 3930 2024-03-05T10:00:00Z     60000\
                    """);
            night.rate();
            String table =
                    """
                    a0 1   stands
                    a1 1   stands
                    a2 1   stands
                    a3 0.1 stands
                    a4 1   stands
                    c0 1   stands
                    c1 0.1 stands
                    c2 0.101667 stands
                    c3 1   stands
                    de 0.3 stands
                    it NO_RATE no charge
                    """;
            assertThat(
                            table.lines()
                                    .map(line -> line.substring(0, 2))
                                    .map(call -> call + " " + side(night, call))
                                    .collect(Collectors.joining("\n", "", "\n")))
                    .isEqualTo(table.replaceAll(" +", " "));
        }
    }

    private static String side(TestNight night, String call) {
        try {
            Explanation side = explained(night, call).getFirst().sides().getFirst();
            assertThat(side.discrepancy()).as(call).isNull();
            Explanation.@Nullable Standing standing = side.standing();
            return standing == null
                    ? side.verdict().replaceAll(".*: ", "") + " no charge"
                    : standing.amount().toPlainString() + " stands";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(TestNight night, String call) throws SQLException {
        return explained(night, call).getFirst().text();
    }

    private static List<ExplainedCall> explained(TestNight night, String call) throws SQLException {
        try (Connection connection = night.database.connect()) {
            return new Explain(connection, night.traffic.book()).calls(call);
        }
    }
}
