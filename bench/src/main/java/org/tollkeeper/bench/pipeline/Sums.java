package org.tollkeeper.bench.pipeline;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/// What must come out the same whoever computes it.
///
/// @param money by currency
record Sums(long callCount, long talkMs, Map<String, Money> money) {

    Sums {
        money = Map.copyOf(new TreeMap<>(money));
    }

    /// The charges of all currencies.
    long chargeCount() {
        return money.values().stream().mapToLong(Money::chargeCount).sum();
    }

    /// The charges of one currency.
    record Money(long chargeCount, long billedSeconds, BigInteger nanos) {
        static final Money NONE = new Money(0, 0, BigInteger.ZERO);

        Money plus(long billed, long amountNanos) {
            return new Money(
                    chargeCount + 1,
                    billedSeconds + billed,
                    nanos.add(BigInteger.valueOf(amountNanos)));
        }
    }
}
