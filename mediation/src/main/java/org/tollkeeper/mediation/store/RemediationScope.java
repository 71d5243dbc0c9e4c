package org.tollkeeper.mediation.store;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Which calls a remediation may change.
///
/// @param from first UTC day of setup
/// @param to the last, inclusive
/// @param switchId only calls of this switch; null = of all
/// @param carrier only calls that are this carrier's before or after; null = all
public record RemediationScope(
        LocalDate from, LocalDate to, @Nullable String switchId, @Nullable String carrier) {

    private static final long DAY_MS = 86_400_000;

    public RemediationScope {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException(from + " is after " + to);
        }
    }

    long fromMs() {
        return from.toEpochDay() * DAY_MS;
    }

    /// Exclusive.
    long endMs() {
        return (to.toEpochDay() + 1) * DAY_MS;
    }

    boolean holds(long ms) {
        return ms >= fromMs() && ms < endMs();
    }
}
