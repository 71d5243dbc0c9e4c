package org.tollkeeper.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The project's own files, found from wherever a test runs.
record SourceTree(Path root) {

    static SourceTree here() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("no folder above holds mvnw");
            }
        }
        return new SourceTree(folder);
    }

    /// The Java files under `src/main/java` of every module, relative to the root.
    List<Path> productionSources() {
        return javaFiles("src/main/java");
    }

    /// The Java files under the named folder of every module, relative to the root.
    List<Path> javaFiles(String folder) {
        try (Stream<Path> modules = Files.list(root)) {
            return modules.map(module -> module.resolve(folder))
                    .filter(Files::isDirectory)
                    .flatMap(SourceTree::walk)
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(root::relativize)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(Path relative) {
        try {
            return Files.readString(root.resolve(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
