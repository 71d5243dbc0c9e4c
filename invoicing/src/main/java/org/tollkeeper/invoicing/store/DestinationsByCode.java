package org.tollkeeper.invoicing.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tollkeeper.db.traffic.DeckRows;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.DeckList;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Side;

/// What carriers' price lists of today call a number, for calls that were never priced. Carriers
/// share decks; the codes of each are kept once.
final class DestinationsByCode {

    private static final String DIGESTS =
            """
            select r.deck, sum(hash_record_extended(row(r.code, l.destination), 0)::numeric)
            from (select min(id) as id from deck_row
                  where known_to = 2147483647 group by deck, code) first
            join deck_row r on r.id = first.id
            join rate_line l on l.id = r.rate_line
            group by r.deck
            order by r.deck\
            """;

    /// The decks of a carrier on one side, in the order they are tried, by [#key].
    private final Map<Integer, CodeMap[]> lists = new HashMap<>();

    /// Number 0 is the name of what has none.
    private final List<String> names = new ArrayList<>(List.of(""));

    private final Map<String, Integer> numbers = new HashMap<>(Map.of("", 0));

    static DestinationsByCode read(Connection connection, CurrentBook book, DeckRows rows)
            throws SQLException {
        return new DestinationsByCode(decks(book), connection, rows);
    }

    private DestinationsByCode(
            Map<Integer, Set<Integer>> decks, Connection connection, DeckRows rows)
            throws SQLException {
        Map<Integer, CodeMap> codes = new TreeMap<>();
        decks.values().forEach(list -> list.forEach(deck -> codes.put(deck, new CodeMap())));
        read(connection, rows, codes);
        decks.forEach((key, list) ->
                lists.put(key, list.stream().map(codes::get).toArray(CodeMap[]::new)));
    }

    /// A text that is equal where every number has the same destination for every carrier: told by
    /// the database, so that the rows need not be read when no day is to be counted, and once for a
    /// version of the book.
    static String digest(Connection connection, CurrentBook book) throws SQLException {
        String decks = decks(book).toString();
        try (PreparedStatement known =
                connection.prepareStatement(
                        "select hashes from book_destinations where version = ? and query = ?")) {
            known.setInt(1, book.version());
            known.setBytes(2, Renditions.sha256(DIGESTS.getBytes(UTF_8)));
            try (ResultSet row = known.executeQuery()) {
                if (row.next()) {
                    return decks + row.getString(1);
                }
            }
        }
        String hashes = hashes(connection);
        remember(connection, book.version(), hashes);
        return decks + hashes;
    }

    private static String hashes(Connection connection) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (PreparedStatement select = connection.prepareStatement(DIGESTS);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                text.append(' ').append(row.getInt(1)).append('=').append(row.getString(2));
            }
        }
        return text.toString();
    }

    private static void remember(Connection connection, int version, String hashes)
            throws SQLException {
        try (PreparedStatement forget =
                        connection.prepareStatement("delete from book_destinations");
                PreparedStatement insert =
                        connection.prepareStatement(
                                "insert into book_destinations values (?, ?, ?)")) {
            forget.executeUpdate();
            insert.setInt(1, version);
            insert.setBytes(2, Renditions.sha256(DIGESTS.getBytes(UTF_8)));
            insert.setString(3, hashes);
            insert.executeUpdate();
        }
    }

    private static Map<Integer, Set<Integer>> decks(CurrentBook book) {
        Map<Integer, Set<Integer>> decks = new TreeMap<>();
        for (Agreement agreement : book.book().agreements()) {
            int carrier = book.names().carriers().id(agreement.carrier());
            for (DeckList list : agreement.deckLists()) {
                Set<Integer> some =
                        decks.computeIfAbsent(
                                key(carrier, list.side()), any -> new LinkedHashSet<>());
                list.decks().forEach(deck -> some.add(book.names().decks().id(deck)));
            }
        }
        return decks;
    }

    private static int key(int carrier, Side side) {
        return carrier << 2 | side.code();
    }

    private void read(Connection connection, DeckRows rows, Map<Integer, CodeMap> codes)
            throws SQLException {
        Map<Integer, Integer> numbersByLine = new HashMap<>();
        try (PreparedStatement select =
                        connection.prepareStatement(
                                "select id, destination from rate_line where id in (select rate_line"
                                        + " from deck_row where known_to = 2147483647)");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                numbersByLine.put(row.getInt(1), number(row.getString(2)));
            }
        }
        for (int i = 0; i < rows.currentCount(); i++) {
            CodeMap deck = codes.get(rows.deck(i));
            Integer number = numbersByLine.get(rows.rateLine(i));
            if (deck != null && number != null) {
                deck.put(rows.code(i), rows.id(i), number);
            }
        }
    }

    /// The number of a destination's name, known or not.
    int number(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            number = names.size();
            names.add(name);
            numbers.put(name, number);
        }
        return number;
    }

    /// The name of a destination by its number.
    String name(int number) {
        return names.get(number);
    }

    /// The destination of the longest code that a number begins with, as its number; 0 when there
    /// is none.
    ///
    /// @param carrier its number
    /// @param packed see [Digits]
    int of(int carrier, Side side, long packed) {
        CodeMap[] decks = lists.get(key(carrier, side));
        if (decks == null || packed == 0) {
            return 0;
        }
        Digits number = new Digits(packed);
        long prefix = number.value();
        for (int length = number.length(); length > 0; length--) {
            int name = name(decks, prefix << 8 | length);
            if (name >= 0) {
                return name;
            }
            prefix /= 10;
        }
        return 0;
    }

    private static int name(CodeMap[] decks, long code) {
        for (CodeMap deck : decks) {
            int name = deck.name(code);
            if (name >= 0) {
                return name;
            }
        }
        return -1;
    }
}
