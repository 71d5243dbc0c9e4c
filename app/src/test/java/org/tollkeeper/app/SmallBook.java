package org.tollkeeper.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// A book of three carriers and two switches that uses tiers, bands, a commitment, an imbalance,
/// three cycles and three currencies; its month is May 2024.
final class SmallBook {

    static final String THROUGH = "2024-05-31";

    private SmallBook() {}

    /// Copies the book into a folder, where a test may change it.
    static Path copyTo(Path folder) throws IOException {
        Path from = SourceTree.here().root().resolve("app/src/test/resources/small-book");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path to = folder.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        return folder;
    }
}
