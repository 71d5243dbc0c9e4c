package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.TestDatabase;
import org.tollkeeper.model.Digits;
import org.tollkeeper.rating.BookText;

/// A database of its own with books and calls as tables, for tests that say what is billed.
final class TestNight implements AutoCloseable {

    private static final String BILLED =
            """
            select c.call_id, case h.side when 1 then 'buy' else 'sell' end, l.destination,
                   h.billed_seconds, trim_scale(h.charge_nanos / 1000000000.0)
            from live_charge h
            join call c on c.day = h.call_day and c.slice = h.call_slice and c.n = h.call_n
            join deck_row r on r.id = h.deck_row
            join rate_line l on l.id = r.rate_line
            order by 1, 2\
            """;

    /// Slices whose sums for settlement are not those of their charges.
    private static final String UNBALANCED =
            """
            select coalesce(h.slice, t.slice)
            from (select slice, sum(actual_seconds) as actual, sum(billed_seconds) as billed,
                         sum(charge_nanos) as nanos, count(*) as calls
                  from charge group by slice) h
            full join (select slice, sum(actual_seconds) as actual, sum(billed_seconds) as billed,
                              sum(charge_nanos) as nanos, sum(call_count) as calls
                       from traffic_sum group by slice) t on t.slice = h.slice
            where (h.actual, h.billed, h.nanos, h.calls)
                is distinct from (t.actual, t.billed, t.nanos, t.calls)\
            """;

    final Database database = TestDatabase.fresh();
    final TestTraffic traffic = new TestTraffic(database);

    TestNight(String book) throws SQLException {
        book(book);
    }

    /// Loads a book as the newest.
    void book(String book) throws SQLException {
        traffic.load(BookText.of(book));
    }

    /// Takes in calls as lines of `id in out called answered ms`, `-` being our own network, and
    /// names their slices.
    List<Integer> calls(String lines) throws SQLException {
        return traffic.mediate(lines.lines().map(TestNight::call).toList());
    }

    static TestCall call(String line) {
        String[] f = line.strip().split(" +", -1);
        Instant at = Instant.parse(f[4]);
        return new TestCall(
                "lon",
                f[0],
                "",
                f[1].replace("-", ""),
                f[2].replace("-", ""),
                Digits.NONE,
                Digits.of(f[3]),
                at,
                at,
                Integer.parseInt(f[5]));
    }

    /// Rates, and says `calls charges suspended published retired`. What settlement reads adds up
    /// to the charges then.
    String rate() throws SQLException {
        return rate(null, null);
    }

    /// The same, with days that are rated whether they are stale or not.
    String rate(@Nullable LocalDate from, @Nullable LocalDate to) throws SQLException {
        Rating.Result result = traffic.rate(from, to);
        assertThat(traffic.lines(UNBALANCED)).as("slices out of balance").isEmpty();
        return "%d %d %d %d %d"
                .formatted(
                        result.callCount(),
                        result.chargeCount(),
                        result.suspendedCount(),
                        result.publishedSliceCount(),
                        result.retiredSliceCount());
    }

    /// What is billed: `id,side,destination,seconds,amount`.
    List<String> billed() throws SQLException {
        return traffic.lines(BILLED);
    }

    /// Runs statements of what mediation does and this table of calls has no word for.
    void execute(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    List<String> state() throws SQLException, IOException {
        return traffic.state();
    }

    @Override
    public void close() {
        database.close();
    }
}
