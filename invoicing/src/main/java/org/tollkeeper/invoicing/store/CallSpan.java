package org.tollkeeper.invoicing.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.WallClock;

/// The instants of a period, and the UTC days they lie on.
///
/// @param end exclusive
/// @param lastDay inclusive
record CallSpan(Instant from, Instant end, LocalDate firstDay, LocalDate lastDay) {

    static CallSpan of(BillingPeriod period, ZoneId zone) {
        Instant from = WallClock.instant(period.from().atStartOfDay(), zone);
        Instant end = WallClock.instant(period.end().atStartOfDay(), zone);
        return new CallSpan(
                from,
                end,
                LocalDate.ofInstant(from, ZoneOffset.UTC),
                LocalDate.ofInstant(end.minusMillis(1), ZoneOffset.UTC));
    }
}
