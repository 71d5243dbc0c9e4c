package org.tollkeeper.invoicing;

import java.util.Currency;
import java.util.List;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Money;
import org.tollkeeper.model.Side;

/// What an agreement's traffic of one period came to, on both sides, as settlement left it.
///
/// @param id of the stored statement
/// @param chargeDecimals decimals of traffic amounts
/// @param lines in their order: traffic, commitment, total, net
public record AccountStatement(
        int id,
        String agreement,
        BillingPeriod period,
        Currency currency,
        int chargeDecimals,
        List<StatementLine> lines) {

    /// The lines that a document of `side` is made of.
    public List<StatementLine> documentLines(Side side) {
        return lines.stream()
                .filter(line -> line.side() == side)
                .filter(line ->
                        line.kind() == LineKind.TRAFFIC || line.kind() == LineKind.COMMITMENT)
                .toList();
    }

    /// What `side` comes to: on the sell side the carrier owes it to us, on the buy side we to it.
    public Money due(Side side) {
        Money due = Money.zero(currency);
        for (StatementLine line : documentLines(side)) {
            due = due.plus(line.due());
        }
        return due;
    }

    /// Actual or billed seconds of a side's traffic.
    public long trafficSeconds(Side side, boolean billed) {
        long seconds = 0;
        for (StatementLine line : lines) {
            Long counted = billed ? line.billedSeconds() : line.actualSeconds();
            if (line.kind() == LineKind.TRAFFIC && line.side() == side && counted != null) {
                seconds = Math.addExact(seconds, counted);
            }
        }
        return seconds;
    }
}
