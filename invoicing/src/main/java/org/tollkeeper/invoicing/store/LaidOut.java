package org.tollkeeper.invoicing.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.ProgramDigest;
import org.tollkeeper.invoicing.Document;
import org.tollkeeper.model.Book;

/// What each part of a night's output was last laid out from, and the files it came to. The same
/// source laid out by the same program gives the same bytes, so it need not be.
///
/// A source is a text that names all a part is made from: versions of the book and generations,
/// which never change, by their numbers; else the values themselves.
final class LaidOut {

    private final Connection connection;
    private final byte @Nullable [] program;

    LaidOut(Connection connection) {
        this.connection = connection;
        this.program = ProgramDigest.of(Document.class, Database.class, Book.class);
    }

    /// The SHA-256 of a part's files by their names, in hexadecimal; null when it was laid out from
    /// something else, or by another program, or never.
    @Nullable Map<String, String> from(String part, String source) throws SQLException {
        if (program == null) {
            return null;
        }
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select 1 from laid_out where part = ? and source = ?")) {
            select.setString(1, part);
            select.setBytes(2, digest(program, source));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? files(part) : null;
            }
        }
    }

    private Map<String, String> files(String part) throws SQLException {
        Map<String, String> files = new TreeMap<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select name, encode(sha256, 'hex') from laid_out_file where part = ?")) {
            select.setString(1, part);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    files.put(row.getString(1), row.getString(2));
                }
            }
        }
        return files;
    }

    /// Notes what a part was laid out from, in the caller's transaction.
    void remember(String part, String source, Map<String, String> files) throws SQLException {
        for (String table : new String[] {"laid_out_file", "laid_out"}) {
            try (PreparedStatement forget =
                    connection.prepareStatement("delete from " + table + " where part = ?")) {
                forget.setString(1, part);
                forget.executeUpdate();
            }
        }
        if (program == null) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into laid_out values (?, ?)")) {
            insert.setString(1, part);
            insert.setBytes(2, digest(program, source));
            insert.executeUpdate();
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into laid_out_file values (?, ?, ?)")) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                insert.setString(1, part);
                insert.setString(2, file.getKey());
                insert.setBytes(3, HexFormat.of().parseHex(file.getValue()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static byte[] digest(byte[] program, String source) {
        return Renditions.sha256(program, source.getBytes(UTF_8));
    }
}
