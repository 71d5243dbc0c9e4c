package org.tollkeeper.invoicing.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.DeckList;
import org.tollkeeper.model.Side;

/// What a carrier's price lists of today call a number, for calls that were never priced. The codes
/// of one carrier are kept at a time: ask carrier by carrier.
final class DestinationsByCode {

    private static final int FETCHED_ROW_COUNT = 2_000;

    private final Connection connection;
    private final CurrentBook book;
    private final Side side;
    private String current = "";
    private Map<String, String> codes = Map.of();

    DestinationsByCode(Connection connection, CurrentBook book, Side side) {
        this.connection = connection;
        this.book = book;
        this.side = side;
    }

    /// The destination of the longest code that `number` begins with; empty when there is none.
    String of(String carrier, String number) throws SQLException {
        if (!carrier.equals(current)) {
            codes = codes(carrier);
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

    private Map<String, String> codes(String carrier) throws SQLException {
        Set<Integer> decks = new LinkedHashSet<>();
        for (Agreement agreement : book.book().agreements()) {
            for (DeckList list : agreement.deckLists()) {
                if (agreement.carrier().equals(carrier) && list.side() == side) {
                    list.decks().forEach(deck -> decks.add(book.names().decks().id(deck)));
                }
            }
        }
        Map<String, String> found = new HashMap<>();
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
                    found.putIfAbsent(row.getString(1), row.getString(2));
                }
            }
        }
        return found;
    }
}
