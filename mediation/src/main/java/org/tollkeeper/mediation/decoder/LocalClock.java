package org.tollkeeper.mediation.decoder;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.WallClock;

/// The wall clock of a switch that writes local stamps without a zone.
///
/// Of an hour that comes twice, whatever else the record holds tells the pass: a clock in an
/// identifier, or the duration between two stamps. Where nothing does, it is the first pass; a
/// stamp in an hour that is skipped is the instant of the jump. Both are flagged in the record.
final class LocalClock {

    /// The stamp is of a repeated hour and nothing tells the pass; the first was taken.
    static final String AMBIGUOUS = "TIME_AMBIGUOUS";

    /// The stamp is of an hour that the zone skips; the instant of the jump was taken.
    static final String SKIPPED = "TIME_SKIPPED";

    /// A clock that the record holds contradicts the stamp; the stamp was taken.
    static final String SUSPECT = "CLOCK_SUSPECT";

    private static final long TOLERANCE_MS = 60_000;
    private static final long HALF_HOUR_MS = 1_800_000;
    private static final long ROUNDING_MS = 2_000;

    private final ZoneId zone;

    LocalClock(ZoneId zone) {
        this.zone = zone;
    }

    /// The instant of a stamp.
    ///
    /// @param near an instant at which, or soon after which, it was written; null if there is none
    long instant(CdrRecord.Builder record, LocalDateTime local, @Nullable Instant near) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.size() == 1) {
            return local.toInstant(offsets.getFirst()).toEpochMilli();
        }
        Instant first = WallClock.instant(local, zone);
        if (offsets.isEmpty()) {
            record.anomaly(SKIPPED);
            return first.toEpochMilli();
        }
        Instant second = local.toInstant(offsets.getLast());
        long between = Duration.between(first, second).toMillis();
        if (near != null) {
            long toFirst = Math.abs(Duration.between(near, first).toMillis());
            long toSecond = Math.abs(Duration.between(near, second).toMillis());
            if (Math.min(toFirst, toSecond) < between / 2) {
                return (toSecond < toFirst ? second : first).toEpochMilli();
            }
        }
        record.anomaly(AMBIGUOUS);
        return first.toEpochMilli();
    }

    /// The instant of a stamp of a repeated hour that the later stamp of the same record and the
    /// time between them reveal; null when they fit none of its passes, or both.
    ///
    /// @param end gives the later stamp; asked only where it matters
    @Nullable Instant revealed(
            @Nullable LocalDateTime start,
            Supplier<@Nullable LocalDateTime> end,
            @Nullable Long betweenMs) {
        boolean isRepeated = start != null && zone.getRules().getValidOffsets(start).size() > 1;
        LocalDateTime later = isRepeated && betweenMs != null ? end.get() : null;
        if (start == null || later == null || betweenMs == null) {
            return null;
        }
        Instant revealed = null;
        for (ZoneOffset ofStart : zone.getRules().getValidOffsets(start)) {
            for (ZoneOffset ofEnd : zone.getRules().getValidOffsets(later)) {
                Instant from = start.toInstant(ofStart);
                long span = Duration.between(from, later.toInstant(ofEnd)).toMillis();
                if (Math.abs(span - betweenMs) <= ROUNDING_MS) {
                    if (revealed != null && !revealed.equals(from)) {
                        return null;
                    }
                    revealed = from;
                }
            }
        }
        return revealed;
    }

    /// Flags a stamp that is not what the clock in the record's identifier says.
    static void compare(CdrRecord.Builder record, long stampMs, Instant clock) {
        if (Math.abs(stampMs - clock.toEpochMilli()) > TOLERANCE_MS) {
            record.anomaly(SUSPECT);
        }
    }

    /// Flags a stamp that the clock in the record's identifier rules out, where the identifier may
    /// be older than the stamp: a stamp before it, or half hours behind it, as on the clock of
    /// another zone.
    static void compareLater(CdrRecord.Builder record, long stampMs, Instant clock) {
        long later = stampMs - clock.toEpochMilli();
        long beside = Math.floorMod(later + HALF_HOUR_MS / 2, HALF_HOUR_MS) - HALF_HOUR_MS / 2;
        boolean isOfAnotherZone = later > HALF_HOUR_MS / 2 && Math.abs(beside) <= TOLERANCE_MS / 10;
        if (later < -TOLERANCE_MS || isOfAnotherZone) {
            record.anomaly(SUSPECT);
        }
    }
}
