package org.tollkeeper.invoicing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.tollkeeper.model.Money;

/// Traffic of one destination in a period, as one of two carriers counts it.
///
/// @param seconds billed, exact: a vendor's decimal minutes times 60
public record Volume(String destination, long callCount, BigDecimal seconds, Money amount) {

    private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);

    public static Volume ofMinutes(
            String destination, long callCount, BigDecimal minutes, Money amount) {
        return new Volume(destination, callCount, minutes.multiply(SECONDS_PER_MINUTE), amount);
    }

    public Volume plus(Volume other) {
        return new Volume(
                destination,
                Math.addExact(callCount, other.callCount),
                seconds.add(other.seconds),
                amount.plus(other.amount));
    }

    /// Minutes with `decimals`, rounded half-up, for the eye.
    public BigDecimal minutes(int decimals) {
        return seconds.divide(SECONDS_PER_MINUTE, decimals, RoundingMode.HALF_UP);
    }
}
