package org.tollkeeper.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.bench.pipeline.Size;
import picocli.CommandLine.Option;

/// What the benchmarks of the whole program have in common: how much, where, and where to the
/// results.
final class Settings {

    @Option(
            names = "--calls",
            defaultValue = "1m",
            converter = Counts.class,
            description = "Calls of the night: 200k, 5m.")
    private long calls;

    @Option(
            names = "--codes",
            defaultValue = "100k",
            converter = Counts.class,
            description = "Dial codes of each deck.")
    private long codes;

    @Option(names = "--seed", defaultValue = "1", description = "Of every random choice.")
    private long seed;

    @Option(
            names = "--work",
            description = "Folder to fill and empty again (default: a temporary one).")
    private @Nullable Path work;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(
            names = "--record",
            description = "Write the results into docs/performance.md, under this name.")
    private @Nullable String record;

    /// The project's folder, which holds the launcher.
    static Path root() {
        return Path.of(System.getProperty("tollkeeper.root", "."));
    }

    /// The page that results are recorded in.
    static Path page() {
        return root().resolve("docs/performance.md");
    }

    long calls() {
        return calls;
    }

    Size size(int days) {
        return new Size(seed, calls, days, Math.toIntExact(codes), Size.CARRIERS);
    }

    Path folder() throws IOException {
        return work == null ? Files.createTempDirectory("tollkeeper-bench") : work;
    }

    boolean isJson() {
        return json;
    }

    @Nullable String record() {
        return record;
    }
}
