package org.tollkeeper.book.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.book.store.BookTable.Kind;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Carrier;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.Switch;

/// The numbers of all names of a book. A name that is new gets its number here, for ever.
final class NameNumbers {

    private final Connection connection;
    private final Map<Kind, Map<String, Integer>> numbers = new EnumMap<>(Kind.class);

    private NameNumbers(Connection connection) {
        this.connection = connection;
    }

    static NameNumbers of(Connection connection, Book book) throws SQLException {
        NameNumbers names = new NameNumbers(connection);
        names.number(Kind.CARRIER, "carrier", book.carriers().stream().map(Carrier::id).toList());
        names.number(Kind.SWITCH, "switch", book.switches().stream().map(Switch::id).toList());
        names.number(
                Kind.AGREEMENT,
                "agreement",
                book.agreements().stream().map(Agreement::id).toList());
        names.number(Kind.DECK, "deck", book.decks().stream().map(Deck::id).toList());
        names.numbers.put(Kind.RATE_LINE, RateLine.numbers(connection, book.deckRows()));
        return names;
    }

    /// A value of a column, its name replaced by the number.
    @Nullable String value(Kind kind, @Nullable String value) {
        if (kind == Kind.VALUE || value == null) {
            return value;
        }
        @Nullable Integer number = numbers.getOrDefault(kind, Map.of()).get(value);
        if (number == null) {
            throw new IllegalArgumentException("the book has no " + kind + " named " + value);
        }
        return Integer.toString(number);
    }

    private void number(Kind kind, String table, List<String> names) throws SQLException {
        // Names that are known take no number from the sequence, as "on conflict" would have it.
        String sql =
                """
                insert into %1$s (name)
                select n.name from unnest(?) with ordinality as n (name, position)
                where not exists (select from %1$s k where k.name = n.name)
                order by n.position\
                """
                        .formatted(table);
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setArray(1, connection.createArrayOf("text", names.toArray()));
            insert.executeUpdate();
        }
        Map<String, Integer> ids = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select name, id from " + table)) {
            while (row.next()) {
                ids.put(row.getString(1), row.getInt(2));
            }
        }
        numbers.put(kind, ids);
    }
}
