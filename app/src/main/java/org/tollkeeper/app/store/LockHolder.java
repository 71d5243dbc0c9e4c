package org.tollkeeper.app.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseException;

/// Who holds the run lock, in words.
final class LockHolder {

    // The holder notes its run after it got the lock: an older row was left behind by a crash.
    private static final String QUESTION =
            """
            select r.id, r.command,
                   to_char(coalesce(r.started_at, a.backend_start) at time zone 'UTC',
                           'YYYY-MM-DD HH24:MI:SS "UTC"')
              from pg_locks l
              join pg_stat_activity a on a.pid = l.pid
              left join lateral (select * from run where state = 'running'
                                  order by id desc limit 1) r on true
             where l.locktype = 'advisory' and l.granted
               and l.database = (select oid from pg_database where datname = current_database())
               and a.application_name = 'tollkeeper'
             limit 1
            """;

    private LockHolder() {}

    static String describe(Database database) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUESTION)) {
            if (!row.next()) {
                return "another run held the lock until just now; start the command again";
            }
            String run =
                    row.getObject(1) == null
                            ? "another run"
                            : "run %d (%s)".formatted(row.getInt(1), row.getString(2));
            return "%s holds the lock since %s; wait for it to end, then start the command again"
                    .formatted(run, row.getString(3));
        } catch (SQLException e) {
            throw new DatabaseException("the holder of the run lock is not known: " + e, e);
        }
    }
}
