package org.tollkeeper.settlement;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Cycle;

/// Which billing periods an operator means, across agreements of every cycle:
///
/// | written | names the periods |
/// |---|---|
/// | `2024-06` | that end in June 2024: the month, both its halves, the weeks ending in it |
/// | `2024-06-H1`, `2024-06-H2` | that end in the days 1 to 15, or from 16 on |
/// | `2024-W23` | that end in that ISO week (Monday to Sunday) |
/// | `2024-06-10` | that hold that day |
///
/// Periods cut by the dates of their agreement are named by the day on which they really end.
public sealed interface PeriodName {

    boolean names(BillingPeriod period);

    /// The periods whose last day is in `span`.
    record Ending(BillingPeriod span) implements PeriodName {
        @Override
        public boolean names(BillingPeriod period) {
            return span.holds(period.lastDay());
        }
    }

    /// The periods that hold `day`.
    record Holding(LocalDate day) implements PeriodName {
        @Override
        public boolean names(BillingPeriod period) {
            return period.holds(day);
        }
    }

    /// Reads a name.
    ///
    /// @throws IllegalArgumentException that says what was found and what was expected
    static PeriodName parse(String text) {
        try {
            Matcher name = Names.PATTERN.matcher(text);
            if (name.matches()) {
                return parse(name);
            }
        } catch (DateTimeException e) {
            throw refused(text, e);
        }
        throw refused(text, null);
    }

    private static PeriodName parse(Matcher name) {
        if (name.group("week") != null) {
            LocalDate monday =
                    LocalDate.parse(name.group() + "-1", DateTimeFormatter.ISO_WEEK_DATE);
            return new Ending(BillingPeriod.holding(monday, Cycle.WEEKLY));
        }
        if (name.group("day") != null) {
            return new Holding(LocalDate.parse(name.group()));
        }
        LocalDate first = YearMonth.parse(name.group("month")).atDay(1);
        String half = name.group("half");
        if (half == null) {
            return new Ending(BillingPeriod.holding(first, Cycle.MONTHLY));
        }
        LocalDate inHalf = half.equals("1") ? first : first.withDayOfMonth(16);
        return new Ending(BillingPeriod.holding(inHalf, Cycle.HALF_MONTHLY));
    }

    private static IllegalArgumentException refused(
            String text, @org.jspecify.annotations.Nullable Throwable cause) {
        return new IllegalArgumentException(
                ("no period is called '%s'; expected a month (2024-06), a half (2024-06-H1),"
                                + " an ISO week (2024-W23) or a day (2024-06-10)")
                        .formatted(text),
                cause);
    }

    /// Holder of the pattern, which an interface could only keep in the open.
    final class Names {
        private static final Pattern PATTERN =
                Pattern.compile(
                        "\\d{4}-(?<week>W\\d{2})"
                                + "|(?<month>\\d{4}-\\d{2})(-H(?<half>[12])|(?<day>-\\d{2}))?");

        private Names() {}
    }
}
