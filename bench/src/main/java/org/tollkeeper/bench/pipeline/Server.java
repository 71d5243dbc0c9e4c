package org.tollkeeper.bench.pipeline;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.tollkeeper.db.embedded.PostgresServer;

/// The embedded PostgreSQL of a home folder, kept running while the benchmark uses it.
final class Server implements AutoCloseable {

    private final PostgresServer server;

    /// A piece of work to be measured.
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    private Server(PostgresServer server) {
        this.server = server;
    }

    static Server of(Path home) {
        return new Server(PostgresServer.use(home));
    }

    long pid() {
        return server.pid();
    }

    /// A connection of the owner to a database, autocommit off.
    Connection connect(String database) throws SQLException {
        String url = server.jdbcUrl().replace("/tollkeeper?", "/" + database + "?");
        Connection connection = DriverManager.getConnection(url, passwordOnly());
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set time zone 'UTC'");
        }
        return connection;
    }

    private Properties passwordOnly() {
        Properties properties = new Properties();
        properties.setProperty("password", server.ownerPassword());
        return properties;
    }

    private Connection superuser() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("password", server.superuserPassword());
        return DriverManager.getConnection(server.superuserJdbcUrl("postgres"), properties);
    }

    /// Makes an empty database, or a copy of one that nobody is connected to.
    void create(String database, String template) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + database);
            statement.execute(
                    "create database %s template %s owner tollkeeper strategy file_copy"
                            .formatted(database, template));
        }
    }

    void drop(String database) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + database);
        }
    }

    /// Does a piece of work after a checkpoint and tells what it cost.
    Work measure(Task task) throws Exception {
        checkpoint();
        long wal = walBytes();
        long serverCpu = Processes.cpuMsOfServer(pid());
        long cpu = cpuMs();
        long start = System.nanoTime();
        task.run();
        long end = System.nanoTime();
        return new Work(
                (end - start) / 1_000_000,
                cpuMs() - cpu,
                Processes.cpuMsOfServer(pid()) - serverCpu,
                walBytes() - wal);
    }

    private static long cpuMs() {
        var system =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1_000_000 + Processes.cpuMsOfEndedChildren();
    }

    /// What a database takes up on disk, indexes and all.
    long databaseBytes(String database) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select pg_database_size('" + database + "')")) {
            row.next();
            return row.getLong(1);
        }
    }

    private void checkpoint() throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint");
        }
    }

    private long walBytes() throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select (pg_current_wal_insert_lsn() - '0/0')::bigint")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
