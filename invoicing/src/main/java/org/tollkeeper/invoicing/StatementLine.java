package org.tollkeeper.invoicing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Jurisdiction;
import org.tollkeeper.model.Money;
import org.tollkeeper.model.Side;

/// One line of an [AccountStatement]. Texts that a line does not have are empty, numbers null.
///
/// @param side null on a net line when nobody owes
/// @param rate per minute, as printed
/// @param tierFrom minutes, as printed
/// @param traffic exact sum of the charges
/// @param due what the line adds to its side's total
public record StatementLine(
        LineKind kind,
        @Nullable Side side,
        String destination,
        @Nullable BigDecimal rate,
        String band,
        @Nullable BigDecimal tierFrom,
        String origin,
        @Nullable Jurisdiction jurisdiction,
        @Nullable Long callCount,
        @Nullable Long actualSeconds,
        @Nullable Long billedSeconds,
        @Nullable BigDecimal traffic,
        Money due) {}
