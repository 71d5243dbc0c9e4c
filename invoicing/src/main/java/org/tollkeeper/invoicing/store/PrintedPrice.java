package org.tollkeeper.invoicing.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.tollkeeper.model.Jurisdiction;

/// A row of a price list as call detail prints it, rendered once for all calls that it prices.
final class PrintedPrice {

    /// What is printed of a deck row `r` and its rate line `l`.
    static final String COLUMNS =
            """
            r.code, l.destination, l.origin, l.jurisdiction, l.band,
            l.tier_from::text as tier_from, l.rate::text as rate, r.setup::text as setup\
            """;

    /// `code,destination,origin,jurisdiction,band,tier_from` as bytes of CSV.
    final byte[] place;

    /// `rate,setup` as bytes of CSV.
    final byte[] price;

    private PrintedPrice(byte[] place, byte[] price) {
        this.place = place;
        this.price = price;
    }

    static PrintedPrice of(ResultSet row) throws SQLException {
        Jurisdiction jurisdiction = LiveStatements.jurisdiction(row.getInt("jurisdiction"));
        CallRowText text = new CallRowText();
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
