package org.tollkeeper.invoicing.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.tollkeeper.db.book.StoredBook;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.DeckList;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Side;

/// What a carrier's price lists of today call a number, for calls that were never priced.
final class DestinationsByCode {

    private final Connection connection;
    private final CurrentBook book;
    private final Side side;
    private final Map<String, Map<String, String>> byCarrier = new HashMap<>();

    DestinationsByCode(Connection connection, CurrentBook book, Side side) {
        this.connection = connection;
        this.book = book;
        this.side = side;
    }

    /// The destination of the longest code that `number` begins with; empty when there is none.
    String of(String carrier, String number) throws SQLException {
        Map<String, String> codes = byCarrier.get(carrier);
        if (codes == null) {
            codes = codes(carrier);
            byCarrier.put(carrier, codes);
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
        Set<String> decks = new LinkedHashSet<>();
        for (Agreement agreement : book.book().agreements()) {
            for (DeckList list : agreement.deckLists()) {
                if (agreement.carrier().equals(carrier) && list.side() == side) {
                    decks.addAll(list.decks());
                }
            }
        }
        Map<String, String> codes = new HashMap<>();
        for (DeckRow row : StoredBook.deckRows(connection, book.version(), decks)) {
            codes.putIfAbsent(row.code(), row.destination());
        }
        return codes;
    }
}
