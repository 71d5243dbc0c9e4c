package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.TestDatabase;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.model.Digits;
import org.tollkeeper.rating.BookText;

/// What a changed book would do, before it does it.
class ChargeChangesTest {

    private static final String BOOK =
            """
            agreement A sell=S
            deck S
            row S,44,UK,0.60
            row S,49,Germany,%s
            row S,33,France,%s,,,,2024-04-01
            """;

    @Test
    void a_preview_shows_before_and_after_and_leaves_no_trace() throws SQLException, IOException {
        try (Database database = TestDatabase.fresh()) {
            TestTraffic traffic = new TestTraffic(database);
            traffic.load(BookText.of(BOOK.formatted("0.30", "0.90")));
            traffic.mediate(List.of(call("uk", "4420"), call("de", "4930"), call("de2", "4989")));
            traffic.rate();
            List<String> before = traffic.state();

            traffic.load(BookText.of(BOOK.formatted("0.36", "0.99")));
            try (Connection connection = database.connect()) {
                Run run = Run.begin(connection, "rate", "preview", Instant.EPOCH);
                Rating.Result result =
                        Rating.rate(connection, run, traffic.book(), null, null, calls -> {});
                assertThat(ChargeChanges.of(connection, result.publication()))
                        .extracting(Record::toString)
                        .containsExactly(
                                "Change[agreement=A, side=SELL, destination=Germany, month=2024-03,"
                                        + " before=Figures[callCount=2, billedSeconds=120,"
                                        + " amount=0.600000], after=Figures[callCount=2,"
                                        + " billedSeconds=120, amount=0.720000], currency=USD]");
                connection.rollback();
            }
            assertThat(traffic.state()).isEqualTo(before);
        }
    }

    private static TestCall call(String id, String called) {
        Instant at = Instant.parse("2024-03-05T10:00:00Z");
        return new TestCall(
                "lon",
                id,
                "",
                "ACME",
                "",
                Digits.NONE,
                Digits.of(called + "123456"),
                at,
                at,
                60_000);
    }
}
