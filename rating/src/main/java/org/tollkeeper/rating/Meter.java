package org.tollkeeper.rating;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.DurationRounding;

/// Turns talk into billed seconds: milliseconds to whole seconds, a first block and blocks after
/// it, and the cuts where a time band ends.
final class Meter {

    private Meter() {}

    /// A stretch of billed seconds under one ladder.
    record Run(Ladder ladder, long actualSeconds, long billedSeconds) {}

    /// Whole seconds of talk.
    static long seconds(long durationMs, DurationRounding rounding) {
        return switch (rounding) {
            case UP -> Math.ceilDiv(durationMs, 1000L);
            case HALF_UP -> Math.floorDiv(durationMs + 500, 1000L);
            case DOWN -> Math.floorDiv(durationMs, 1000L);
        };
    }

    /// The first block, and as many blocks after it as the rest of the talk begins.
    static long billedSeconds(long seconds, DeckRow row) {
        long rest = Math.max(0, seconds - row.minimumSeconds());
        return row.minimumSeconds()
                + Math.ceilDiv(rest, (long) row.incrementSeconds()) * row.incrementSeconds();
    }

    /// The runs of a call of at least one second, in order; null when no row prices one of its
    /// hours.
    static @Nullable List<Run> runs(Tariff tariff, Instant connectAt, long seconds) {
        return switch (tariff.agreement().bands()) {
            case BY_START -> List.of(whole(tariff.connectLadder(), seconds));
            case SPLIT_CARRY -> carried(tariff, connectAt, seconds);
            case SPLIT_ROUNDED -> rounded(tariff, connectAt, seconds);
        };
    }

    private static Run whole(Ladder ladder, long seconds) {
        return new Run(ladder, seconds, billedSeconds(seconds, ladder.first()));
    }

    /// [BandPolicy#SPLIT_ROUNDED]: each run of seconds that begin under one ladder is metered by
    /// itself.
    private static @Nullable List<Run> rounded(Tariff tariff, Instant connectAt, long seconds) {
        List<Run> runs = new ArrayList<>();
        Ladder current = tariff.connectLadder();
        long from = 0;
        long at = 0;
        while (at < seconds) {
            @Nullable Ladder ladder = tariff.ladderAt(connectAt.plusSeconds(at));
            if (ladder == null) {
                return null;
            }
            if (!ladder.equals(current)) {
                runs.add(whole(current, at - from));
                current = ladder;
                from = at;
            }
            at = Math.min(seconds, steadyUntil(tariff, connectAt, at));
        }
        runs.add(whole(current, seconds - from));
        return runs;
    }

    /// [BandPolicy#SPLIT_CARRY]: a block once begun is finished at its own price, and the next one
    /// begins where it ends.
    private static @Nullable List<Run> carried(Tariff tariff, Instant connectAt, long seconds) {
        List<Run> runs = new ArrayList<>();
        Ladder current = tariff.connectLadder();
        long from = 0;
        long at = current.first().minimumSeconds();
        while (at < seconds) {
            @Nullable Ladder ladder = tariff.ladderAt(connectAt.plusSeconds(at));
            if (ladder == null) {
                return null;
            }
            if (!ladder.equals(current)) {
                runs.add(new Run(current, at - from, at - from));
                current = ladder;
                from = at;
            }
            long until = Math.min(seconds, steadyUntil(tariff, connectAt, at));
            long increment = ladder.first().incrementSeconds();
            at += Math.ceilDiv(until - at, increment) * increment;
        }
        runs.add(new Run(current, Math.min(seconds, at) - from, at - from));
        return runs;
    }

    /// The first second of the call, after `at`, that begins when the band may have changed.
    private static long steadyUntil(Tariff tariff, Instant connectAt, long at) {
        Instant until = tariff.list().clock().steadyUntil(connectAt.plusSeconds(at));
        return Math.ceilDiv(Duration.between(connectAt, until).toMillis(), 1000L);
    }
}
