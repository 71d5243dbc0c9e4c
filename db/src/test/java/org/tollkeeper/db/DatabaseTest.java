package org.tollkeeper.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.db.embedded.PostgresServer;

class DatabaseTest {

    @Test
    void theEmbeddedDatabaseOpensMigratedAndOpensAgain(@TempDir Path home) {
        for (int opening = 0; opening < 2; opening++) {
            try (Database database = Database.open(new DatabaseLocation.Embedded(home))) {
                assertThat(database.setting("fsync")).isEqualTo("on");
                assertThat(migrationCount(database)).isPositive();
            }
        }
        assertThat(home.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void aServersPasswordComesFromTheEnvironment(@TempDir Path home) {
        try (PostgresServer server = PostgresServer.useDisposable(home)) {
            var location = new DatabaseLocation.Server(server.jdbcUrl());
            var right = Map.of("PGPASSWORD", server.ownerPassword());
            try (Database database = Database.open(location, right)) {
                assertThat(migrationCount(database)).isPositive();
            }
            assertThatThrownBy(() -> Database.open(location, Map.of("PGPASSWORD", "wrong")))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("PGPASSWORD");
        }
    }

    @Test
    void connectionsAreTransactionsInUtcWhereverTheProgramRuns() throws Exception {
        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
        try (Database database = TestDatabase.fresh();
                Connection connection = database.connect();
                Connection pooled = database.dataSource().getConnection()) {
            assertThat(connection.getAutoCommit()).isFalse();
            for (Connection each : new Connection[] {connection, pooled}) {
                assertThat(database.jooq(each).fetchValue("show time zone")).isEqualTo("UTC");
            }
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void freshDatabasesShareNothing() throws Exception {
        try (Database one = TestDatabase.fresh();
                Database other = TestDatabase.fresh();
                Connection connection = one.connect()) {
            one.jooq(connection).execute("create table only_here (n integer)");
            connection.commit();
            try (Connection elsewhere = other.connect()) {
                assertThat(other.jooq(elsewhere).fetchValue("select to_regclass('only_here')"))
                        .isNull();
            }
        }
    }

    private static int migrationCount(Database database) {
        try (Connection connection = database.connect()) {
            return database.jooq(connection)
                    .fetchSingle("select count(*) from flyway_schema_history where success")
                    .get(0, int.class);
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }
}
