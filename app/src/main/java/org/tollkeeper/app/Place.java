package org.tollkeeper.app;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Where a command works and how it answers: the options that every command takes.
///
/// They belong to the top-level command and are inherited, so they may stand before or after the
/// name of the command; a command reads them through `@ParentCommand`.
final class Place {

    @Option(
            names = "--database",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "JDBC URL of a PostgreSQL (default: the embedded one).")
    private @Nullable String databaseUrl;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            defaultValue = ".tollkeeper",
            description = "Embedded database and archive of raw files (default: ./.tollkeeper).")
    private Path home = Path.of(".tollkeeper");

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print a machine-readable result on standard output.")
    private boolean json;

    /// The JDBC URL, or null for the embedded PostgreSQL.
    @Nullable String databaseUrl() {
        return databaseUrl;
    }

    Path home() {
        return home;
    }

    boolean json() {
        return json;
    }

    /// The time; the system property `tollkeeper.now` stops it at an instant, for tests.
    Clock clock() {
        String now = System.getProperty("tollkeeper.now");
        return now == null ? Clock.systemUTC() : Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    }
}
