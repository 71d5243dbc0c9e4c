package org.tollkeeper.db.traffic;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// What the planner cannot know of leaves that were loaded this night, for they have no statistics
/// yet: whether few rows are wanted of them, which are found by their keys, or many, for which all
/// are read. What is said holds until the transaction ends.
public final class ExpectedRows {

    /// A row found by its key costs as much as so many rows read one after the other.
    private static final int SEEK_ROWS = 8;

    private ExpectedRows() {}

    /// Expects to join `rowCount` rows with their calls, which are among `callCount`.
    public static void of(Connection connection, long rowCount, long callCount)
            throws SQLException {
        if (areFew(rowCount, callCount)) {
            set(connection, "enable_nestloop = on", "enable_hashjoin = off");
            set(connection, "enable_mergejoin = off");
        } else {
            many(connection);
        }
    }

    /// Whether `rowCount` calls among `callCount` are found by their keys with less work than by
    /// reading all.
    static boolean areFew(long rowCount, long callCount) {
        return rowCount * SEEK_ROWS < callCount;
    }

    public static void many(Connection connection) throws SQLException {
        set(connection, "enable_nestloop = off", "enable_hashjoin = on", "enable_mergejoin = on");
        set(connection, "work_mem = '128MB'");
    }

    /// Leaves it to the planner again.
    public static void unknown(Connection connection) throws SQLException {
        for (String each :
                List.of("enable_nestloop", "enable_hashjoin", "enable_mergejoin", "work_mem")) {
            set(connection, each + " to default");
        }
    }

    private static void set(Connection connection, String... settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String setting : settings) {
                statement.execute("set local " + setting);
            }
        }
    }
}
