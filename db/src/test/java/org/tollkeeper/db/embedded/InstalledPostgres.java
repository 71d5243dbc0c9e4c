package org.tollkeeper.db.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A server of the PostgreSQL that this machine happens to have, most often an older one than ours,
/// started for a test.
public final class InstalledPostgres implements AutoCloseable {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final PostgresStart start;
    private final int port;
    private int databaseCount;

    private InstalledPostgres(PostgresStart start, int port) {
        this.start = start;
        this.port = port;
    }

    /// Starts a server with its data below `home`; null when the machine has no PostgreSQL.
    public static @Nullable InstalledPostgres start(Path home) throws IOException {
        List<Path> found = installed();
        if (found.isEmpty()) {
            return null;
        }
        PostgresStart start =
                new PostgresStart(
                        new PostgresHome(home),
                        PostgresSettings.disposable(),
                        new PostgresBinaries(found.getFirst()));
        return new InstalledPostgres(start, start.port());
    }

    /// Where it was looked for, for the message of a test that is skipped.
    public static String lookedAt() {
        return "no initdb and pg_ctl on PATH or below " + DEBIAN;
    }

    /// The URL of a new, empty database that belongs to the role that the URL names.
    public String freshJdbcUrl() throws SQLException {
        String name = "fresh_" + ++databaseCount;
        try (Connection connection =
                        DriverManager.getConnection(
                                start.jdbcUrl(port, "postgres", PostgresStart.SUPERUSER)
                                        + "&password="
                                        + start.password(PostgresStart.SUPERUSER));
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " owner " + PostgresServer.OWNER);
        }
        return start.jdbcUrl(port, name, PostgresServer.OWNER);
    }

    /// The password of that role.
    public String password() {
        return start.password(PostgresServer.OWNER);
    }

    @Override
    public void close() {
        start.stop();
    }

    private static List<Path> installed() throws IOException {
        List<Path> bins = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path program = Path.of(folder, "initdb");
            if (Files.isExecutable(program)) {
                bins.add(program.toRealPath().getParent());
            }
        }
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                versions.sorted(Comparator.reverseOrder())
                        .forEach(version -> bins.add(version.resolve("bin")));
            }
        }
        return bins.stream()
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .filter(bin -> Files.isExecutable(bin.resolve("pg_ctl")))
                .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                .map(bin -> bin.getParent())
                .toList();
    }
}
