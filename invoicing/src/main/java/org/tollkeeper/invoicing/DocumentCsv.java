package org.tollkeeper.invoicing;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Jurisdiction;

/// The CSV files of documents and statements.
public final class DocumentCsv {

    private static final List<String> INDEX =
            List.of(
                    "number",
                    "kind",
                    "carrier",
                    "agreement",
                    "period_from",
                    "period_to",
                    "currency",
                    "net",
                    "tax",
                    "gross",
                    "due",
                    "status");

    private static final List<String> LINES =
            List.of(
                    "line",
                    "description",
                    "destination",
                    "rate",
                    "band",
                    "tier_from",
                    "origin",
                    "jurisdiction",
                    "calls",
                    "billed_seconds",
                    "amount",
                    "currency");

    private static final List<String> STATEMENT =
            List.of(
                    "agreement",
                    "period_from",
                    "period_to",
                    "line",
                    "side",
                    "destination",
                    "rate",
                    "band",
                    "tier_from",
                    "origin",
                    "jurisdiction",
                    "calls",
                    "actual_seconds",
                    "billed_seconds",
                    "traffic_amount",
                    "due_amount",
                    "currency");

    private DocumentCsv() {}

    /// One row a document, in the order given.
    public static CsvText index(List<Document> documents) {
        CsvText csv = new CsvText(INDEX);
        for (Document document : documents) {
            csv.row(
                    List.of(
                            document.number(),
                            document.kind().label(),
                            document.carrier(),
                            document.agreement(),
                            document.period().from().toString(),
                            document.period().lastDay().toString(),
                            document.currency().getCurrencyCode(),
                            document.net().toString(),
                            document.taxAmount().toString(),
                            document.gross().toString(),
                            document.dueDate().toString(),
                            document.status().label()));
        }
        return csv;
    }

    public static CsvText lines(Document document) {
        CsvText csv = new CsvText(LINES);
        for (DocumentLine line : document.lines()) {
            csv.row(
                    List.of(
                            Integer.toString(line.number()),
                            line.description(),
                            line.destination(),
                            line.rate().toPlainString(),
                            line.band(),
                            text(line.tierFrom()),
                            line.origin(),
                            text(line.jurisdiction()),
                            Long.toString(line.callCount()),
                            Long.toString(line.billedSeconds()),
                            line.amount().toString(),
                            document.currency().getCurrencyCode()));
        }
        return csv;
    }

    public static CsvText statement(AccountStatement statement) {
        CsvText csv = new CsvText(STATEMENT);
        for (StatementLine line : statement.lines()) {
            csv.row(
                    List.of(
                            statement.agreement(),
                            statement.period().from().toString(),
                            statement.period().lastDay().toString(),
                            line.kind().label(),
                            line.side() == null ? "" : line.side().label(),
                            line.destination(),
                            text(line.rate()),
                            line.band(),
                            text(line.tierFrom()),
                            line.origin(),
                            text(line.jurisdiction()),
                            text(line.callCount()),
                            text(line.actualSeconds()),
                            text(line.billedSeconds()),
                            text(line.traffic()),
                            line.due().toString(),
                            statement.currency().getCurrencyCode()));
        }
        return csv;
    }

    private static String text(@Nullable BigDecimal number) {
        return number == null ? "" : number.toPlainString();
    }

    private static String text(@Nullable Long number) {
        return number == null ? "" : number.toString();
    }

    private static String text(@Nullable Jurisdiction jurisdiction) {
        return jurisdiction == null ? "" : jurisdiction.label();
    }
}
