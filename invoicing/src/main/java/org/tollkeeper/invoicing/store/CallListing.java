package org.tollkeeper.invoicing.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Which call detail was last written for a document, and from what.
final class CallListing {

    private final Connection connection;

    CallListing(Connection connection) {
        this.connection = connection;
    }

    /// The SHA-256 of the detail last written for a document, in hexadecimal; null when it was
    /// written from another source, or never.
    @Nullable String written(String number, ChargeSlices.Source source) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select encode(sha256, 'hex') from call_listing"
                                + " where number = ? and source = ?")) {
            select.setString(1, number);
            select.setBytes(2, HexFormat.of().parseHex(source.digest()));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    void remember(String number, ChargeSlices.Source source, byte[] sha256) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement(
                        "insert into call_listing (number, source, sha256) values (?, ?, ?)"
                                + " on conflict (number) do update"
                                + " set source = excluded.source, sha256 = excluded.sha256")) {
            upsert.setString(1, number);
            upsert.setBytes(2, HexFormat.of().parseHex(source.digest()));
            upsert.setBytes(3, sha256);
            upsert.executeUpdate();
        }
    }
}
