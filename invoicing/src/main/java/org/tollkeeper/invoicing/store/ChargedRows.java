package org.tollkeeper.invoicing.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tollkeeper.db.CopiedRows;

/// What is to be known of the deck rows that charges name: read for all charges of a day before
/// they are read themselves, and kept for the days after it.
final class ChargedRows<T> {

    private static final int FETCHED_ROW_COUNT = 2_000;
    private static final int MOST_KEPT = 200_000;

    private final Connection connection;
    private final String query;
    private final Meaning<T> meaning;
    private final Map<Integer, T> known = new HashMap<>();

    /// What a deck row comes to.
    @FunctionalInterface
    interface Meaning<T> {
        T of(ResultSet row) throws SQLException;
    }

    /// @param columns of `r`, the deck row, and `l`, its rate line
    ChargedRows(Connection connection, String columns, Meaning<T> meaning) {
        this.connection = connection;
        this.query =
                "select r.id, %s from deck_row r join rate_line l on l.id = r.rate_line"
                                .formatted(columns)
                        + " where r.id = any (?)";
        this.meaning = meaning;
    }

    /// Makes the rows known that some charges name.
    ///
    /// @param charges a condition on `charge h`
    void read(String charges) throws SQLException {
        if (known.size() > MOST_KEPT) {
            known.clear();
        }
        List<Integer> missing = new ArrayList<>();
        try (CopiedRows rows =
                new CopiedRows(
                        connection, "select distinct h.deck_row from charge h where " + charges)) {
            while (rows.next()) {
                int row = rows.intValue();
                if (!known.containsKey(row)) {
                    missing.add(row);
                }
            }
        }
        if (!missing.isEmpty()) {
            read(missing);
        }
    }

    private void read(List<Integer> missing) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setFetchSize(FETCHED_ROW_COUNT);
            select.setArray(1, connection.createArrayOf("integer", missing.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    known.put(row.getInt(1), meaning.of(row));
                }
            }
        }
    }

    T of(int deckRow) {
        T found = known.get(deckRow);
        if (found == null) {
            throw new IllegalStateException("charges without the deck row " + deckRow);
        }
        return found;
    }
}
