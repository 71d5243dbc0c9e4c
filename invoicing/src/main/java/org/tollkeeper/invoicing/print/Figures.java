package org.tollkeeper.invoicing.print;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.invoicing.Thousands;
import org.tollkeeper.model.Money;

/// How figures and dates read on paper: grouped by thousands, unlike in any file.
final class Figures {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);
    private static final int MINUTE_DECIMALS = 2;

    private Figures() {}

    static String money(Money money) {
        return decimal(money.amount());
    }

    static String count(long count) {
        return Thousands.of(count);
    }

    /// All its decimals.
    static String decimal(BigDecimal number) {
        return Thousands.of(number);
    }

    static String minutes(long seconds) {
        return decimal(
                BigDecimal.valueOf(seconds)
                        .divide(SECONDS_PER_MINUTE, MINUTE_DECIMALS, RoundingMode.HALF_UP));
    }

    static String countOf(@Nullable Long count) {
        return count == null ? "" : count(count);
    }

    static String minutesOf(@Nullable Long seconds) {
        return seconds == null ? "" : minutes(seconds);
    }

    static String day(LocalDate day) {
        return DAY.format(day);
    }
}
