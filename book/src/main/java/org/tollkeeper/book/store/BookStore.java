package org.tollkeeper.book.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Book;

/// Writes books as versions of the one the database keeps.
///
/// A book that says what the current version says changes nothing. Otherwise its difference to the
/// current version becomes the next one: no row is ever changed save for the version until which it
/// holds.
public final class BookStore {

    private BookStore() {}

    /// What came of storing a book.
    ///
    /// @param version that says what the book says
    /// @param changes of every table; empty when the current version said it already
    public record Stored(int version, List<TableChange> changes) {}

    /// Stores a book in the caller's transaction. Its names get numbers if they have none yet. The
    /// caller holds the run lock, and commits.
    ///
    /// @param knownAt when we came to know it
    public static Stored load(Connection connection, Book book, Instant knownAt)
            throws SQLException {
        List<BookTable> tables = BookTables.of(book);
        byte[] digest = BookDigest.of(tables);
        @Nullable Newest newest = newest(connection);
        if (newest != null && newest.digest().equals(HexFormat.of().formatHex(digest))) {
            return new Stored(newest.version(), List.of());
        }
        int version = newest == null ? 1 : newest.version() + 1;
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into book_version (version, known_at, digest) values (?, ?, ?)")) {
            insert.setInt(1, version);
            insert.setTimestamp(2, Timestamp.from(knownAt));
            insert.setBytes(3, digest);
            insert.executeUpdate();
        }
        NameNumbers names = NameNumbers.of(connection, book);
        List<TableChange> changes = new ArrayList<>();
        for (BookTable table : tables) {
            changes.add(TableChange.write(connection, table, names, version));
        }
        return new Stored(version, changes);
    }

    /// Notes the files that say a version, which is the current one.
    ///
    /// @param files digest of them; null = they are read every time
    static void rememberFiles(Connection connection, int version, byte @Nullable [] files)
            throws SQLException {
        try (Statement forget = connection.createStatement()) {
            forget.executeUpdate("delete from book_files");
        }
        if (files != null) {
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "insert into book_files (version, digest) values (?, ?)")) {
                insert.setInt(1, version);
                insert.setBytes(2, files);
                insert.executeUpdate();
            }
        }
    }

    /// The current version if it was read from these files; else 0.
    static int versionOfFiles(Connection connection, byte[] files) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select version from book_files where digest = ?"
                                + " and version = (select max(version) from book_version)")) {
            select.setBytes(1, files);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    /// @param digest in hexadecimal digits
    private record Newest(int version, String digest) {}

    private static @Nullable Newest newest(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement(
                                "select version, encode(digest, 'hex') from book_version"
                                        + " order by version desc limit 1");
                ResultSet row = select.executeQuery()) {
            return row.next() ? new Newest(row.getInt(1), row.getString(2)) : null;
        }
    }
}
