package org.tollkeeper.mediation;

import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.SuspenseReason;

/// The instants of a call and its conversation, once they fit together.
///
/// @param connectMs null = unanswered
/// @param durationMs of the conversation; 0 when unanswered
public record CallTimes(
        long setupMs, @Nullable Long connectMs, @Nullable Long releaseMs, long durationMs) {

    /// How far a duration may be from release − connect and still agree with it.
    static final long AGREE_MS = 1_000;

    /// 2000-01-01T00:00Z: no call is older.
    static final long EARLIEST_MS = 946_684_800_000L;

    /// How far ahead of the moment of mediation a clock may be.
    static final long AHEAD_MS = 86_400_000;

    /// What the times of a record come to: times, or the first fault of them.
    ///
    /// @param cureMs for a fault that time cures: the moment from which it is none
    record Outcome(
            @Nullable CallTimes times, @Nullable SuspenseReason fault, @Nullable Long cureMs) {

        private static Outcome fault(SuspenseReason fault) {
            return new Outcome(null, fault, null);
        }
    }

    /// Completes the times of a whole call or of a part of one, or finds their first fault.
    static Outcome complete(
            long setupMs,
            @Nullable Long connectMs,
            @Nullable Long releaseMs,
            @Nullable Long durationMs,
            long nowMs) {
        Long connect = connectMs;
        Long release = releaseMs;
        if (connect == null && durationMs != null && durationMs > 0) {
            if (release == null) {
                return Outcome.fault(SuspenseReason.BAD_TIME);
            }
            connect = release - durationMs;
        } else if (connect != null && release == null) {
            if (durationMs == null) {
                return Outcome.fault(SuspenseReason.BAD_TIME);
            }
            release = connect + durationMs;
        }
        Outcome range = range(setupMs, connect, release, nowMs);
        if (range != null) {
            return range;
        }
        if (durationMs != null && durationMs < 0) {
            return Outcome.fault(SuspenseReason.NEGATIVE_DURATION);
        }
        if (connect == null || release == null) {
            return new Outcome(new CallTimes(setupMs, null, release, 0), null, null);
        }
        long span = release - connect;
        if (span < 0) {
            return Outcome.fault(SuspenseReason.NEGATIVE_DURATION);
        }
        if (durationMs != null && Math.abs(durationMs - span) > AGREE_MS) {
            return Outcome.fault(SuspenseReason.DURATION_CONFLICT);
        }
        long duration = durationMs == null ? span : durationMs;
        return new Outcome(new CallTimes(setupMs, connect, release, duration), null, null);
    }

    /// The times of a record that says only some of a call's times, as they stand.
    static Outcome some(
            long ownMs,
            @Nullable Long connectMs,
            @Nullable Long releaseMs,
            @Nullable Long durationMs,
            long nowMs) {
        Outcome range =
                range(Math.min(ownMs, least(connectMs, ownMs)), connectMs, releaseMs, nowMs);
        if (range != null) {
            return range;
        }
        if (durationMs != null && durationMs < 0) {
            return Outcome.fault(SuspenseReason.NEGATIVE_DURATION);
        }
        return new Outcome(
                new CallTimes(ownMs, connectMs, releaseMs, durationMs == null ? 0 : durationMs),
                null,
                null);
    }

    private static long least(@Nullable Long time, long other) {
        return time == null ? other : time;
    }

    private static @Nullable Outcome range(
            long setup, @Nullable Long connect, @Nullable Long release, long nowMs) {
        boolean early =
                setup < EARLIEST_MS
                        || (connect != null && (connect < EARLIEST_MS || connect < setup))
                        || (release != null && release < EARLIEST_MS);
        if (early) {
            return Outcome.fault(SuspenseReason.BAD_TIME);
        }
        long latest = setup;
        latest = connect == null ? latest : Math.max(latest, connect);
        latest = release == null ? latest : Math.max(latest, release);
        return latest - nowMs > AHEAD_MS
                ? new Outcome(null, SuspenseReason.BAD_TIME, latest - AHEAD_MS)
                : null;
    }
}
