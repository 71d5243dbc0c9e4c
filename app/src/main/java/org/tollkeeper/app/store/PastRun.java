package org.tollkeeper.app.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.Database;

/// A run as the database remembers it.
///
/// @param elapsedMillis from its beginning to its end, by the program's clock; or to its newest
///   publication, by the database's
public record PastRun(
        int id,
        String command,
        String reason,
        Instant startedAt,
        long elapsedMillis,
        String state,
        Totals totals) {

    private static final String TO_NEWEST_PUBLICATION =
            "(select max(published_at) from publication where run = r.id) - r.noted_at";

    private static final String COLUMNS =
            """
            select r.id, r.command, r.reason, r.started_at,
                   greatest(0, coalesce(extract(epoch from %s), 0) * 1000)::bigint,
                   r.state, r.read_count, r.reopened_count, r.call_count, r.joined_count,
                   r.duplicate_count, r.suspended_count, r.filtered_count
              from run r
            """;

    /// The newest runs, newest first.
    public static List<PastRun> newest(Database database, int count) {
        String elapsed = "coalesce(r.ended_at - r.started_at, %s)".formatted(TO_NEWEST_PUBLICATION);
        return Rows.of(
                database,
                COLUMNS.formatted(elapsed) + " order by r.id desc limit " + count,
                PastRun::read);
    }

    /// The run that last changed anything visible, timed to when it did, so that the answer is the
    /// same while the run works and after; null before the first.
    public static @Nullable PastRun lastToPublish(Database database) {
        List<PastRun> runs =
                Rows.of(
                        database,
                        COLUMNS.formatted(TO_NEWEST_PUBLICATION)
                                + " where r.id = (select run from publication"
                                + " order by id desc limit 1)",
                        PastRun::read);
        return runs.isEmpty() ? null : runs.getFirst();
    }

    private static PastRun read(ResultSet row) throws SQLException {
        Timestamp started = row.getTimestamp(4);
        return new PastRun(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                started.toInstant(),
                row.getLong(5),
                row.getString(6),
                Totals.read(row, 7));
    }
}
