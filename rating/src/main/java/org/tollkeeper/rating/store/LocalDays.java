package org.tollkeeper.rating.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.WallClock;

/// Local dates of instants, remembering the day last asked for: calls come by the day.
final class LocalDays {

    private final Map<ZoneId, Day> lastByZone = new HashMap<>();

    private record Day(LocalDate date, long fromMs, long endMs) {
        boolean holds(long ms) {
            return fromMs <= ms && ms < endMs;
        }
    }

    LocalDate of(long ms, ZoneId zone) {
        @Nullable Day last = lastByZone.get(zone);
        if (last == null || !last.holds(ms)) {
            LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(ms), zone);
            last = new Day(date, startMs(date, zone), startMs(date.plusDays(1), zone));
            lastByZone.put(zone, last);
        }
        return last.date();
    }

    private static long startMs(LocalDate date, ZoneId zone) {
        return WallClock.instant(date.atStartOfDay(), zone).toEpochMilli();
    }
}
