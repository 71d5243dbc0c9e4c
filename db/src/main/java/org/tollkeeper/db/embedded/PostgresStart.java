package org.tollkeeper.db.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.DatabaseException;

/// How the server of one home folder comes to run and to rest: created when there is no data
/// folder, adopted when one runs already, started otherwise. The caller sees to it that only one
/// program does so at a time.
record PostgresStart(PostgresHome home, PostgresSettings settings, PostgresBinaries binaries) {

    static final String SUPERUSER = "postgres";

    private static final int PORT_ATTEMPTS = 3;
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
    // A server that replays the log after a crash says so and is waited for; this bounds silence.
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(30);
    private static final String STILL_STARTING = "57P03";
    private static final String WRONG_PASSWORD = "28P01";

    private enum Answer {
        READY,
        STARTING,
        SILENT,
        FOREIGN
    }

    /// The port on which the server answers, which runs when this returns.
    int port() throws IOException {
        password(PostgresServer.OWNER);
        password(SUPERUSER);
        Postmaster running = running();
        if (running == null) {
            if (Files.notExists(home.data())) {
                create();
            }
            running = started();
        }
        prepare(running.port());
        return running.port();
    }

    void stop() {
        if (Files.exists(home.postmasterFile())) {
            pgCtl(List.of("stop", "-m", "fast", "-w", "-t", "600"));
        }
    }

    String password(String role) {
        try {
            return home.password(role);
        } catch (IOException e) {
            throw new DatabaseException("the password of role " + role + ": " + e, e);
        }
    }

    String jdbcUrl(int port, String database, String role) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&sslmode=disable&gssEncMode=disable"
                .formatted(port, database, role);
    }

    private @Nullable Postmaster running() throws IOException {
        Postmaster left = home.postmaster();
        if (left != null && left.isAlive()) {
            if (answers(left)) {
                return left;
            }
            pgCtl(List.of("stop", "-m", "immediate", "-w", "-t", "60"));
        }
        // Left by a server that is dead. PostgreSQL would judge by the process number alone, which
        // may belong to another program by now.
        Files.deleteIfExists(home.postmasterFile());
        return null;
    }

    private void create() throws IOException {
        if (Files.exists(home.unfinishedData())) {
            PostgresBinaries.delete(home.unfinishedData());
        }
        binaries.run(
                "initdb",
                List.of(
                        "--pgdata=" + home.unfinishedData(),
                        "--username=" + SUPERUSER,
                        "--pwfile=" + home.passwordFile(SUPERUSER),
                        "--auth=scram-sha-256",
                        "--locale=C",
                        "--encoding=UTF8",
                        "--data-checksums"),
                home.programOutput());
        Files.writeString(
                home.unfinishedData().resolve("postgresql.conf"),
                "\n# What Tollkeeper sets; lines below this one win.\ninclude = 'tollkeeper.conf'\n",
                StandardOpenOption.APPEND);
        Files.move(home.unfinishedData(), home.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private Postmaster started() throws IOException {
        for (int attempt = 1; attempt <= PORT_ATTEMPTS; attempt++) {
            int port = home.choosePort();
            Files.writeString(home.data().resolve("tollkeeper.conf"), settings.file(port));
            // Without -w: pg_ctl looks ten times a second, the loop below oftener.
            pgCtl(List.of("start", "-W", "-l", home.log().toString()));
            Postmaster postmaster = awaitPostmaster();
            if (postmaster != null && answers(postmaster)) {
                return postmaster;
            }
            home.forgetPort();
        }
        throw new DatabaseException(
                "the embedded PostgreSQL does not start; the end of %s:\n%s"
                        .formatted(home.log(), home.lastLogLines()));
    }

    // The file appears in the first milliseconds of a start and goes away when it fails.
    private @Nullable Postmaster awaitPostmaster() throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            Postmaster postmaster = home.postmaster();
            if (postmaster != null) {
                return postmaster;
            }
            pause();
        }
        return null;
    }

    /// Whether the server answers as ours, waiting for one that is still starting or recovering.
    private boolean answers(Postmaster postmaster) {
        long silentSince = System.nanoTime();
        while (postmaster.isAlive()) {
            switch (ask(postmaster.port())) {
                case READY -> {
                    return true;
                }
                case FOREIGN -> {
                    return false;
                }
                case STARTING -> silentSince = System.nanoTime();
                case SILENT -> {
                    if (System.nanoTime() - silentSince > SILENCE_LIMIT.toNanos()) {
                        return false;
                    }
                }
            }
            pause();
        }
        return false;
    }

    // Password authentication proves both ends: only our server knows the password's verifier.
    private Answer ask(int port) {
        try (Connection connection = connect(port)) {
            return connection.isValid(5) ? Answer.READY : Answer.SILENT;
        } catch (SQLException e) {
            return switch (String.valueOf(e.getSQLState())) {
                case STILL_STARTING -> Answer.STARTING;
                case WRONG_PASSWORD -> Answer.FOREIGN;
                case String other -> Answer.SILENT;
            };
        }
    }

    private Connection connect(int port) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("password", password(SUPERUSER));
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("connectTimeout", "5");
        return DriverManager.getConnection(jdbcUrl(port, "postgres", SUPERUSER), properties);
    }

    /// Refuses a server that would lose commits, and makes the owner and its database.
    private void prepare(int port) {
        try (Connection connection = connect(port);
                Statement statement = connection.createStatement()) {
            if (settings.durable()) {
                requireDurable(statement);
            }
            String owner = PostgresServer.OWNER;
            if (isMissing(statement, "select from pg_roles where rolname = '" + owner + "'")) {
                // Only a verifier of the password reaches the server's log or catalogue.
                statement.execute(
                        "create role %s login password '%s'".formatted(owner, password(owner)));
            }
            if (isMissing(statement, "select from pg_database where datname = '" + owner + "'")) {
                statement.execute("create database %s owner %s".formatted(owner, owner));
            }
        } catch (SQLException e) {
            throw new DatabaseException(
                    "the embedded PostgreSQL cannot be prepared: " + e.getMessage(), e);
        }
    }

    private static void requireDurable(Statement statement) throws SQLException {
        for (var setting : PostgresSettings.DURABLE.entrySet()) {
            try (ResultSet result = statement.executeQuery("show " + setting.getKey())) {
                result.next();
                if (!result.getString(1).equals(setting.getValue())) {
                    throw new DatabaseException(
                            "the embedded PostgreSQL runs with %s = %s, so a crash could lose or"
                                            .formatted(setting.getKey(), result.getString(1))
                                    + " corrupt what was billed; take the line out of its"
                                    + " postgresql.conf or postgresql.auto.conf and start again");
                }
            }
        }
    }

    private static boolean isMissing(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            return !result.next();
        }
    }

    private void pgCtl(List<String> arguments) {
        List<String> all =
                Stream.concat(arguments.stream(), Stream.of("-s", "-D", home.data().toString()))
                        .toList();
        binaries.run("pg_ctl", all, home.programOutput());
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_INTERVAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("interrupted while PostgreSQL started", e);
        }
    }
}
