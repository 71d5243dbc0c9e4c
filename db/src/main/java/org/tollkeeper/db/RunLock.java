package org.tollkeeper.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The lock that only one run of Tollkeeper on a database can hold at a time.
///
/// It is a session-level advisory lock on a connection of its own, so the server lets go of it the
/// moment the holder dies, and no row is left to clean up. A holder whose connection broke holds
/// nothing any more: [#isHeld()] asks the server.
public final class RunLock implements AutoCloseable {

    /// The advisory lock's key, "tollkeep" in ASCII; written down once, never changed.
    static final long ADVISORY_KEY = 0x746f6c6c6b656570L;

    private final Connection connection;

    private RunLock(Connection connection) {
        this.connection = connection;
    }

    /// The lock, or null when another run holds it.
    public static @Nullable RunLock tryAcquire(Database database) {
        try {
            Connection connection = database.connect();
            try {
                connection.setAutoCommit(true);
                if (ask(connection, "select pg_try_advisory_lock(?)")) {
                    return new RunLock(connection);
                }
                connection.close();
                return null;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new DatabaseException("the run lock cannot be asked for: " + e.getMessage(), e);
        }
    }

    /// Whether the server still counts this lock as held by this connection.
    public boolean isHeld() {
        try {
            return ask(
                    connection,
                    """
                    select exists (
                      select from pg_locks
                      where locktype = 'advisory' and pid = pg_backend_pid() and granted
                        and (classid::bigint << 32) | objid::bigint = ?)
                    """);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new DatabaseException("the run lock's connection cannot be closed", e);
        }
    }

    private static boolean ask(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, ADVISORY_KEY);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }
}
