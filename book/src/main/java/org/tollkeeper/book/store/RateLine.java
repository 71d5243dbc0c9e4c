package org.tollkeeper.book.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Jurisdiction;

/// What statements and invoices print of a deck row; the database numbers each such line once.
record RateLine(
        String destination,
        String rate,
        String band,
        String tierFrom,
        String origin,
        int jurisdiction) {

    private static final String SAME =
            """
            l.destination = n.destination and l.rate::text = n.rate::text and l.band = n.band
            and l.tier_from::text = n.tier_from::text and l.origin = n.origin
            and l.jurisdiction = n.jurisdiction\
            """;

    static RateLine of(DeckRow row) {
        @Nullable Jurisdiction jurisdiction = row.jurisdiction();
        return new RateLine(
                row.destination(),
                row.ratePerMinute().toPlainString(),
                row.band(),
                row.tierFromMinutes().toPlainString(),
                row.origin(),
                jurisdiction == null ? 0 : jurisdiction.code());
    }

    /// The line as the value of a column.
    String key() {
        return String.join(
                "\u001f",
                destination,
                rate,
                band,
                tierFrom,
                origin,
                Integer.toString(jurisdiction));
    }

    /// The numbers of the lines of deck rows, by their keys; new lines get theirs.
    static Map<String, Integer> numbers(Connection connection, List<DeckRow> rows)
            throws SQLException {
        Map<String, RateLine> lines = new LinkedHashMap<>();
        for (DeckRow row : rows) {
            RateLine line = of(row);
            lines.putIfAbsent(line.key(), line);
        }
        Map<String, Integer> numbers = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    create temp table next_rate_line as
                    select ''::text as key, destination, rate, band, tier_from, origin, jurisdiction
                    from rate_line with no data\
                    """);
            copy(connection, lines);
            statement.execute("analyze next_rate_line");
            statement.executeUpdate(
                    """
                    insert into rate_line
                        (destination, rate, band, tier_from, origin, jurisdiction)
                    select destination, rate, band, tier_from, origin, jurisdiction
                    from next_rate_line n
                    where not exists (select from rate_line l where %s)
                    order by key collate "C"\
                    """
                            .formatted(SAME));
            try (ResultSet row =
                    statement.executeQuery(
                            "select n.key, l.id from next_rate_line n join rate_line l on "
                                    + SAME)) {
                while (row.next()) {
                    numbers.put(row.getString(1), row.getInt(2));
                }
            }
            statement.execute("drop table next_rate_line");
        }
        return numbers;
    }

    private static void copy(Connection connection, Map<String, RateLine> lines)
            throws SQLException {
        try (TextCopy copy = new TextCopy(connection, "next_rate_line")) {
            for (Map.Entry<String, RateLine> entry : lines.entrySet()) {
                RateLine line = entry.getValue();
                copy.row(
                        List.of(
                                entry.getKey(),
                                line.destination,
                                line.rate,
                                line.band,
                                line.tierFrom,
                                line.origin,
                                Integer.toString(line.jurisdiction)));
            }
            copy.finish();
        }
    }
}
