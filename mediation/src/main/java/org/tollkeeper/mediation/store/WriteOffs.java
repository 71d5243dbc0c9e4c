package org.tollkeeper.mediation.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.db.run.Run;

/// Records held back that nobody waits for any longer: they leave the open suspense, with the
/// reason somebody gave. The records stay in the archive, the rows stay in the database, and the
/// totals go on counting them as suspended; they are offered to mediation no more.
public final class WriteOffs {

    private WriteOffs() {}

    /// Writes off what is meant, in a transaction of its own.
    ///
    /// @param because why; kept with each record
    /// @return how many records; 0 = nothing was published
    public static int write(Database database, Run run, SuspenseFilter meant, String because) {
        try (Connection connection = database.connect()) {
            int publication = run.publish(connection);
            int count;
            try (PreparedStatement update =
                    connection.prepareStatement(
                            """
                            update suspense s set to_publication = ?, released_as = 'written-off',
                                write_off_reason = ?
                            from cdr_file f join switch w on w.id = f.switch
                            where f.id = s.file and s.to_publication is null\
                            """
                                    + " and "
                                    + SuspenseFilter.CONDITION)) {
                update.setInt(1, publication);
                update.setString(2, because);
                var _ = meant.bind(update, 3);
                count = update.executeUpdate();
            }
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
}
