package org.tollkeeper.book;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.book.DeckPage.Line;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Jurisdiction;

/// What the rows of a deck may say but seldom mean: hours without a price, tiers that leave minutes
/// to a neighbour, prices that leap. Each is told once, at its first row, with the number of rows.
final class DeckRowWarnings {

    /// Beyond this factor a change of price is taken for a slip of the point.
    static final int MOST_LEAP = 5;

    private static final int DAY_MINUTES = 1440;

    private final Deck deck;
    private final CsvPage page;
    private final List<Line> lines;
    private final Seldom hoursWithoutPrice =
            new Seldom("calls to it in those hours are suspended as NO_RATE");
    private final Seldom lateFirstTier =
            new Seldom("the lowest tier of the code prices the minutes below it as well");
    private final Seldom closedLastTier =
            new Seldom("the first tier prices its minutes from then on");
    private final Seldom dearerTier = new Seldom("check that the two prices are not swapped");
    private final Seldom leap = new Seldom("check the decimal point and the unit");

    DeckRowWarnings(Deck deck, CsvPage page, List<Line> lines) {
        this.deck = deck;
        this.page = page;
        this.lines = lines.stream().filter(line -> !line.row().blocked()).toList();
    }

    /// Rows that one call may be priced by, whatever the hour, the volume and the day.
    private record Group(String code, String origin, @Nullable Jurisdiction jurisdiction) {
        private static Group of(Line line) {
            DeckRow row = line.row();
            return new Group(row.code(), row.origin(), row.jurisdiction());
        }
    }

    void report(Findings findings) {
        Set<String> hours = bandsOfTheWeek();
        grouped(lines, Group::of)
                .values()
                .forEach(group -> {
                    checkHours(group, hours);
                    grouped(group, line -> line.row().band()).values().forEach(this::checkTiers);
                });
        for (Seldom seldom :
                List.of(hoursWithoutPrice, lateFirstTier, closedLastTier, dearerTier, leap)) {
            seldom.report(findings);
        }
    }

    private static <K> Map<K, List<Line>> grouped(List<Line> lines, Function<Line, K> key) {
        return lines.stream()
                .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }

    /// The bands that occur in a week or on a holiday of the deck.
    private Set<String> bandsOfTheWeek() {
        Set<String> bands = new TreeSet<>();
        BitSet ordinary = new BitSet(7 * DAY_MINUTES);
        BitSet holiday = new BitSet(7 * DAY_MINUTES);
        for (Deck.BandWindow window : deck.windows()) {
            if (window.fromMinute() >= window.endMinute()) {
                continue;
            }
            bands.add(window.band());
            @Nullable Boolean onHolidays = window.holidays();
            for (DayOfWeek day : DayOfWeek.values()) {
                int midnight = (day.getValue() - 1) * DAY_MINUTES;
                boolean onDay = window.days().contains(day);
                if (onDay) {
                    ordinary.set(midnight + window.fromMinute(), midnight + window.endMinute());
                }
                if (onHolidays == null ? onDay : onHolidays) {
                    holiday.set(midnight + window.fromMinute(), midnight + window.endMinute());
                }
            }
        }
        boolean everyHour = ordinary.cardinality() == 7 * DAY_MINUTES;
        boolean everyHoliday =
                deck.holidays().isEmpty() || holiday.cardinality() == 7 * DAY_MINUTES;
        if (!everyHour || !everyHoliday) {
            bands.add(Deck.OFF_PEAK);
        }
        return bands;
    }

    private void checkHours(List<Line> group, Set<String> hours) {
        Set<String> priced =
                group.stream().map(line -> line.row().band()).collect(Collectors.toSet());
        if (priced.contains("")) {
            return;
        }
        List<String> missing = hours.stream().filter(band -> !priced.contains(band)).toList();
        if (!missing.isEmpty()) {
            Line first = group.getFirst();
            hoursWithoutPrice.seen(
                    page.place(first.position(), "band"),
                    "code %s without a price in %s"
                            .formatted(first.row().code(), String.join(" and ", missing)));
        }
    }

    /// @param rows of one code, origin, jurisdiction and band
    private void checkTiers(List<Line> rows) {
        Map<BigDecimal, List<Line>> tiers = new LinkedHashMap<>();
        rows.stream()
                .sorted(Comparator.comparing(line -> line.row().tierFromMinutes()))
                .forEach(line ->
                        tiers.computeIfAbsent(
                                        line.row().tierFromMinutes().stripTrailingZeros(),
                                        tier -> new ArrayList<>())
                                .add(line));
        @Nullable List<Line> below = null;
        for (List<Line> tier : tiers.values()) {
            tier.sort(
                    Comparator.comparing(
                            line -> line.row().effective(),
                            Comparator.nullsFirst(Comparator.naturalOrder())));
            checkLeaps(tier);
            Line last = tier.getLast();
            DeckRow row = last.row();
            if (below == null) {
                if (row.tierFromMinutes().signum() > 0) {
                    lateFirstTier.seen(
                            page.place(tier.getFirst().position(), "tier_from"),
                            "code %s with its first tier from %s min on"
                                    .formatted(row.code(), row.tierFromMinutes().toPlainString()));
                }
            } else {
                checkDearer(last, below.getLast().row());
            }
            below = tier;
        }
        if (tiers.size() > 1) {
            checkClosed(List.copyOf(tiers.values()));
        }
    }

    private void checkDearer(Line line, DeckRow lower) {
        DeckRow row = line.row();
        boolean together =
                isBefore(row.effective(), lower.expires())
                        && isBefore(lower.effective(), row.expires());
        if (together && row.ratePerMinute().compareTo(lower.ratePerMinute()) > 0) {
            dearerTier.seen(
                    page.place(line.position(), "rate"),
                    "the tier of code %s from %s min on is dearer than the one below"
                            .formatted(row.code(), row.tierFromMinutes().toPlainString()));
        }
    }

    /// @param tiers by rising volume, at least two
    private void checkClosed(List<List<Line>> tiers) {
        Line last = tiers.getLast().getLast();
        DeckRow row = last.row();
        @Nullable LocalDateTime end = row.expires();
        boolean anyLater =
                tiers.subList(1, tiers.size()).stream()
                        .flatMap(List::stream)
                        .anyMatch(line -> endsBefore(end, line.row().expires()));
        if (!anyLater && endsBefore(end, tiers.getFirst().getLast().row().expires())) {
            closedLastTier.seen(
                    page.place(last.position(), "expires"),
                    "the last tier of code %s, from %s min on, ends before the first"
                            .formatted(row.code(), row.tierFromMinutes().toPlainString()));
        }
    }

    private static boolean isBefore(@Nullable LocalDateTime from, @Nullable LocalDateTime end) {
        return from == null || end == null || from.isBefore(end);
    }

    private static boolean endsBefore(@Nullable LocalDateTime end, @Nullable LocalDateTime other) {
        return end != null && (other == null || end.isBefore(other));
    }

    /// @param rows that differ in validity only, the earliest first
    private void checkLeaps(List<Line> rows) {
        for (int i = 1; i < rows.size(); i++) {
            BigDecimal before = rows.get(i - 1).row().ratePerMinute();
            Line line = rows.get(i);
            BigDecimal after = line.row().ratePerMinute();
            if (before.signum() > 0 && (isLeap(before, after) || isLeap(after, before))) {
                leap.seen(
                        page.place(line.position(), "rate"),
                        "the rate of code %s leaps from %s to %s"
                                .formatted(
                                        line.row().code(),
                                        before.toPlainString(),
                                        after.toPlainString()));
            }
        }
    }

    private static boolean isLeap(BigDecimal low, BigDecimal high) {
        return high.compareTo(low.multiply(BigDecimal.valueOf(MOST_LEAP))) > 0;
    }
}
