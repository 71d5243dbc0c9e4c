package org.tollkeeper.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/// What is settled: an exact amount in the minor unit of its currency (ISO 4217: JPY 0 decimals,
/// USD 2, KWD 3). [#settle] is the one door through which charges and exact amounts become money.
///
/// @param minorUnits the amount, in the currency's minor unit
public record Money(long minorUnits, Currency currency) implements Comparable<Money> {

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /// Rounds an exact amount half-up to the minor unit.
    public static Money settle(BigDecimal exact, Currency currency) {
        int decimals = currency.getDefaultFractionDigits();
        return new Money(
                exact.setScale(decimals, RoundingMode.HALF_UP).unscaledValue().longValueExact(),
                currency);
    }

    /// Rounds the exact quotient of two amounts half-up to the minor unit, once.
    ///
    /// @param divisor above 0
    public static Money settle(BigDecimal dividend, BigDecimal divisor, Currency currency) {
        int decimals = currency.getDefaultFractionDigits();
        return new Money(
                dividend.divide(divisor, decimals, RoundingMode.HALF_UP)
                        .unscaledValue()
                        .longValueExact(),
                currency);
    }

    public BigDecimal amount() {
        return BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits());
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minorUnits, same(other).minorUnits), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(minorUnits, same(other).minorUnits), currency);
    }

    public Money negated() {
        return new Money(Math.negateExact(minorUnits), currency);
    }

    public boolean isZero() {
        return minorUnits == 0;
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(currency + " and " + other.currency + " do not add");
        }
        return other;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(minorUnits, same(other).minorUnits);
    }

    /// The amount with the currency's decimals, no grouping: `1234.50`.
    @Override
    public String toString() {
        return amount().toPlainString();
    }
}
