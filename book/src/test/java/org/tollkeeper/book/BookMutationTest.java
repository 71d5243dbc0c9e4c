package org.tollkeeper.book;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever happens to a book's bytes, reading it ends in a book or in errors that have a place.
class BookMutationTest {

    private static final int MUTATIONS = Integer.getInteger("mutations", 300);
    private static final String FRAGMENTS = "\"',:;-[]{}#&*!|>%@`\\\n\r\t 0aé\uFEFF\0";

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void a_spoilt_book_is_read_or_refused(long seed, @TempDir Path temp) throws IOException {
        RandomGenerator random =
                RandomGeneratorFactory.of("L64X128MixRandom").create(Long.getLong("seed", seed));
        BookCopy copy = BookCopy.in(temp.resolve("book"));
        List<Path> files;
        try (Stream<Path> paths = Files.walk(copy.folder())) {
            files =
                    paths.filter(path -> path.toString().matches(".*\\.(csv|yaml)"))
                            .sorted()
                            .toList();
        }
        for (int i = 0; i < MUTATIONS; i++) {
            Path file = files.get(random.nextInt(files.size()));
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, mutated(whole, random));
            for (BookError error : copy.errors()) {
                assertThat(error.line()).isPositive();
                assertThat(error.column()).isPositive();
                assertThat(error.found()).isNotEmpty();
            }
            Files.write(file, whole);
        }
    }

    private static byte[] mutated(byte[] whole, RandomGenerator random) {
        String text = new String(whole, UTF_8);
        for (int n = random.nextInt(3); n >= 0; n--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(6));
            int c = random.nextInt(FRAGMENTS.length());
            String middle =
                    switch (random.nextInt(4)) {
                        case 0 -> "";
                        case 1 -> text.substring(from, to) + text.substring(from, to);
                        default -> FRAGMENTS.substring(c, c + 1);
                    };
            text = text.substring(0, from) + middle + text.substring(to);
        }
        byte[] bytes = text.getBytes(UTF_8);
        return random.nextInt(20) == 0
                ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1))
                : bytes;
    }
}
