package org.tollkeeper.app;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.db.embedded.InstalledPostgres;

/// The whole road again, on a PostgreSQL that somebody else runs.
class NightOnInstalledPostgresTest extends NightTest {

    @TempDir private static Path serverHome = Path.of("");
    private static @Nullable InstalledPostgres server;

    @BeforeAll
    static void start() throws Exception {
        server = InstalledPostgres.start(serverHome);
        assumeTrue(server != null, InstalledPostgres.lookedAt());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    Program program(Path home) throws Exception {
        InstalledPostgres running = server;
        if (running == null) {
            throw new IllegalStateException("no server was started");
        }
        return new Program(home, running.freshJdbcUrl(), Map.of("PGPASSWORD", running.password()));
    }
}
