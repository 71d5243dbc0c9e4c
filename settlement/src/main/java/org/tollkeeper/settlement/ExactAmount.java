package org.tollkeeper.settlement;

import java.math.BigDecimal;
import java.util.Currency;
import org.tollkeeper.model.Money;

/// An amount of a currency as a fraction, so that nothing is rounded before it becomes [Money].
///
/// @param divisor above 0
record ExactAmount(BigDecimal dividend, BigDecimal divisor) {

    static final ExactAmount ZERO = of(BigDecimal.ZERO);

    private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);

    static ExactAmount of(BigDecimal amount) {
        return new ExactAmount(amount, BigDecimal.ONE);
    }

    /// So many seconds at a price per minute.
    static ExactAmount ofSeconds(BigDecimal seconds, BigDecimal pricePerMinute) {
        return new ExactAmount(seconds.multiply(pricePerMinute), SECONDS_PER_MINUTE);
    }

    Money settle(Currency currency) {
        return Money.settle(dividend, divisor, currency);
    }
}
