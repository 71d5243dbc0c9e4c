package org.tollkeeper.invoicing.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// The ratios of telephony, as decimals with two digits; null where there is nothing to divide by.
final class Ratio {

    private static final int DECIMALS = 2;
    private static final BigDecimal MILLIS_PER_MINUTE = BigDecimal.valueOf(60_000);

    private Ratio() {}

    static @Nullable BigDecimal percent(BigDecimal part, BigDecimal whole) {
        return of(part.movePointRight(2), whole);
    }

    static @Nullable BigDecimal percent(long part, long whole) {
        return percent(BigDecimal.valueOf(part), BigDecimal.valueOf(whole));
    }

    static @Nullable BigDecimal of(BigDecimal sum, BigDecimal count) {
        return count.signum() == 0 ? null : sum.divide(count, DECIMALS, RoundingMode.HALF_UP);
    }

    static @Nullable BigDecimal of(long sum, long count) {
        return of(BigDecimal.valueOf(sum), BigDecimal.valueOf(count));
    }

    /// Average seconds of `count` calls of so many milliseconds.
    static @Nullable BigDecimal secondsEach(long millis, long count) {
        return of(BigDecimal.valueOf(millis, 3), BigDecimal.valueOf(count));
    }

    static BigDecimal minutes(long millis) {
        return BigDecimal.valueOf(millis).divide(MILLIS_PER_MINUTE, DECIMALS, RoundingMode.HALF_UP);
    }

    static String text(@Nullable BigDecimal ratio) {
        return ratio == null ? "" : ratio.toPlainString();
    }
}
