package org.tollkeeper.invoicing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Money;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.Tax;

/// What a carrier owes us for a period, or we expect to be asked for: lines, tax and dates.
///
/// @param number `PREFIX-YYYY-NNNNNN` once issued, else the name of the draft
/// @param date of the document; payment is due at `dueDate`
public record Document(
        String number,
        DocumentKind kind,
        DocumentStatus status,
        String carrier,
        String agreement,
        Side side,
        BillingPeriod period,
        Currency currency,
        LocalDate date,
        LocalDate dueDate,
        Tax tax,
        List<DocumentLine> lines) {

    /// The sum of the lines.
    public Money net() {
        Money net = Money.zero(currency);
        for (DocumentLine line : lines) {
            net = net.plus(line.amount());
        }
        return net;
    }

    /// The tax on the net: once, on the sum.
    public Money taxAmount() {
        return taxOn(net(), tax.percent());
    }

    public Money gross() {
        return net().plus(taxAmount());
    }

    /// `percent` of a net amount, rounded half-up to the minor unit.
    public static Money taxOn(Money net, BigDecimal percent) {
        return Money.settle(net.amount().multiply(percent).movePointLeft(2), net.currency());
    }

    /// This draft as it is once issued: numbered, dated, due from its date.
    public Document issued(String number, LocalDate date, int dueDays) {
        return new Document(
                number,
                kind,
                DocumentStatus.ISSUED,
                carrier,
                agreement,
                side,
                period,
                currency,
                date,
                date.plusDays(dueDays),
                tax,
                lines);
    }
}
