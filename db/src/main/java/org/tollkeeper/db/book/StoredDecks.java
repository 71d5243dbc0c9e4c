package org.tollkeeper.db.book;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.CopiedRows;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Jurisdiction;

/// The decks of a version of the book, and their rows.
final class StoredDecks {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

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
                select v.id, v.deck, v.rate_line, v.code, v.setup::text, v.minimum_seconds,
                       v.increment_seconds, v.effective, v.expires, v.blocked
                from deck_row v where v.known_from <= %d and v.known_to > %d%s\
                """
                        .formatted(
                                query.version(),
                                query.version(),
                                codes == null ? "" : " and v.code = any ('" + array(codes) + "')");
        SharedParts shared = SharedParts.read(query);
        Map<String, List<Placed>> byDeck = new TreeMap<>();
        try (CopiedRows row = new CopiedRows(query.connection(), sql)) {
            while (row.next()) {
                Placed placed = Placed.of(shared.row(row));
                byDeck.computeIfAbsent(placed.row.deck(), deck -> new ArrayList<>()).add(placed);
            }
        }
        List<DeckRow> rows = new ArrayList<>();
        for (List<Placed> ofDeck : byDeck.values()) {
            ofDeck.sort(
                    Comparator.comparingLong(Placed::place)
                            .thenComparingInt(placed -> placed.row.id()));
            ofDeck.forEach(placed -> rows.add(placed.row));
        }
        return rows;
    }

    /// A row and the place of its code: a number, since comparing hundreds of thousands of texts
    /// takes long. Codes of the same digits up to zeros at the end differ in their length.
    private record Placed(long place, DeckRow row) {

        static Placed of(DeckRow row) {
            String code = row.code();
            long place = Long.parseLong(code);
            for (int length = code.length(); length < Digits.MOST_DIGITS; length++) {
                place *= 10;
            }
            return new Placed(place * (Digits.MOST_DIGITS + 1) + code.length(), row);
        }
    }

    /// What is no code stands in no deck, and need not be quoted.
    private static String array(List<String> codes) {
        return codes.stream().filter(Digits::isDigits).collect(Collectors.joining(",", "{", "}"));
    }

    /// What rows share.
    ///
    /// @param names of decks, by their number
    /// @param lines by their number
    private record SharedParts(
            Map<Integer, String> names,
            Map<Integer, Line> lines,
            Map<String, BigDecimal> setups,
            Map<Long, LocalDateTime> times) {

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
            query.eachOfAll(
                    "select id, name from deck", row -> names.put(row.getInt(1), row.getString(2)));
            query.eachOfAll(
                    "select id, destination, rate, band, tier_from, origin, jurisdiction"
                            + " from rate_line",
                    row -> lines.put(row.getInt(1), line(row)));
            return new SharedParts(names, lines, new HashMap<>(), new HashMap<>());
        }

        private DeckRow row(CopiedRows row) {
            int id = row.intValue();
            String deck = Objects.requireNonNull(names.get(row.intValue()));
            Line line = Objects.requireNonNull(lines.get(row.intValue()));
            return new DeckRow(
                    id,
                    deck,
                    text(row),
                    line.destination,
                    line.rate,
                    setups.computeIfAbsent(text(row), BigDecimal::new),
                    row.intValue(),
                    row.intValue(),
                    time(row),
                    time(row),
                    line.band,
                    line.tierFrom,
                    line.origin,
                    line.jurisdiction,
                    row.booleanValue());
        }

        private static String text(CopiedRows row) {
            int byteCount = row.text();
            return new String(row.bytes(), row.textStart(), byteCount, ISO_8859_1);
        }

        private @Nullable LocalDateTime time(CopiedRows row) {
            return row.isNull()
                    ? null
                    : times.computeIfAbsent(row.epochMicros(), SharedParts::localTime);
        }

        private static LocalDateTime localTime(long epochMicros) {
            return LocalDateTime.ofEpochSecond(
                    Math.floorDiv(epochMicros, MICROS_PER_SECOND),
                    (int) Math.floorMod(epochMicros, MICROS_PER_SECOND) * NANOS_PER_MICRO,
                    ZoneOffset.UTC);
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
