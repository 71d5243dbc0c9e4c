package org.tollkeeper.invoicing.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.DeckList;
import org.tollkeeper.model.Side;

/// What a carrier's price lists of today call a number, for calls that were never priced. Many
/// carriers share a deck list; the codes of the few used last are kept.
final class DestinationsByCode {

    private static final int FETCHED_ROW_COUNT = 2_000;
    private static final int MOST_KEPT_LISTS = 4;

    private final Connection connection;
    private final CurrentBook book;
    private final Side side;
    private String current = "";
    private Map<String, String> codes = Map.of();

    /// By the numbers of the decks, the one used last at the end.
    private final Map<List<Integer>, Map<String, String>> kept = new LinkedHashMap<>();

    DestinationsByCode(Connection connection, CurrentBook book, Side side) {
        this.connection = connection;
        this.book = book;
        this.side = side;
    }

    /// The destination of the longest code that `number` begins with; empty when there is none.
    String of(String carrier, String number) throws SQLException {
        if (!carrier.equals(current)) {
            codes = kept(decks(carrier));
            current = carrier;
        }
        for (int length = number.length(); length > 0; length--) {
            String destination = codes.get(number.substring(0, length));
            if (destination != null) {
                return destination;
            }
        }
        return "";
    }

    private List<Integer> decks(String carrier) {
        Set<Integer> decks = new LinkedHashSet<>();
        for (Agreement agreement : book.book().agreements()) {
            for (DeckList list : agreement.deckLists()) {
                if (agreement.carrier().equals(carrier) && list.side() == side) {
                    list.decks().forEach(deck -> decks.add(book.names().decks().id(deck)));
                }
            }
        }
        return List.copyOf(decks);
    }

    private Map<String, String> kept(List<Integer> decks) throws SQLException {
        Map<String, String> found = kept.remove(decks);
        if (found == null) {
            found = codes(decks);
            if (kept.size() == MOST_KEPT_LISTS) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        kept.put(decks, found);
        return found;
    }

    private Map<String, String> codes(List<Integer> decks) throws SQLException {
        Map<String, String> found = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select r.code, l.destination from deck_row r"
                                + " join rate_line l on l.id = r.rate_line"
                                + " where r.deck = any (?) and r.known_to = 2147483647"
                                + " order by array_position(?, r.deck), r.id")) {
            Array numbers = connection.createArrayOf("integer", decks.toArray());
            select.setArray(1, numbers);
            select.setArray(2, numbers);
            select.setFetchSize(FETCHED_ROW_COUNT);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String name = row.getString(2);
                    found.putIfAbsent(row.getString(1), names.computeIfAbsent(name, same -> same));
                }
            }
        }
        return found;
    }
}
