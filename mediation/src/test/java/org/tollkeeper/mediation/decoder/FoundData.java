package org.tollkeeper.mediation.decoder;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// Genuine switch files, which cannot be part of the repository: below the folder that
/// `TOLLKEEPER_FOUND_DATA` names, or else `shared/data/found` beside the repository.
public final class FoundData {

    private FoundData() {}

    /// A folder of them; the test is skipped where it is not there.
    public static Path folder(String name) {
        String place = System.getenv("TOLLKEEPER_FOUND_DATA");
        Path all = place == null ? Path.of("../../shared/data/found") : Path.of(place);
        Path folder = all.resolve(name);
        assumeTrue(
                Files.isDirectory(folder),
                "no genuine switch files: TOLLKEEPER_FOUND_DATA should name a folder with " + name);
        return folder;
    }
}
