package org.tollkeeper.mediation.decoder;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.WallClock;

/// How a mapped format writes instants: `iso` (ISO 8601 with offset or `Z`), `epoch` (seconds since
/// 1970, with or without decimals), `epoch-ms`, or a pattern such as `dd/MM/yyyy HH:mm:ss`. A
/// pattern without zone or offset is read on the switch's wall clock.
final class TimePattern {

    private final String pattern;
    private final LocalClock wall;
    private final @Nullable DateTimeFormatter formatter;

    private TimePattern(String pattern, ZoneId zone, @Nullable DateTimeFormatter formatter) {
        this.pattern = pattern;
        wall = new LocalClock(zone);
        this.formatter = formatter;
    }

    static TimePattern of(Mapping mapping, ZoneId zone) {
        String pattern = mapping.text("datePattern", "iso");
        if (pattern.equals("iso") || pattern.equals("epoch") || pattern.equals("epoch-ms")) {
            return new TimePattern(pattern, zone, null);
        }
        try {
            return new TimePattern(pattern, zone, Fields.stamp(pattern));
        } catch (IllegalArgumentException e) {
            throw mapping.wrong(
                    "datePattern",
                    pattern,
                    "iso, epoch, epoch-ms or a pattern such as yyyy-MM-dd HH:mm:ss");
        }
    }

    /// The instant in milliseconds since 1970, or null when `text` is none.
    ///
    /// @param near an instant at or soon after which it must be; null if there is none
    @Nullable Long instant(CdrRecord.Builder record, String text, @Nullable Instant near) {
        if (formatter != null) {
            return parsed(record, text, formatter, near);
        }
        return switch (pattern) {
            case "epoch" -> Fields.secondsAsMs(text);
            case "epoch-ms" -> Fields.integer(text);
            default -> Fields.offsetInstant(text);
        };
    }

    /// The local time of a stamp without zone or offset, else null.
    @Nullable LocalDateTime local(String text) {
        if (formatter == null) {
            return null;
        }
        try {
            TemporalAccessor time = formatter.parse(text);
            return time.query(TemporalQueries.zone()) == null ? LocalDateTime.from(time) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /// The start that a later stamp and the time between them reveal, in an hour that is repeated.
    @Nullable Instant revealed(String start, String end, @Nullable Long betweenMs) {
        return betweenMs == null ? null : wall.revealed(local(start), () -> local(end), betweenMs);
    }

    private @Nullable Long parsed(
            CdrRecord.Builder record,
            String text,
            DateTimeFormatter stamp,
            @Nullable Instant near) {
        try {
            TemporalAccessor time = stamp.parse(text);
            if (time.isSupported(ChronoField.INSTANT_SECONDS)) {
                return Instant.from(time).toEpochMilli();
            }
            ZoneId own = time.query(TemporalQueries.zone());
            LocalDateTime local = LocalDateTime.from(time);
            return own == null
                    ? wall.instant(record, local, near)
                    : WallClock.instant(local, own).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return pattern;
    }
}
