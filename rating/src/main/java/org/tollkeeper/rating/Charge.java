package org.tollkeeper.rating;

import java.math.BigDecimal;
import java.util.List;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.DeckRow;

/// The price of one side of a call.
///
/// @param parts in the order of the talk, at least one; more where bands or tiers cut the call.
///   Their seconds and amounts add up to the call's
/// @param actualSeconds whole seconds of talk, before first block and increments
/// @param amount rounded once, with the agreement's decimals
public record Charge(
        Agreement agreement,
        List<Part> parts,
        int actualSeconds,
        int billedSeconds,
        BigDecimal amount)
        implements Outcome {

    /// A run of billed seconds priced by one deck row. The setup fee is in the first part.
    ///
    /// @param amount rounded, except that the first part's is the whole less the others
    public record Part(DeckRow row, int actualSeconds, int billedSeconds, BigDecimal amount) {}

    /// What exports and the call's line show: code, rate, band and tier of the first part.
    public DeckRow firstRow() {
        return parts.getFirst().row();
    }

    /// The amount in 10^-9 of the agreement's currency.
    public long nanos() {
        return nanos(amount);
    }

    /// An amount in 10^-9 of its currency.
    ///
    /// @throws ArithmeticException beyond the range of a `long`
    public static long nanos(BigDecimal amount) {
        return amount.movePointRight(9).longValueExact();
    }
}
