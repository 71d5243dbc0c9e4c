package org.tollkeeper.invoicing.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.book.StoredBook;
import org.tollkeeper.db.book.StoredNames;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Carrier;

/// The newest version of the book, without its prices, and the numbers of its names.
record CurrentBook(
        int version,
        Book book,
        StoredNames names,
        Map<String, Agreement> agreements,
        Map<String, Carrier> carriers) {

    static CurrentBook read(Connection connection) throws SQLException {
        int version = StoredBook.current(connection);
        Book book = StoredBook.readWithoutDeckRows(connection, version);
        Map<String, Agreement> agreements = new HashMap<>();
        book.agreements().forEach(agreement -> agreements.put(agreement.id(), agreement));
        Map<String, Carrier> carriers = new HashMap<>();
        book.carriers().forEach(carrier -> carriers.put(carrier.id(), carrier));
        return new CurrentBook(version, book, StoredNames.read(connection), agreements, carriers);
    }

    /// Null when the book no longer has it.
    @Nullable Agreement agreement(String id) {
        return agreements.get(id);
    }

    /// Codes of the currencies of all agreements, by the agreements' numbers.
    Map<Integer, String> currencies() {
        Map<Integer, String> currencies = new TreeMap<>();
        agreements.forEach((id, agreement) ->
                currencies.put(names.agreements().id(id), agreement.currency().getCurrencyCode()));
        return currencies;
    }

    Carrier carrier(String id) {
        Carrier carrier = carriers.get(id);
        if (carrier == null) {
            throw new IllegalStateException("the book has no carrier " + id);
        }
        return carrier;
    }
}
