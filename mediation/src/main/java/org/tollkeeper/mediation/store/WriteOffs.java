package org.tollkeeper.mediation.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.db.run.Run;

/// Records held back that nobody waits for any longer: they leave the open suspense, with the
/// reason somebody gave. The records stay in the archive, the rows stay in the database, and the
/// totals go on counting them as suspended; they are offered to mediation no more.
///
/// A part that waits for the rest of its call is accepted no more, and stands in the suspense as
/// written off from then on. Its key stays taken: another copy of it is a duplicate.
public final class WriteOffs {

    private static final String WRITE_OFF =
            """
            with given (publication, because) as (values (?, ?)),
            meant as (
                select s.* from open_suspense s
                join cdr_file f on f.id = s.file join switch w on w.id = s.switch
                where %s),
            released as (
                update suspense s set to_publication = g.publication, released_as = 'written-off',
                    write_off_reason = g.because
                from meant m, given g
                where s.file = m.file and s.record = m.record and s.to_publication is null
                returning s.record),
            ended as (
                update part p set to_publication = g.publication
                from meant m, given g
                where p.file = m.file and p.record = m.record and p.to_publication is null
                    and p.call_day is null
                returning m.*),
            noted as (
                insert into suspense (file, record, call_id, leg_id, setup_ms, mediated_at, trunk,
                    talk_ms, reason, from_publication, to_publication, released_as,
                    write_off_reason)
                select e.file, e.record, e.call_id, e.leg_id, e.setup_ms, e.mediated_at, e.trunk,
                    e.talk_ms, e.reason, g.publication, g.publication, 'written-off', g.because
                from ended e, given g)
            select (select count(*) from released) + (select count(*) from ended)\
            """
                    .formatted(SuspenseFilter.CONDITION);

    private WriteOffs() {}

    /// Writes off what is meant, in a transaction of its own.
    ///
    /// @param because why; kept with each record
    /// @return how many records; 0 = nothing was published
    public static int write(Database database, Run run, SuspenseFilter meant, String because) {
        try (Connection connection = database.connect()) {
            int count = write(connection, run.publish(connection), meant, because);
            if (count > 0) {
                connection.commit();
            } else {
                connection.rollback();
            }
            return count;
        } catch (SQLException e) {
            throw new DatabaseException("nothing was written off: " + e.getMessage(), e);
        }
    }

    private static int write(
            Connection connection, int publication, SuspenseFilter meant, String because)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(WRITE_OFF)) {
            select.setInt(1, publication);
            select.setString(2, because);
            var _ = meant.bind(select, 3);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
