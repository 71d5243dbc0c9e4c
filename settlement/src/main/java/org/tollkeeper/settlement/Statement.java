package org.tollkeeper.settlement;

import java.util.ArrayList;
import java.util.List;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Side;

/// What the traffic of one agreement and period comes to, line by line, for both sides.
///
/// @param lines traffic, commitments, two totals, and a net where the agreement nets; the totals
///   are the sums of their side
public record Statement(Agreement agreement, BillingPeriod period, List<StatementLine> lines) {

    public Statement {
        lines = List.copyOf(lines);
        for (Side side : Side.values()) {
            StatementLine.Total sum = StatementLine.Total.of(side, lines, agreement.currency());
            if (!lines.contains(sum)) {
                throw new IllegalArgumentException(
                        "the %s lines of %s from %s come to %s, which no total says"
                                .formatted(side.label(), agreement.id(), period.from(), sum));
            }
        }
    }

    /// The statement of these traffic and commitment lines: closes them with the totals and, where
    /// the agreement nets, the net.
    static Statement closing(Agreement agreement, BillingPeriod period, List<StatementLine> parts) {
        List<StatementLine> lines = new ArrayList<>(parts);
        StatementLine.Total buy = StatementLine.Total.of(Side.BUY, parts, agreement.currency());
        StatementLine.Total sell = StatementLine.Total.of(Side.SELL, parts, agreement.currency());
        lines.add(buy);
        lines.add(sell);
        if (agreement.netting()) {
            lines.add(StatementLine.Net.of(sell.due(), buy.due()));
        }
        return new Statement(agreement, period, lines);
    }

    public StatementLine.Total total(Side side) {
        return StatementLine.Total.of(side, lines, agreement.currency());
    }
}
