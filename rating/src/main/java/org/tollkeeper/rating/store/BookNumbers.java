package org.tollkeeper.rating.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.CopiedRows;
import org.tollkeeper.db.book.StoredNames;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.DeckRow;

/// The small numbers under which the database keeps what the book and the calls name.
final class BookNumbers {

    private static final int FIRST_ROWS = 1024;

    private final Supplier<Connection> connections;
    private final StoredNames names;
    private int[] rateLines = {};
    private final IdentityHashMap<Agreement, Integer> agreements = new IdentityHashMap<>();
    private final Map<Integer, String> words = new HashMap<>();

    BookNumbers(Connection connection) throws SQLException {
        this(() -> connection);
    }

    /// @param connections gives a connection to ask by, whenever there is something to ask
    BookNumbers(Supplier<Connection> connections) throws SQLException {
        this.connections = connections;
        this.names = StoredNames.read(connections.get());
        words.put(0, "");
    }

    /// Reads the lines of all rows of today, when the first is asked for.
    private void readRateLines() throws SQLException {
        rateLines = new int[FIRST_ROWS];
        String query = "select id, rate_line from deck_row where known_to = 2147483647";
        try (CopiedRows row = new CopiedRows(connections.get(), query)) {
            while (row.next()) {
                put(row.intValue(), row.intValue());
            }
        }
    }

    String carrier(int number) {
        return names.carriers().name(number);
    }

    int agreement(String name) {
        return names.agreements().id(name);
    }

    int agreement(Agreement agreement) {
        return agreements.computeIfAbsent(agreement, a -> agreement(a.id()));
    }

    /// The statement line of a deck row.
    int rateLine(DeckRow row) throws SQLException {
        if (rateLines.length == 0) {
            readRateLines();
        }
        int line = knownRateLine(row);
        if (line == 0) {
            line = rateLineOfOldRow(row.id());
        }
        if (line == 0) {
            throw new IllegalStateException(
                    "deck row %d (%s, code %s) is not in the database; load the book before rating"
                            .formatted(row.id(), row.deck(), row.code()));
        }
        return line;
    }

    /// The statement line of a deck row if it was read before; else 0.
    int knownRateLine(DeckRow row) {
        return row.id() < rateLines.length ? rateLines[row.id()] : 0;
    }

    /// The statement line of a row that the newest book no longer has; 0 when there is no such row.
    private int rateLineOfOldRow(int id) throws SQLException {
        try (PreparedStatement select =
                connections.get().prepareStatement("select rate_line from deck_row where id = ?")) {
            select.setInt(1, id);
            try (ResultSet row = select.executeQuery()) {
                int line = row.next() ? row.getInt(1) : 0;
                put(id, line);
                return line;
            }
        }
    }

    private void put(int id, int line) {
        if (id >= rateLines.length) {
            rateLines = Arrays.copyOf(rateLines, id * 2);
        }
        rateLines[id] = line;
    }

    /// A text that calls refer to by a number, such as a product.
    String word(int number) throws SQLException {
        @Nullable String known = words.get(number);
        if (known != null) {
            return known;
        }
        try (PreparedStatement select =
                connections.get().prepareStatement("select text from word where id = ?")) {
            select.setInt(1, number);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException(
                            "a call names the word " + number + ", which is unknown");
                }
                String text = row.getString(1);
                words.put(number, text);
                return text;
            }
        }
    }
}
