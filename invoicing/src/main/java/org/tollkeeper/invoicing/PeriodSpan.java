package org.tollkeeper.invoicing;

import java.time.LocalDate;
import org.tollkeeper.model.BillingPeriod;

/// Which billing periods are meant: those whose last day is from the first to the last of two days,
/// both inclusive.
public record PeriodSpan(LocalDate first, LocalDate last) {

    private static final LocalDate EVER = LocalDate.of(1900, 1, 1);

    /// Every period that ended on or before a day.
    public static PeriodSpan through(LocalDate day) {
        return new PeriodSpan(EVER, day);
    }

    public boolean holds(BillingPeriod period) {
        LocalDate lastDay = period.lastDay();
        return !lastDay.isBefore(first) && !lastDay.isAfter(last);
    }
}
