package org.tollkeeper.mediation.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// A second, empty set of the tables that mediation writes, in a schema of its own that lives no
/// longer than the transaction. While the connection looks at it first, everything that mediates on
/// that connection makes a fresh start: it sees no file, call or key of before, yet the same book,
/// carriers and words.
final class ShadowTables {

    /// Its name; its tables are named with it when they are compared with the real ones.
    static final String SCHEMA = "remediation";

    private static final List<String> PLAIN =
            List.of(
                    "run",
                    "publication",
                    "slice",
                    "slice_life",
                    "tombstone",
                    "cdr_file",
                    "call_detail",
                    "call_sum",
                    "call_volume",
                    "part",
                    "suspense",
                    "duplicate",
                    "filtered");

    private static final List<String> BY_DAY = List.of("call", "fingerprint");

    private final Connection connection;
    private final String realPath;

    private ShadowTables(Connection connection, String realPath) {
        this.connection = connection;
        this.realPath = realPath;
    }

    /// Makes them. The connection goes on looking at the real ones.
    static ShadowTables create(Connection connection) throws SQLException {
        String path;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show search_path")) {
            row.next();
            path = row.getString(1);
        }
        execute(connection, "create schema " + SCHEMA);
        for (String table : PLAIN) {
            execute(
                    connection,
                    "create table %s.%s (like %s including all)".formatted(SCHEMA, table, table));
        }
        for (String table : BY_DAY) {
            execute(
                    connection,
                    "create table %s.%s (like %s including all) partition by range (day)"
                            .formatted(SCHEMA, table, table));
        }
        return new ShadowTables(connection, path);
    }

    /// Lets the connection look at the shadow first.
    void show() throws SQLException {
        execute(connection, "set local search_path to " + SCHEMA + ", " + realPath);
    }

    /// Lets the connection look at the real tables alone.
    void hide() throws SQLException {
        execute(connection, "set local search_path to " + realPath);
    }

    void drop() throws SQLException {
        hide();
        execute(connection, "set local client_min_messages to warning");
        execute(connection, "drop schema " + SCHEMA + " cascade");
    }

    /// Runs statements, for what they do.
    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
