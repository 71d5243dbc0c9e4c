package org.tollkeeper.invoicing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Side;

/// The document a side of a statement calls for: a draft invoice for what the carrier owes us, an
/// expected vendor invoice for what we owe it, none when nothing is due.
public final class Drafts {

    private Drafts() {}

    /// The document of one side, with `late` lines of earlier periods after its own.
    ///
    /// @return null when nothing is due on it
    public static @Nullable Document ofSide(
            AccountStatement statement, Agreement agreement, Side side, List<DocumentLine> late) {
        List<DocumentLine> lines = lines(statement, side);
        for (DocumentLine line : late) {
            lines.add(numbered(line, lines.size() + 1));
        }
        BillingPeriod period = statement.period();
        LocalDate date = period.end();
        boolean ours = side == Side.SELL;
        Document document =
                new Document(
                        ours
                                ? DocumentNumber.draft(agreement.id(), period.from())
                                : DocumentNumber.expected(agreement.id(), period.from()),
                        ours ? DocumentKind.INVOICE : DocumentKind.EXPECTED,
                        ours ? DocumentStatus.DRAFT : DocumentStatus.EXPECTED,
                        agreement.carrier(),
                        agreement.id(),
                        side,
                        period,
                        statement.currency(),
                        date,
                        date.plusDays(agreement.dueDays()),
                        agreement.tax(),
                        List.copyOf(lines));
        return document.net().isZero() ? null : document;
    }

    /// The lines of a side as a document numbers and describes them.
    public static List<DocumentLine> lines(AccountStatement statement, Side side) {
        List<DocumentLine> lines = new ArrayList<>();
        for (StatementLine line : statement.documentLines(side)) {
            lines.add(
                    new DocumentLine(
                            lines.size() + 1,
                            description(line),
                            line.destination(),
                            Objects.requireNonNullElse(line.rate(), BigDecimal.ZERO),
                            line.band(),
                            line.kind() == LineKind.COMMITMENT ? null : line.tierFrom(),
                            line.origin(),
                            line.jurisdiction(),
                            Objects.requireNonNullElse(line.callCount(), 0L),
                            Objects.requireNonNullElse(line.billedSeconds(), 0L),
                            line.due(),
                            null));
        }
        return lines;
    }

    private static String description(StatementLine line) {
        if (line.kind() != LineKind.COMMITMENT) {
            return line.destination();
        }
        return line.destination().isEmpty()
                ? "Commitment shortfall"
                : "Commitment shortfall " + line.destination();
    }

    private static DocumentLine numbered(DocumentLine line, int number) {
        return new DocumentLine(
                number,
                line.description(),
                line.destination(),
                line.rate(),
                line.band(),
                line.tierFrom(),
                line.origin(),
                line.jurisdiction(),
                line.callCount(),
                line.billedSeconds(),
                line.amount(),
                line.usage());
    }
}
