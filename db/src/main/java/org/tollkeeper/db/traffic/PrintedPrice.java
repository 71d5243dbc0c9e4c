package org.tollkeeper.db.traffic;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Jurisdiction;

/// A rate line as call detail and exports print it, rendered once for all calls that it prices.
public final class PrintedPrice {

    /// What is read of a rate line `l`.
    public static final String COLUMNS =
            """
            l.destination, l.origin, l.jurisdiction, l.band,
            l.tier_from::text as tier_from, l.rate::text as rate\
            """;

    /// `destination,origin,jurisdiction,band,tier_from` as bytes of CSV.
    private final byte[] place;

    /// `rate` as bytes of CSV.
    private final byte[] rate;

    private PrintedPrice(byte[] place, byte[] rate) {
        this.place = place;
        this.rate = rate;
    }

    public static PrintedPrice of(ResultSet row) throws SQLException {
        int jurisdiction = row.getInt("jurisdiction");
        CsvText place = new CsvText();
        place.text(row.getString("destination")).comma();
        addOrNone(place, row.getString("origin")).comma();
        addOrNone(
                        place,
                        jurisdiction == 0
                                ? ""
                                : Coded.ofCode(Jurisdiction.class, jurisdiction).label())
                .comma();
        addOrNone(place, row.getString("band")).comma();
        place.text(row.getString("tier_from"));
        return new PrintedPrice(
                Arrays.copyOf(place.bytes(), place.length()), CsvText.field(row.getString("rate")));
    }

    private static CsvText addOrNone(CsvText text, String field) {
        return field.isEmpty() ? text : text.text(field);
    }

    /// Adds `destination,origin,jurisdiction,band,tier_from` to a row.
    public CsvText addPlace(CsvText text) {
        return text.fields(place);
    }

    /// Adds `rate` to a row.
    public CsvText addRate(CsvText text) {
        return text.fields(rate);
    }
}
