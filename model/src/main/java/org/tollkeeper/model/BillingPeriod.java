package org.tollkeeper.model;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A half-open span of local dates of an agreement's billing cycle; the first and the last are cut
/// at the agreement's own dates.
///
/// @param from first day
/// @param end the day after the last
public record BillingPeriod(LocalDate from, LocalDate end) {

    public BillingPeriod {
        if (!from.isBefore(end)) {
            throw new IllegalArgumentException("a period from " + from + " to before " + end);
        }
    }

    /// The uncut period of `cycle` that holds `date`.
    public static BillingPeriod holding(LocalDate date, Cycle cycle) {
        LocalDate first = date.withDayOfMonth(1);
        return switch (cycle) {
            case MONTHLY -> new BillingPeriod(first, first.plusMonths(1));
            case HALF_MONTHLY ->
                    date.getDayOfMonth() <= 15
                            ? new BillingPeriod(first, first.withDayOfMonth(16))
                            : new BillingPeriod(first.withDayOfMonth(16), first.plusMonths(1));
            case WEEKLY -> {
                LocalDate monday = date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield new BillingPeriod(monday, monday.plusWeeks(1));
            }
        };
    }

    /// The periods of an agreement in force from `from` to `to` inclusive (open when null) that
    /// begin on or before `until`, in order, the first and last cut at those dates.
    public static List<BillingPeriod> of(
            Cycle cycle, LocalDate from, @Nullable LocalDate to, LocalDate until) {
        List<BillingPeriod> periods = new ArrayList<>();
        LocalDate day = from;
        while (!day.isAfter(until) && (to == null || !day.isAfter(to))) {
            BillingPeriod whole = holding(day, cycle);
            LocalDate end = to != null && to.isBefore(whole.end()) ? to.plusDays(1) : whole.end();
            periods.add(new BillingPeriod(day, end));
            day = end;
        }
        return periods;
    }

    /// The last day, inclusive, as documents print it.
    public LocalDate lastDay() {
        return end.minusDays(1);
    }

    public long days() {
        return end.toEpochDay() - from.toEpochDay();
    }

    public boolean holds(LocalDate date) {
        return !date.isBefore(from) && date.isBefore(end);
    }
}
