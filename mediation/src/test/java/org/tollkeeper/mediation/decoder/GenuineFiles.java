package org.tollkeeper.mediation.decoder;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Files of real switches. They are not part of the project: the tests that read them are skipped
/// where they are not at hand. `TOLLKEEPER_FOUND_DATA` says where they are.
final class GenuineFiles {

    private GenuineFiles() {}

    static byte[] read(String file) throws IOException {
        Path path = folder().resolve(file);
        assumeTrue(Files.exists(path), () -> "skipped: there is no file " + path);
        return Files.readAllBytes(path);
    }

    private static Path folder() {
        @Nullable String property = System.getProperty("TOLLKEEPER_FOUND_DATA");
        @Nullable String named =
                property != null ? property : System.getenv("TOLLKEEPER_FOUND_DATA");
        if (named != null) {
            return Path.of(named);
        }
        Path root = Path.of("").toAbsolutePath();
        while (root.getParent() != null && !Files.exists(root.resolve("mvnw"))) {
            root = root.getParent();
        }
        return root.resolve("../shared/data/found").normalize();
    }
}
