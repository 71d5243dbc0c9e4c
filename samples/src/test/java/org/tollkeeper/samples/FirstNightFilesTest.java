package org.tollkeeper.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The committed files of the sample are the ones its generator makes; nobody edits them by hand.
class FirstNightFilesTest {

    private static final Path FOLDER = Path.of("first-night");

    @Test
    void made_again_every_file_has_the_same_text() throws IOException {
        for (Map.Entry<String, String> text : FirstNight.texts(FOLDER).entrySet()) {
            String committed = FirstNight.read(FOLDER.resolve(text.getKey()));
            assertThat(committed.equals(text.getValue()))
                    .as(
                            "%s is as FirstNight makes it; run `java samples/src/main/java/"
                                    + "org/tollkeeper/samples/FirstNight.java` from the root",
                            text.getKey())
                    .isTrue();
        }
    }

    @Test
    void the_inbox_holds_no_other_file() throws IOException {
        SortedSet<String> made = new TreeSet<>(FirstNight.texts(FOLDER).keySet());
        made.removeIf(path -> !path.startsWith("inbox/"));
        assertThat(files("inbox")).isEqualTo(made);
    }

    @Test
    void the_inbox_is_small_enough_to_be_cloned() throws IOException {
        long bytes = 0;
        for (String file : files("inbox")) {
            bytes += Files.size(FOLDER.resolve(file));
        }
        assertThat(bytes).isLessThan(1_500_000);
    }

    private static SortedSet<String> files(String below) throws IOException {
        SortedSet<String> files = new TreeSet<>();
        try (Stream<Path> paths = Files.walk(FOLDER.resolve(below))) {
            paths.filter(Files::isRegularFile)
                    .forEach(path -> files.add(FOLDER.relativize(path).toString()));
        }
        return files;
    }
}
