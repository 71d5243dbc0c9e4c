package org.tollkeeper.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedTablesTest {

    private static final Path COMMITTED = Path.of("src/generated/java");

    @Test
    void theCommittedTablesAreThoseOfTheMigratedSchema(@TempDir Path fresh) throws Exception {
        GenerateTables.main(new String[] {fresh.toString()});

        assertThat(sources(COMMITTED))
                .as("run ./mvnw -Pgenerate -Dquick -pl db -am process-test-classes and commit")
                .isEqualTo(sources(fresh));
    }

    private static Map<String, String> sources(Path folder) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> sources.put(folder.relativize(file).toString(), read(file)));
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
