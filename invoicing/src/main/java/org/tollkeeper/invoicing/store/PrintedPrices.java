package org.tollkeeper.invoicing.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tollkeeper.db.CopiedRows;
import org.tollkeeper.model.Jurisdiction;

/// Rows of price lists as call detail prints them, rendered once for all calls that they price.
final class PrintedPrices {

    private static final int FETCHED_ROW_COUNT = 2_000;

    /// What is kept from one question to the next.
    private static final int MOST_KEPT = 200_000;

    private static final String ROWS =
            """
            select r.id, r.code, l.destination, l.origin, l.jurisdiction, l.band,
                   l.tier_from::text as tier_from, l.rate::text as rate, r.setup::text as setup
            from deck_row r join rate_line l on l.id = r.rate_line
            where r.id = any (?)
            """;

    private final Connection connection;
    private final Map<Integer, Printed> printed = new HashMap<>();

    /// A row's fields as bytes of CSV.
    static final class Printed {

        /// `code,destination,origin,jurisdiction,band,tier_from`
        final byte[] place;

        /// `rate,setup`
        final byte[] price;

        private Printed(byte[] place, byte[] price) {
            this.place = place;
            this.price = price;
        }
    }

    PrintedPrices(Connection connection) {
        this.connection = connection;
    }

    /// Reads the rows that a query names and that are not known yet.
    ///
    /// @param query of one column, the numbers of deck rows
    void read(String query) throws SQLException {
        if (printed.size() > MOST_KEPT) {
            printed.clear();
        }
        List<Integer> missing = new ArrayList<>();
        try (CopiedRows rows = new CopiedRows(connection, query)) {
            while (rows.next()) {
                int row = rows.intValue();
                if (!printed.containsKey(row)) {
                    missing.add(row);
                }
            }
        }
        if (!missing.isEmpty()) {
            read(connection.createArrayOf("integer", missing.toArray()));
        }
    }

    private void read(Array numbers) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ROWS)) {
            select.setFetchSize(FETCHED_ROW_COUNT);
            select.setArray(1, numbers);
            try (ResultSet row = select.executeQuery()) {
                CallRowText text = new CallRowText();
                while (row.next()) {
                    printed.put(row.getInt("id"), print(row, text));
                }
            }
        }
    }

    private static Printed print(ResultSet row, CallRowText text) throws SQLException {
        Jurisdiction jurisdiction = LiveStatements.jurisdiction(row.getInt("jurisdiction"));
        text.clear();
        field(text, row.getString("code")).comma();
        field(text, row.getString("destination")).comma();
        fieldOrNone(text, row.getString("origin")).comma();
        fieldOrNone(text, jurisdiction == null ? "" : jurisdiction.label()).comma();
        fieldOrNone(text, row.getString("band")).comma();
        field(text, row.getString("tier_from"));
        byte[] place = Arrays.copyOf(text.bytes(), text.length());
        text.clear();
        field(text, row.getString("rate")).comma();
        field(text, row.getString("setup"));
        return new Printed(place, Arrays.copyOf(text.bytes(), text.length()));
    }

    private static CallRowText field(CallRowText text, String field) {
        byte[] bytes = field.getBytes(UTF_8);
        return text.text(bytes, 0, bytes.length);
    }

    private static CallRowText fieldOrNone(CallRowText text, String field) {
        return field.isEmpty() ? text : field(text, field);
    }

    Printed of(int deckRow) {
        Printed found = printed.get(deckRow);
        if (found == null) {
            throw new IllegalStateException("charges without the deck row " + deckRow);
        }
        return found;
    }
}
