package org.tollkeeper.settlement;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Measure;
import org.tollkeeper.model.Settlement.Imbalance;
import org.tollkeeper.model.Side;

/// The two directions of a period beside each other, in exact seconds.
record Balance(long sellSeconds, long buySeconds) {

    private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);

    static Balance of(PeriodTraffic traffic, Measure measure) {
        return new Balance(
                traffic.total(Side.SELL).seconds(measure),
                traffic.total(Side.BUY).seconds(measure));
    }

    long seconds(Side side) {
        return switch (side) {
            case SELL -> sellSeconds;
            case BUY -> buySeconds;
        };
    }

    private long heavierSeconds() {
        return Math.max(sellSeconds, buySeconds);
    }

    private long lighterSeconds() {
        return Math.min(sellSeconds, buySeconds);
    }

    /// The side that is more than `ratio` times as heavy as the other; null at exactly the ratio
    /// and below. Without traffic no side is.
    @Nullable Side exceeding(BigDecimal ratio) {
        if (overRatio(ratio).signum() <= 0) {
            return null;
        }
        return sellSeconds > buySeconds ? Side.SELL : Side.BUY;
    }

    /// The heavier volume less `ratio` times the lighter.
    private BigDecimal overRatio(BigDecimal ratio) {
        return BigDecimal.valueOf(heavierSeconds())
                .subtract(ratio.multiply(BigDecimal.valueOf(lighterSeconds())));
    }

    boolean reaches(BigDecimal minimumMinutes) {
        return BigDecimal.valueOf(heavierSeconds())
                        .compareTo(minimumMinutes.multiply(SECONDS_PER_MINUTE))
                >= 0;
    }

    /// The seconds of a side that are charged once `heavier` exceeds the ratio.
    BigDecimal chargedSeconds(Side side, Side heavier, Imbalance terms) {
        return switch (terms.excess()) {
            case OVER_RATIO -> side == heavier ? overRatio(terms.ratio()) : BigDecimal.ZERO;
            case OVER_BALANCE ->
                    side == heavier
                            ? BigDecimal.valueOf(heavierSeconds() - lighterSeconds())
                            : BigDecimal.ZERO;
            case ALL_TRAFFIC -> BigDecimal.valueOf(seconds(side));
        };
    }
}
