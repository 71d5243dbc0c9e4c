package org.tollkeeper.invoicing.store;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.invoicing.print.Pdf;
import org.tollkeeper.invoicing.print.Sheet;
import org.tollkeeper.model.Digests;

/// Files that were made once and are served from then on, found by the digest of what they show.
final class Renditions {

    static final String PDF = "pdf";
    static final String CALLS = "calls.csv.gz";

    private static final int PRINTED_AT_ONCE = 64;

    private final Connection connection;

    Renditions(Connection connection) {
        this.connection = connection;
    }

    /// The stored file; null when it was never made.
    byte @Nullable [] find(byte[] digest, String format) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select content, sha256 from rendition where digest = ? and format = ?")) {
            select.setBytes(1, digest);
            select.setString(2, format);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                byte[] content = row.getBytes(1);
                if (!Arrays.equals(row.getBytes(2), sha256(content))) {
                    throw new IllegalStateException(
                            "the stored %s of %s is not the file that was stored: restore a backup"
                                    .formatted(format, HexFormat.of().formatHex(digest)));
                }
                return content;
            }
        }
    }

    void put(byte[] digest, String format, byte[] content) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into rendition (digest, format, sha256, content)"
                                + " values (?, ?, ?, ?) on conflict do nothing")) {
            insert.setBytes(1, digest);
            insert.setString(2, format);
            insert.setBytes(3, sha256(content));
            insert.setBytes(4, content);
            insert.executeUpdate();
        }
    }

    /// Prints the sheets that were never printed, several at a time.
    ///
    /// @param sheets by the digest, in hexadecimal, under which each is found
    void print(Map<String, Sheet> sheets) throws SQLException {
        Set<String> printed = printed();
        List<Map.Entry<String, Sheet>> unprinted =
                sheets.entrySet().stream()
                        .filter(each -> !printed.contains(each.getKey()))
                        .toList();
        for (int from = 0; from < unprinted.size(); from += PRINTED_AT_ONCE) {
            List<Map.Entry<String, Sheet>> some =
                    unprinted.subList(from, Math.min(from + PRINTED_AT_ONCE, unprinted.size()));
            List<byte[]> files =
                    some.parallelStream().map(each -> Pdf.of(each.getValue())).toList();
            for (int i = 0; i < files.size(); i++) {
                put(HexFormat.of().parseHex(some.get(i).getKey()), PDF, files.get(i));
            }
        }
    }

    /// The sheet as PDF: printed now if it never was, else as it was printed then.
    byte[] pdf(byte[] digest, Sheet sheet) throws SQLException {
        byte[] known = find(digest, PDF);
        if (known != null) {
            return known;
        }
        byte[] printed = Pdf.of(sheet);
        put(digest, PDF, printed);
        return printed;
    }

    /// The digests of which there is a PDF, in hexadecimal.
    private Set<String> printed() throws SQLException {
        Set<String> digests = new HashSet<>();
        try (PreparedStatement select =
                        connection.prepareStatement(
                                "select encode(digest, 'hex') from rendition where format = 'pdf'");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                digests.add(row.getString(1));
            }
        }
        return digests;
    }

    static byte[] sha256(byte[]... parts) {
        MessageDigest digest = Digests.sha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }
}
