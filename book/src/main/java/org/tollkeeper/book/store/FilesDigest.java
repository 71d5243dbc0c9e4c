package org.tollkeeper.book.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.book.BookFolder;
import org.tollkeeper.model.Book;

/// The SHA-256 of a book's files, and of the program that reads them: as long as it stays the same,
/// reading them again finds what it found before.
final class FilesDigest {

    /// What reads a book, and what a book is made of.
    private static final List<Class<?>> READERS = List.of(BookFolder.class, Book.class);

    private FilesDigest() {}

    /// The digest of the files below a folder; null when it cannot be told, since the program's own
    /// files are not at hand.
    static byte @Nullable [] of(Path folder) {
        if (!Files.isDirectory(folder)) {
            return null;
        }
        MessageDigest digest = BookDigest.sha256();
        digest.update(Runtime.version().toString().getBytes(UTF_8));
        try {
            for (Class<?> reader : READERS) {
                @Nullable Path program = program(reader);
                if (program == null) {
                    return null;
                }
                add(digest, program);
            }
            add(digest, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
        return digest.digest();
    }

    /// The jar or the folder of classes that a class is in.
    private static @Nullable Path program(Class<?> type) {
        @Nullable CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return source == null ? null : Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no path: " + source.getLocation(), e);
        }
    }

    private static void add(MessageDigest digest, Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                byte[] bytes = Files.readAllBytes(file);
                digest.update(
                        "%s %d\n".formatted(below.relativize(file), bytes.length).getBytes(UTF_8));
                digest.update(bytes);
            }
        }
    }
}
