package org.tollkeeper.db.book;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Jurisdiction;

/// The decks of a version of the book, and their rows.
final class StoredDecks {

    private StoredDecks() {}

    static List<Deck> read(VersionQuery query) throws SQLException {
        Map<Integer, List<Deck.BandWindow>> windows = windows(query);
        return query.list(
                """
                select n.name, v.* from deck_version v
                join deck n on n.id = v.deck where %s order by n.name\
                """,
                row ->
                        new Deck(
                                row.getString("name"),
                                row.getString("file"),
                                Currency.getInstance(row.getString("currency")),
                                windows.getOrDefault(row.getInt("deck"), List.of()),
                                new TreeSet<>(VersionQuery.dates(row, "holidays"))));
    }

    private static Map<Integer, List<Deck.BandWindow>> windows(VersionQuery query)
            throws SQLException {
        Map<Integer, List<Deck.BandWindow>> windows = new HashMap<>();
        query.each(
                "select v.* from deck_window v where %s order by deck, position",
                null,
                row ->
                        windows.computeIfAbsent(row.getInt("deck"), deck -> new ArrayList<>())
                                .add(
                                        new Deck.BandWindow(
                                                row.getString("band"),
                                                days(row.getInt("days")),
                                                row.getInt("from_minute"),
                                                row.getInt("end_minute"),
                                                VersionQuery.truth(row, "holidays"))));
        return windows;
    }

    // Bit 0 is Monday.
    static Set<DayOfWeek> days(int bits) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if ((bits >> (day.getValue() - 1) & 1) != 0) {
                days.add(day);
            }
        }
        return days;
    }

    /// The rows for the codes named, by deck, code and number; for all codes when null. What many
    /// rows have in common is read once and shared.
    static List<DeckRow> rows(VersionQuery query, @Nullable List<String> codes)
            throws SQLException {
        String sql =
                """
                select v.id, v.deck, v.rate_line, v.code, v.setup, v.minimum_seconds,
                       v.increment_seconds, v.effective, v.expires, v.blocked
                from deck_row v where %s\
                """;
        String among = codes == null ? "" : " and v.code = any (?)";
        List<DeckRow> rows = query.list(sql + among, codes, SharedParts.read(query)::row);
        rows.sort(
                Comparator.comparing(DeckRow::deck)
                        .thenComparing(DeckRow::code)
                        .thenComparingInt(DeckRow::id));
        return rows;
    }

    /// What rows share.
    ///
    /// @param names of decks, by their number
    /// @param lines by their number
    private record SharedParts(
            Map<Integer, String> names,
            Map<Integer, Line> lines,
            Map<String, BigDecimal> setups,
            Map<String, LocalDateTime> times) {

        /// What statements print of a row.
        private record Line(
                String destination,
                BigDecimal rate,
                String band,
                BigDecimal tierFrom,
                String origin,
                @Nullable Jurisdiction jurisdiction) {}

        static SharedParts read(VersionQuery query) throws SQLException {
            Map<Integer, String> names = new HashMap<>();
            Map<Integer, Line> lines = new HashMap<>();
            query.each(
                    "select id, name from deck", row -> names.put(row.getInt(1), row.getString(2)));
            query.each(
                    "select id, destination, rate, band, tier_from, origin, jurisdiction"
                            + " from rate_line",
                    row -> lines.put(row.getInt(1), line(row)));
            return new SharedParts(names, lines, new HashMap<>(), new HashMap<>());
        }

        private DeckRow row(ResultSet row) throws SQLException {
            Line line = Objects.requireNonNull(lines.get(row.getInt(3)));
            return new DeckRow(
                    row.getInt(1),
                    Objects.requireNonNull(names.get(row.getInt(2))),
                    row.getString(4),
                    line.destination,
                    line.rate,
                    setups.computeIfAbsent(row.getString(5), BigDecimal::new),
                    row.getInt(6),
                    row.getInt(7),
                    time(row, 8),
                    time(row, 9),
                    line.band,
                    line.tierFrom,
                    line.origin,
                    line.jurisdiction,
                    row.getBoolean(10));
        }

        private @Nullable LocalDateTime time(ResultSet row, int column) throws SQLException {
            @Nullable String text = row.getString(column);
            return text == null
                    ? null
                    : times.computeIfAbsent(
                            text, stamp -> LocalDateTime.parse(stamp.replace(' ', 'T')));
        }

        private static Line line(ResultSet row) throws SQLException {
            int jurisdiction = row.getInt(7);
            return new Line(
                    row.getString(2),
                    row.getBigDecimal(3),
                    row.getString(4),
                    row.getBigDecimal(5),
                    row.getString(6),
                    jurisdiction == 0 ? null : Coded.ofCode(Jurisdiction.class, jurisdiction));
        }
    }
}
