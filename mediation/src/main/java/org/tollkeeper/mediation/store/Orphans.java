package org.tollkeeper.mediation.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.tollkeeper.db.CopyLane;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.mediation.decoder.RecordKind;
import org.tollkeeper.mediation.store.PartRows.Group;

/// Long calls whose final part never came. Once the newest of their parts is older than the
/// switch's `orphanAfterHours`, what is there of them becomes a call. A part that comes later makes
/// a new version of it, as any late record does.
final class Orphans {

    private static final long HOUR_MS = 3_600_000;

    private static final String QUIET =
            """
            with waiting as (
                select distinct call_id, leg_id from part
                where to_publication is null and call_day is null and switch = ? and kind = ?)
            select p.call_id, p.leg_id from waiting w
            join part p on p.switch = ? and p.to_publication is null
                and hashtextextended(p.call_id, 0) = hashtextextended(w.call_id, 0)
                and p.call_id = w.call_id and p.leg_id = w.leg_id
            group by p.call_id, p.leg_id
            having max(greatest(p.setup_ms, p.connect_ms, p.release_ms)) <= ?
            order by p.call_id, p.leg_id\
            """;

    private Orphans() {}

    /// Closes the orphans of a switch, in the caller's transaction. What the run gains is returned;
    /// nothing is published where there are none.
    static Totals close(CopyLane lane, Run run, KeyedBook.Source source, Batch.Memory memory)
            throws SQLException {
        Integer hours = source.source().orphanAfterHours();
        if (hours == null) {
            return Totals.NONE;
        }
        long quietSinceMs = run.startedAt().toEpochMilli() - hours * HOUR_MS;
        Connection connection = lane.connection();
        List<Group> groups = quiet(connection, source.number(), quietSinceMs);
        if (groups.isEmpty()) {
            return Totals.NONE;
        }
        Savepoint before = connection.setSavepoint();
        Batch batch = new Batch(lane, run, memory);
        new Joining(batch, source.number()).close(groups);
        if (batch.ledger().isEmpty()) {
            batch.connection().rollback(before);
            return Totals.NONE;
        }
        return batch.finish();
    }

    private static List<Group> quiet(Connection connection, int switchNumber, long quietSinceMs)
            throws SQLException {
        List<Group> groups = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(QUIET)) {
            select.setInt(1, switchNumber);
            select.setInt(2, RecordKind.PART.code());
            select.setInt(3, switchNumber);
            select.setLong(4, quietSinceMs);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    groups.add(new Group(row.getString(1), row.getString(2)));
                }
            }
        }
        return groups;
    }
}
