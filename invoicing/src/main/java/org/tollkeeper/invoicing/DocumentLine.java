package org.tollkeeper.invoicing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Jurisdiction;
import org.tollkeeper.model.Money;

/// One line of a [Document].
///
/// @param number from 1
/// @param rate per minute, as printed; of a shortfall, per minute short
/// @param tierFrom minutes, as printed; null on a shortfall
/// @param usage the earlier period a late line belongs to; null: the document's own
public record DocumentLine(
        int number,
        String description,
        String destination,
        BigDecimal rate,
        String band,
        @Nullable BigDecimal tierFrom,
        String origin,
        @Nullable Jurisdiction jurisdiction,
        long callCount,
        long billedSeconds,
        Money amount,
        @Nullable BillingPeriod usage) {

    /// What makes two lines the same line: everything but numbers counted and owed.
    ///
    /// @param rate by value
    /// @param tierFrom by value; null on a shortfall
    public record Key(
            String destination,
            BigDecimal rate,
            String band,
            @Nullable BigDecimal tierFrom,
            String origin,
            @Nullable Jurisdiction jurisdiction) {}

    public Key key() {
        return new Key(
                destination,
                rate.stripTrailingZeros(),
                band,
                tierFrom == null ? null : tierFrom.stripTrailingZeros(),
                origin,
                jurisdiction);
    }
}
