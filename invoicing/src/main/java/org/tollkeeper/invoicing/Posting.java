package org.tollkeeper.invoicing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.tollkeeper.model.Money;

/// One side of a booking: an amount on an account, as debit or as credit.
///
/// @param debit zero when `credit` is not
public record Posting(LocalDate day, String account, Money debit, Money credit) {

    /// The postings of a document, which sum to zero: an invoice is owed to us from its date, an
    /// expected one is accrued on the last day of its period.
    public static List<Posting> of(Document document) {
        LocalDate day =
                document.kind() == DocumentKind.EXPECTED
                        ? document.period().lastDay()
                        : document.date();
        String carrier = document.carrier();
        List<Posting> postings = new ArrayList<>();
        if (document.kind() == DocumentKind.EXPECTED) {
            debit(postings, day, "cost:termination:" + carrier, document.net());
            debit(postings, day, "tax:input", document.taxAmount());
            debit(postings, day, "accrued-payable:" + carrier, document.gross().negated());
        } else {
            debit(postings, day, "receivable:" + carrier, document.gross());
            debit(postings, day, "revenue:termination:" + carrier, document.net().negated());
            debit(postings, day, "tax:output", document.taxAmount().negated());
        }
        return postings;
    }

    /// Books a debit, or its opposite as a credit; nothing when it is zero.
    private static void debit(List<Posting> postings, LocalDate day, String account, Money amount) {
        Money zero = Money.zero(amount.currency());
        if (amount.minorUnits() > 0) {
            postings.add(new Posting(day, account, amount, zero));
        } else if (amount.minorUnits() < 0) {
            postings.add(new Posting(day, account, zero, amount.negated()));
        }
    }
}
