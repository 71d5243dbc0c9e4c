package org.tollkeeper.rating.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.DeckRow;

/// The small numbers under which the database keeps what the book calls by name.
final class BookNumbers {

    private final Connection connection;
    private final Map<Integer, String> carriers;
    private final Map<Integer, String> agreements;
    private final Map<String, Integer> agreementNumbers = new HashMap<>();
    private final Map<Integer, Integer> rateLines = new HashMap<>();
    private final Map<Integer, String> words = new HashMap<>();

    BookNumbers(Connection connection) throws SQLException {
        this.connection = connection;
        carriers = names("select id, name from carrier");
        agreements = names("select id, name from agreement");
        agreements.forEach((number, name) -> agreementNumbers.put(name, number));
        try (PreparedStatement select =
                        connection.prepareStatement(
                                "select id, rate_line from deck_row where known_to = 2147483647");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rateLines.put(row.getInt(1), row.getInt(2));
            }
        }
    }

    private Map<Integer, String> names(String query) throws SQLException {
        Map<Integer, String> names = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                names.put(row.getInt(1), row.getString(2));
            }
        }
        return names;
    }

    String carrier(int number) {
        return known(carriers.get(number), "carrier", number);
    }

    String agreement(int number) {
        return known(agreements.get(number), "agreement", number);
    }

    int agreement(String name) {
        return known(agreementNumbers.get(name), "agreement", name);
    }

    /// The statement line of a deck row.
    int rateLine(DeckRow row) {
        return known(rateLines.get(row.id()), "deck row", row.id());
    }

    /// A text that calls refer to, such as a product.
    String word(int number) throws SQLException {
        if (number == 0) {
            return "";
        }
        @Nullable String cached = words.get(number);
        if (cached != null) {
            return cached;
        }
        try (PreparedStatement select =
                connection.prepareStatement("select text from word where id = ?")) {
            select.setInt(1, number);
            try (ResultSet row = select.executeQuery()) {
                String text = known(row.next() ? row.getString(1) : null, "word", number);
                words.put(number, text);
                return text;
            }
        }
    }

    private static <T> T known(@Nullable T found, String what, Object key) {
        if (found == null) {
            throw new IllegalStateException(
                    "the database has no " + what + " " + key + ": load the book before rating");
        }
        return found;
    }
}
