package org.tollkeeper.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseLocation;

/// The migrations on a PostgreSQL that this machine happens to have.
class InstalledPostgresTest {

    @Test
    void theMigrationsRunOnAnInstalledServer(@TempDir Path home) throws Exception {
        try (InstalledPostgres server = InstalledPostgres.start(home)) {
            assumeTrue(server != null, InstalledPostgres.lookedAt());
            var location = new DatabaseLocation.Server(server.freshJdbcUrl());
            var password = Map.of("PGPASSWORD", server.password());
            try (Database database = Database.open(location, password)) {
                assertThat(database.setting("server_encoding")).isEqualTo("UTF8");
            }
        }
    }
}
