package org.tollkeeper.rating.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.ProgramDigest;
import org.tollkeeper.model.Book;
import org.tollkeeper.rating.PricingDigest;

/// The version of the book whose pricing every rated unit has, as the last whole rating left them.
///
/// Versions never change, so while it is the newest and the program digests pricing as it did, no
/// unit is stale by its price. Whatever prices units does it under a publication of its own, so
/// that one priced since, under whichever book, is seen and the mark counts no more.
final class RatedBook {

    private static final String STANDS =
            """
            select 1 from rated_book
            where version = ? and program = ?
              and publication = (select coalesce(max(publication), 0) from rated_unit)\
            """;

    private static final String REPLACE =
            """
            insert into rated_book (version, program, publication)
            select ?, ?, coalesce(max(publication), 0) from rated_unit\
            """;

    private final Connection connection;
    private final byte @Nullable [] program;

    /// @param program what digests pricing; null = it cannot be told, and nothing is marked
    RatedBook(Connection connection, byte @Nullable [] program) {
        this.connection = connection;
        this.program = program;
    }

    /// All that a unit's pricing is made by.
    static byte @Nullable [] program() {
        return ProgramDigest.of(PricingDigest.class, Database.class, Book.class);
    }

    /// Whether every unit has the pricing of a version.
    boolean is(int version) throws SQLException {
        if (program == null) {
            return false;
        }
        try (PreparedStatement select = connection.prepareStatement(STANDS)) {
            select.setInt(1, version);
            select.setBytes(2, program);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /// Notes that it has, in the transaction that saw to it.
    void mark(int version) throws SQLException {
        try (Statement forget = connection.createStatement()) {
            forget.executeUpdate("delete from rated_book");
        }
        if (program == null) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(REPLACE)) {
            insert.setInt(1, version);
            insert.setBytes(2, program);
            insert.executeUpdate();
        }
    }
}
