package org.tollkeeper.book;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// A copy of the valid book of these tests, to be spoilt.
public record BookCopy(Path folder) {

    /// A fresh copy in an empty folder.
    public static BookCopy in(Path folder) {
        try (Stream<Path> paths = Files.walk(original())) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path target = folder.resolve(original().relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
            return new BookCopy(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The valid book itself.
    public static Path original() {
        try {
            return Path.of(Objects.requireNonNull(BookCopy.class.getResource("/book")).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Replaces a text that stands in a file.
    public BookCopy replace(String file, String found, String replacement) {
        String text = read(file);
        if (!text.contains(found)) {
            throw new IllegalArgumentException(file + " has no '" + found + "'");
        }
        return write(file, text.replace(found, replacement));
    }

    /// Adds lines at the end of a file.
    public BookCopy append(String file, String lines) {
        return write(file, read(file) + lines);
    }

    public BookCopy write(String file, String text) {
        return writeBytes(file, text.getBytes(UTF_8));
    }

    public BookCopy writeBytes(String file, byte[] bytes) {
        try {
            Files.createDirectories(Objects.requireNonNull(folder.resolve(file).getParent()));
            Files.write(folder.resolve(file), bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public BookCopy delete(String file) {
        try {
            Files.delete(folder.resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<BookError> errors() {
        return switch (BookFolder.read(folder)) {
            case BookReading.Valid valid -> List.of();
            case BookReading.Invalid invalid -> invalid.errors();
        };
    }
}
