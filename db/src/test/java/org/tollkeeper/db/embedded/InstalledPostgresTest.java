package org.tollkeeper.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseLocation;

/// The migrations on a PostgreSQL that this machine happens to have, most often an older one.
class InstalledPostgresTest {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    @Test
    void theMigrationsRunOnAnInstalledServer(@TempDir Path home) throws Exception {
        List<Path> found = installed();
        assumeTrue(!found.isEmpty(), "no initdb and pg_ctl on PATH or below " + DEBIAN);
        PostgresBinaries binaries = new PostgresBinaries(found.getFirst());
        PostgresHome files = new PostgresHome(home);
        PostgresStart start = new PostgresStart(files, PostgresSettings.disposable(), binaries);
        try {
            String url = start.jdbcUrl(start.port(), "tollkeeper", PostgresServer.OWNER);
            var password = Map.of("PGPASSWORD", start.password(PostgresServer.OWNER));
            try (Database database = Database.open(new DatabaseLocation.Server(url), password)) {
                assertThat(database.setting("server_encoding")).isEqualTo("UTF8");
            }
        } finally {
            start.stop();
        }
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
