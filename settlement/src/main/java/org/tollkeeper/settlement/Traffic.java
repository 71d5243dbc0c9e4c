package org.tollkeeper.settlement;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.tollkeeper.model.Measure;

/// Calls with their seconds and charges, summed exactly.
///
/// @param callCount a call cut by bands or tiers counts once, with its first part
/// @param actualSeconds of talk, before minimum and increments
/// @param chargeNanos 10^-9 of the agreement's currency
public record Traffic(
        long callCount, long actualSeconds, long billedSeconds, BigInteger chargeNanos) {

    public static final Traffic NONE = new Traffic(0, 0, 0, BigInteger.ZERO);

    private static final int NANO_DECIMALS = 9;

    public Traffic {
        if (callCount < 0 || actualSeconds < 0 || billedSeconds < 0 || chargeNanos.signum() < 0) {
            throw new IllegalArgumentException(
                    "traffic below 0: %d calls, %d s actual, %d s billed, %s nanos"
                            .formatted(callCount, actualSeconds, billedSeconds, chargeNanos));
        }
    }

    public Traffic plus(Traffic other) {
        return new Traffic(
                Math.addExact(callCount, other.callCount),
                Math.addExact(actualSeconds, other.actualSeconds),
                Math.addExact(billedSeconds, other.billedSeconds),
                chargeNanos.add(other.chargeNanos));
    }

    public long seconds(Measure measure) {
        return switch (measure) {
            case BILLED -> billedSeconds;
            case ACTUAL -> actualSeconds;
        };
    }

    /// The charges as an amount of the currency.
    public BigDecimal charges() {
        return new BigDecimal(chargeNanos, NANO_DECIMALS);
    }
}
