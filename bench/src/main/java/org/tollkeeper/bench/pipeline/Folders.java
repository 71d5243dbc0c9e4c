package org.tollkeeper.bench.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// Folders that a benchmark fills, copies and empties.
final class Folders {

    private Folders() {}

    /// Makes a folder the copy of another.
    static void copy(Path from, Path to) throws IOException, InterruptedException {
        empty(to);
        Files.delete(to);
        Process copy =
                new ProcessBuilder("cp", "-a", from.toString(), to.toString()).inheritIO().start();
        if (copy.waitFor() != 0) {
            throw new IOException("cannot copy " + from + " to " + to);
        }
    }

    /// Makes a folder that holds nothing.
    static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(folder)) {
                    Files.delete(path);
                }
            }
        }
    }
}
