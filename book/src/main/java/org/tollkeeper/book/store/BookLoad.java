package org.tollkeeper.book.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.book.BookFolder;
import org.tollkeeper.book.BookReading;
import org.tollkeeper.book.BookWarning;
import org.tollkeeper.model.Book;

/// What came of loading a book's folder into the database.
public sealed interface BookLoad {

    /// The book is valid, and the current version says what it says.
    ///
    /// @param version the current version, new or as it was
    /// @param changes of every table; empty when nothing changed
    record Loaded(Book book, int version, List<TableChange> changes, List<BookWarning> warnings)
            implements BookLoad {}

    /// The book is refused and nothing was changed.
    record Refused(BookReading.Invalid reading) implements BookLoad {}

    /// The files are those that the current version was read from, and were not read again.
    record Unread(int version) implements BookLoad {}

    /// Reads and checks a folder and stores what changed, in the caller's transaction. The caller
    /// holds the run lock, and commits. To check only, read it by [BookFolder#read].
    ///
    /// @param knownAt when we came to know the book
    static BookLoad load(Connection connection, Path folder, Instant knownAt) throws SQLException {
        return load(connection, folder, FilesDigest.of(folder), knownAt);
    }

    private static BookLoad load(
            Connection connection, Path folder, byte @Nullable [] files, Instant knownAt)
            throws SQLException {
        return switch (BookFolder.read(folder)) {
            case BookReading.Invalid invalid -> new Refused(invalid);
            case BookReading.Valid valid -> {
                BookStore.Stored stored = BookStore.load(connection, valid.book(), knownAt);
                BookStore.rememberFiles(connection, stored.version(), files);
                yield new Loaded(
                        valid.book(), stored.version(), stored.changes(), valid.warnings());
            }
        };
    }

    /// The same, but files that were read before are not read again: whoever loads them does not
    /// hear their warnings a second time.
    static BookLoad loadUnlessRead(Connection connection, Path folder, Instant knownAt)
            throws SQLException {
        byte @Nullable [] files = FilesDigest.of(folder);
        int version = files == null ? 0 : BookStore.versionOfFiles(connection, files);
        return version == 0 ? load(connection, folder, files, knownAt) : new Unread(version);
    }
}
