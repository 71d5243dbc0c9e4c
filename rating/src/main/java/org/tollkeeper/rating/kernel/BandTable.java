package org.tollkeeper.rating.kernel;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Deck;

/// The time bands of a deck in a zone, as tables: the zone's offsets between its transitions, and
/// the band of every minute of the week, once for ordinary days and once for holidays.
final class BandTable {

    static final long FIRST_MS = Instant.parse("1999-01-01T00:00:00Z").toEpochMilli();
    static final long END_MS = Instant.parse("2101-01-01T00:00:00Z").toEpochMilli();

    private static final int DAY_MINUTES = 1440;
    private static final long DAY_MS = 86_400_000;
    private static final long MINUTE_MS = 60_000;

    private final List<String> bands;
    private final long[] offsetFromMs;
    private final long[] offsetMs;
    private final long[] holidays;
    private final byte[] ordinaryBands = new byte[7 * DAY_MINUTES];
    private final byte[] holidayBands = new byte[7 * DAY_MINUTES];
    private int lastOffset;

    BandTable(Deck deck, ZoneId zone) {
        Set<String> names = new LinkedHashSet<>();
        names.add(Deck.OFF_PEAK);
        deck.windows().forEach(window -> names.add(window.band()));
        bands = List.copyOf(names);
        if (bands.size() > Byte.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "deck " + deck.id() + " has more than " + Byte.MAX_VALUE + " bands");
        }
        holidays = deck.holidays().stream().mapToLong(LocalDate::toEpochDay).sorted().toArray();
        for (Deck.BandWindow window : deck.windows().reversed()) {
            fill(window);
        }
        List<long[]> offsets = offsets(zone.getRules());
        offsetFromMs = offsets.stream().mapToLong(offset -> offset[0]).toArray();
        offsetMs = offsets.stream().mapToLong(offset -> offset[1]).toArray();
    }

    private void fill(Deck.BandWindow window) {
        byte band = (byte) bands.indexOf(window.band());
        @Nullable Boolean onHolidays = window.holidays();
        for (DayOfWeek day : DayOfWeek.values()) {
            boolean ordinary = window.days().contains(day);
            int from = (day.getValue() - 1) * DAY_MINUTES + window.fromMinute();
            int end = (day.getValue() - 1) * DAY_MINUTES + window.endMinute();
            if (ordinary) {
                Arrays.fill(ordinaryBands, from, end, band);
            }
            if (onHolidays == null ? ordinary : onHolidays) {
                Arrays.fill(holidayBands, from, end, band);
            }
        }
    }

    private static List<long[]> offsets(ZoneRules rules) {
        List<long[]> offsets = new ArrayList<>();
        Instant from = Instant.ofEpochMilli(FIRST_MS);
        while (from.toEpochMilli() < END_MS) {
            offsets.add(
                    new long[] {
                        from.toEpochMilli(), rules.getOffset(from).getTotalSeconds() * 1000L
                    });
            @Nullable ZoneOffsetTransition next = rules.nextTransition(from);
            if (next == null) {
                break;
            }
            from = next.getInstant();
        }
        return offsets;
    }

    /// The names of the bands; the first is [Deck#OFF_PEAK].
    List<String> bands() {
        return bands;
    }

    /// Which band an instant is in, between [#FIRST_MS] and [#END_MS].
    int bandAt(long ms) {
        if (bands.size() == 1) {
            return 0;
        }
        long local = ms + offsetAt(ms);
        long day = Math.floorDiv(local, DAY_MS);
        int minute = (int) (Math.floorMod(local, DAY_MS) / MINUTE_MS);
        int weekMinute = (int) Math.floorMod(day + 3, 7L) * DAY_MINUTES + minute;
        return Arrays.binarySearch(holidays, day) >= 0
                ? holidayBands[weekMinute]
                : ordinaryBands[weekMinute];
    }

    private long offsetAt(long ms) {
        int at = lastOffset;
        while (ms < offsetFromMs[at]) {
            at--;
        }
        while (at + 1 < offsetFromMs.length && offsetFromMs[at + 1] <= ms) {
            at++;
        }
        lastOffset = at;
        return offsetMs[at];
    }
}
