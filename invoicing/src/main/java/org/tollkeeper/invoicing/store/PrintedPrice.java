package org.tollkeeper.invoicing.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.tollkeeper.model.Jurisdiction;

/// A rate line as call detail prints it, rendered once for all calls that it prices.
final class PrintedPrice {

    /// What is printed of a rate line `l`.
    static final String COLUMNS =
            """
            l.destination, l.origin, l.jurisdiction, l.band,
            l.tier_from::text as tier_from, l.rate::text as rate\
            """;

    /// `destination,origin,jurisdiction,band,tier_from` as bytes of CSV.
    final byte[] place;

    /// `rate` as bytes of CSV.
    final byte[] rate;

    private PrintedPrice(byte[] place, byte[] rate) {
        this.place = place;
        this.rate = rate;
    }

    static PrintedPrice of(ResultSet row) throws SQLException {
        Jurisdiction jurisdiction = LiveStatements.jurisdiction(row.getInt("jurisdiction"));
        CallRowText text = new CallRowText();
        field(text, row.getString("destination")).comma();
        fieldOrNone(text, row.getString("origin")).comma();
        fieldOrNone(text, jurisdiction == null ? "" : jurisdiction.label()).comma();
        fieldOrNone(text, row.getString("band")).comma();
        field(text, row.getString("tier_from"));
        byte[] place = Arrays.copyOf(text.bytes(), text.length());
        text.clear();
        field(text, row.getString("rate"));
        return new PrintedPrice(place, Arrays.copyOf(text.bytes(), text.length()));
    }

    private static CallRowText field(CallRowText text, String field) {
        byte[] bytes = field.getBytes(UTF_8);
        return text.text(bytes, 0, bytes.length);
    }

    private static CallRowText fieldOrNone(CallRowText text, String field) {
        return field.isEmpty() ? text : field(text, field);
    }
}
