package org.tollkeeper.db;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.tollkeeper.db.embedded.PostgresServer;

/// Tollkeeper's database, open and migrated to the schema this program was built for.
///
/// Bulk work takes a connection of its own by [#connect()]; frameworks that borrow connections for
/// short statements take them from [#dataSource()].
public final class Database implements AutoCloseable {

    private static final int OLDEST_SERVER_VERSION = 15;
    private static final int POOLED_CONNECTION_COUNT = 8;

    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private final PGSimpleDataSource direct;
    private final HikariDataSource pool;
    private final Runnable afterClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Database(PGSimpleDataSource direct, Runnable afterClose) {
        this.direct = direct;
        this.afterClose = afterClose;
        this.pool = new HikariDataSource();
        pool.setDataSource(direct);
        pool.setPoolName("tollkeeper");
        pool.setMaximumPoolSize(POOLED_CONNECTION_COUNT);
        pool.setMinimumIdle(0);
    }

    /// Opens the database, starting the embedded server where that is its location, and migrates
    /// it.
    ///
    /// @throws DatabaseException when it cannot be reached, is too old, is not durable or does not
    ///   migrate
    public static Database open(DatabaseLocation location) {
        return open(location, System.getenv());
    }

    /// The same with the environment as an argument; a server's password is its `PGPASSWORD`.
    public static Database open(DatabaseLocation location, Map<String, String> environment) {
        return switch (location) {
            case DatabaseLocation.Embedded embedded -> openEmbedded(embedded);
            case DatabaseLocation.Server server -> {
                String password = environment.get("PGPASSWORD");
                yield openServer(server.jdbcUrl(), password, true, () -> {});
            }
        };
    }

    private static Database openEmbedded(DatabaseLocation.Embedded embedded) {
        PostgresServer server = PostgresServer.use(embedded.home());
        try {
            return openServer(server.jdbcUrl(), server.ownerPassword(), true, server::close);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    static Database openServer(
            String jdbcUrl, @Nullable String password, boolean migrated, Runnable afterClose) {
        PGSimpleDataSource direct = new UtcDataSource();
        direct.setURL(jdbcUrl);
        direct.setPassword(password);
        direct.setApplicationName("tollkeeper");
        direct.setTcpKeepAlive(true);
        try (Connection connection = direct.getConnection()) {
            requireVersion(connection);
        } catch (SQLException e) {
            throw new DatabaseException(
                    "the database does not let Tollkeeper in: "
                            + e.getMessage()
                            + " (check --database, and the password in PGPASSWORD or pgpass)",
                    e);
        }
        if (migrated) {
            migrate(direct);
        }
        return new Database(direct, afterClose);
    }

    private static void requireVersion(Connection connection) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST_SERVER_VERSION) {
            throw new DatabaseException(
                    "the database server is PostgreSQL %d; Tollkeeper needs %d or newer"
                            .formatted(version, OLDEST_SERVER_VERSION));
        }
    }

    private static void migrate(DataSource direct) {
        try {
            Flyway.configure()
                    .loggers(QuietMigrationLog.class.getName())
                    .dataSource(direct)
                    .locations("classpath:db/migration")
                    // A schema newer than the program is refused, not ignored.
                    .ignoreMigrationPatterns(new String[0])
                    .cleanDisabled(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new DatabaseException(
                    "the database's schema cannot be brought to this program's version;"
                            + " nothing was changed by the step that failed: "
                            + e.getMessage(),
                    e);
        }
    }

    /// A connection of the caller's own, autocommit off; the caller closes it.
    public Connection connect() {
        try {
            Connection connection = direct.getConnection();
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            throw new DatabaseException("the database cannot be reached: " + e.getMessage(), e);
        }
    }

    /// A small pool for short statements: the job repository, the portal.
    public DataSource dataSource() {
        return pool;
    }

    /// jOOQ over a connection, in whose transaction its statements take part.
    public DSLContext jooq(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES);
    }

    /// The server's value of a setting, as `show` prints it.
    public String setting(String name) {
        try (Connection connection = direct.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("show " + quoted(name))) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new DatabaseException("setting " + name + " cannot be read", e);
        }
    }

    /// Closes the pool and, for the embedded server, lets go of it: its last user stops it. Closing
    /// it again does nothing.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            pool.close();
        } finally {
            afterClose.run();
        }
    }

    /// Connections whose session is in UTC: the driver would set the zone of this machine, and a
    /// cast from an instant to a date would depend on where the program runs.
    private static final class UtcDataSource extends PGSimpleDataSource {

        private static final long serialVersionUID = 1L;

        @Override
        public Connection getConnection(@Nullable String user, @Nullable String password)
                throws SQLException {
            Connection connection = super.getConnection(user, password);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set time zone 'UTC'");
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
