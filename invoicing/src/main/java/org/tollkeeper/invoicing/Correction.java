package org.tollkeeper.invoicing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Money;

/// How one line of an issued document would have to change, since the charges of its period did.
///
/// @param line of the document; 0 = a line it does not have
/// @param described the line as it stands now, or stood
/// @param from billed so far
/// @param to what should have been billed
/// @param callCount calls not billed so far; negative: billed too many
/// @param billedSeconds the same of seconds
public record Correction(
        int line,
        DocumentLine described,
        Money from,
        Money to,
        long callCount,
        long billedSeconds) {

    /// Positive: the carrier owes more.
    public Money difference() {
        return to.minus(from);
    }

    /// What has to change between the lines billed for a period and the lines of its statement now.
    /// Lines that differ in counts alone need no correction.
    ///
    /// @param billed every line issued for the period, the original document's first
    public static List<Correction> between(List<DocumentLine> billed, List<DocumentLine> now) {
        Map<DocumentLine.Key, Sum> before = sums(billed);
        Map<DocumentLine.Key, Sum> after = sums(now);
        List<Correction> corrections = new ArrayList<>();
        after.forEach((key, sum) -> add(corrections, before.get(key), sum));
        before.forEach((key, sum) -> {
            if (!after.containsKey(key)) {
                add(corrections, sum, null);
            }
        });
        return corrections;
    }

    private static void add(
            List<Correction> corrections, @Nullable Sum before, @Nullable Sum after) {
        Sum one = after != null ? after : before;
        if (one == null) {
            return;
        }
        Money zero = Money.zero(one.amount.currency());
        Money from = before == null ? zero : before.amount;
        Money to = after == null ? zero : after.amount;
        if (!from.equals(to)) {
            corrections.add(
                    new Correction(
                            before == null ? 0 : before.number,
                            one.first,
                            from,
                            to,
                            (after == null ? 0 : after.callCount)
                                    - (before == null ? 0 : before.callCount),
                            (after == null ? 0 : after.billedSeconds)
                                    - (before == null ? 0 : before.billedSeconds)));
        }
    }

    private static Map<DocumentLine.Key, Sum> sums(List<DocumentLine> lines) {
        Map<DocumentLine.Key, Sum> sums = new LinkedHashMap<>();
        for (DocumentLine line : lines) {
            sums.merge(line.key(), Sum.of(line), Sum::plus);
        }
        return sums;
    }

    /// This correction as a line of the next invoice, which names the period it belongs to.
    public DocumentLine late(BillingPeriod period) {
        return new DocumentLine(
                0,
                "%s, late usage of %s to %s"
                        .formatted(described.description(), period.from(), period.lastDay()),
                described.destination(),
                described.rate(),
                described.band(),
                described.tierFrom(),
                described.origin(),
                described.jurisdiction(),
                callCount,
                billedSeconds,
                difference(),
                period);
    }

    /// The lines that are the same line, added up.
    ///
    /// @param number of the first one on its document; 0 when it came late, on another document
    private record Sum(
            int number, DocumentLine first, Money amount, long callCount, long billedSeconds) {

        static Sum of(DocumentLine line) {
            return new Sum(
                    line.usage() == null ? line.number() : 0,
                    line,
                    line.amount(),
                    line.callCount(),
                    line.billedSeconds());
        }

        Sum plus(Sum other) {
            return new Sum(
                    number,
                    first,
                    amount.plus(other.amount),
                    callCount + other.callCount,
                    billedSeconds + other.billedSeconds);
        }
    }
}
