package org.tollkeeper.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.embedded.PostgresServer;

/// Databases for tests: one server per JVM, and a fresh migrated database for whoever asks.
///
/// ```java
/// try (Database database = TestDatabase.fresh()) { … }
/// ```
///
/// The server is an embedded one that does not wait for the disk, or the one that the system
/// property `tollkeeper.test.database` names by a JDBC URL, whose user must be allowed to create
/// databases and whose password is `PGPASSWORD`. A fresh database is a copy of a migrated template
/// and is dropped when it is closed.
public final class TestDatabase {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static @Nullable TestDatabase server;

    private final String jdbcUrl;
    private final @Nullable String password;
    private final String template;

    private TestDatabase(String jdbcUrl, @Nullable String password, String template) {
        this.jdbcUrl = jdbcUrl;
        this.password = password;
        this.template = template;
    }

    /// A database of the caller's own, migrated and otherwise empty.
    public static Database fresh() {
        TestDatabase server = server();
        String name = newName("test");
        server.execute(
                "create database %s template %s"
                        .formatted(Database.quoted(name), Database.quoted(server.template)));
        return server.open(name, false);
    }

    private static synchronized TestDatabase server() {
        TestDatabase running = server;
        if (running == null) {
            String url = System.getProperty("tollkeeper.test.database");
            running =
                    url == null
                            ? embedded()
                            : new TestDatabase(
                                    url, System.getenv("PGPASSWORD"), newName("template"));
            running.execute("create database " + Database.quoted(running.template));
            // The template outlives its connections only; an external server gets rid of it below.
            Database migrated = running.open(running.template, true, () -> {});
            migrated.close();
            if (url != null) {
                TestDatabase external = running;
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(() -> external.drop(external.template)));
            }
            server = running;
        }
        return running;
    }

    private static TestDatabase embedded() {
        try {
            Path home = Files.createTempDirectory("tollkeeper-test-");
            PostgresServer postgres = PostgresServer.useDisposable(home);
            // The server's own hook stops it too; closing twice does no harm, deleting early would.
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(() -> {
                                postgres.close();
                                delete(home);
                            }));
            return new TestDatabase(
                    postgres.superuserJdbcUrl("postgres"),
                    postgres.superuserPassword(),
                    newName("template"));
        } catch (IOException e) {
            throw new DatabaseException("no folder for the test database: " + e, e);
        }
    }

    private Database open(String name, boolean migrated) {
        return open(name, migrated, () -> drop(name));
    }

    private Database open(String name, boolean migrated, Runnable afterClose) {
        return Database.openServer(urlOf(name), password, migrated, afterClose);
    }

    private void drop(String name) {
        execute("drop database if exists %s with (force)".formatted(Database.quoted(name)));
    }

    private void execute(String sql) {
        Properties properties = new Properties();
        if (password != null) {
            properties.setProperty("password", password);
        }
        try (Connection connection = DriverManager.getConnection(jdbcUrl, properties);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new DatabaseException(sql + ": " + e.getMessage(), e);
        }
    }

    private String urlOf(String name) {
        int parameters = jdbcUrl.indexOf('?');
        String end = parameters < 0 ? "" : jdbcUrl.substring(parameters);
        String start = parameters < 0 ? jdbcUrl : jdbcUrl.substring(0, parameters);
        return start.substring(0, start.lastIndexOf('/') + 1) + name + end;
    }

    private static String newName(String kind) {
        return "tollkeeper_%s_%d_%d"
                .formatted(kind, ProcessHandle.current().pid(), COUNT.incrementAndGet());
    }

    private static void delete(Path folder) {
        try {
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(folder)) {
                paths = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.err.println("the test database's folder " + folder + " is left behind: " + e);
        }
    }
}
