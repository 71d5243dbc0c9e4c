package org.tollkeeper.db.book;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /// The rows of the decks named; of all decks when null. What many rows have in common is read
    /// once and shared.
    static List<DeckRow> rows(VersionQuery query, @Nullable List<String> decks)
            throws SQLException {
        String sql =
                """
                select v.id, v.rate_line, v.code, v.setup, v.minimum_seconds, v.increment_seconds,
                       v.effective, v.expires, v.blocked, n.name, l.destination, l.rate, l.band,
                       l.tier_from, l.origin, l.jurisdiction
                from deck_row v
                join deck n on n.id = v.deck join rate_line l on l.id = v.rate_line
                where %s\
                """;
        String among = decks == null ? "" : " and n.name = any (?)";
        return query.list(
                sql + among + " order by n.name, v.code, v.id", decks, new SharedParts()::row);
    }

    /// Reads rows, keeping what they share.
    private static final class SharedParts {

        private final Map<Integer, Line> lines = new HashMap<>();
        private final Map<String, BigDecimal> setups = new HashMap<>();
        private final Map<String, LocalDateTime> times = new HashMap<>();
        private String deck = "";

        /// What statements print of a row.
        private record Line(
                String destination,
                BigDecimal rate,
                String band,
                BigDecimal tierFrom,
                String origin,
                @Nullable Jurisdiction jurisdiction) {}

        private DeckRow row(ResultSet row) throws SQLException {
            int lineId = row.getInt(2);
            Line line = lines.get(lineId);
            if (line == null) {
                line = line(row);
                lines.put(lineId, line);
            }
            String name = row.getString(10);
            if (!name.equals(deck)) {
                deck = name;
            }
            return new DeckRow(
                    row.getInt(1),
                    deck,
                    row.getString(3),
                    line.destination,
                    line.rate,
                    setups.computeIfAbsent(row.getString(4), BigDecimal::new),
                    row.getInt(5),
                    row.getInt(6),
                    time(row, 7),
                    time(row, 8),
                    line.band,
                    line.tierFrom,
                    line.origin,
                    line.jurisdiction,
                    row.getBoolean(9));
        }

        private @Nullable LocalDateTime time(ResultSet row, int column) throws SQLException {
            @Nullable String text = row.getString(column);
            return text == null
                    ? null
                    : times.computeIfAbsent(
                            text, stamp -> LocalDateTime.parse(stamp.replace(' ', 'T')));
        }

        private static Line line(ResultSet row) throws SQLException {
            int jurisdiction = row.getInt(16);
            return new Line(
                    row.getString(11),
                    row.getBigDecimal(12),
                    row.getString(13),
                    row.getBigDecimal(14),
                    row.getString(15),
                    jurisdiction == 0 ? null : Coded.ofCode(Jurisdiction.class, jurisdiction));
        }
    }
}
