package org.tollkeeper.app;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.store.Remediating.Difference;
import org.tollkeeper.invoicing.CsvText;
import org.tollkeeper.invoicing.out.OutFolder;
import org.tollkeeper.invoicing.store.DocumentChange;
import org.tollkeeper.invoicing.store.ProposedCorrection;
import org.tollkeeper.mediation.store.Remediated;
import org.tollkeeper.model.Money;
import org.tollkeeper.rating.store.CausedChanges;
import org.tollkeeper.settlement.store.StatementChanges;

/// The difference of a remediation as CSV files, beside `calls.csv`, which is written while the
/// calls are compared.
final class RemediationFiles {

    private RemediationFiles() {}

    static void write(Difference difference, Path folder) throws IOException {
        OutFolder out = new OutFolder(folder);
        out.put("fields.csv", fields(difference.records().fields()).bytes());
        out.put("outcomes.csv", outcomes(difference.records().outcomes()).bytes());
        out.put("charges.csv", charges(difference.charges(), difference.carriers()).bytes());
        out.put("statements.csv", statements(difference.statements()).bytes());
        out.put("documents.csv", documents(difference.documents()).bytes());
        out.put("proposals.csv", proposals(difference.proposals()).bytes());
    }

    private static CsvText fields(List<Remediated.FieldChange> fields) {
        CsvText csv = header("field,from,to,calls,duration_ms");
        fields.forEach(each ->
                csv.row(
                        List.of(
                                each.field(),
                                each.from(),
                                each.to(),
                                Long.toString(each.callCount()),
                                Long.toString(each.talkMs()))));
        return csv;
    }

    private static CsvText outcomes(List<Remediated.OutcomeChange> outcomes) {
        CsvText csv = header("from,to,records");
        outcomes.forEach(each ->
                csv.row(List.of(each.from(), each.to(), Long.toString(each.recordCount()))));
        return csv;
    }

    private static CsvText charges(
            List<CausedChanges.Change> charges, Map<String, String> carriers) {
        CsvText csv =
                header(
                        "carrier,agreement,side,destination,cause,calls_before,calls_after,"
                                + "billed_seconds_before,billed_seconds_after,amount_before,"
                                + "amount_after,difference,currency");
        for (CausedChanges.Change each : charges) {
            BigDecimal before = each.before().amount();
            BigDecimal after = each.after().amount();
            csv.row(
                    List.of(
                            carriers.getOrDefault(each.agreement(), ""),
                            each.agreement(),
                            each.side().label(),
                            each.destination(),
                            each.cause().label(),
                            Long.toString(each.before().callCount()),
                            Long.toString(each.after().callCount()),
                            Long.toString(each.before().billedSeconds()),
                            Long.toString(each.after().billedSeconds()),
                            before.toPlainString(),
                            after.toPlainString(),
                            after.subtract(before).toPlainString(),
                            each.currencyAfter()));
        }
        return csv;
    }

    private static CsvText statements(List<StatementChanges.Change> statements) {
        CsvText csv =
                header(
                        "agreement,period_from,period_to,side,due_before,due_after,difference,"
                                + "currency");
        for (StatementChanges.Change each : statements) {
            csv.row(
                    List.of(
                            each.agreement(),
                            each.period().from().toString(),
                            each.period().lastDay().toString(),
                            each.side().label(),
                            amount(each.before()),
                            amount(each.after()),
                            amount(each.after().minus(each.before())),
                            each.after().currency().getCurrencyCode()));
        }
        return csv;
    }

    private static CsvText documents(List<DocumentChange> documents) {
        CsvText csv = header("document,agreement,net_before,net_after,difference,currency");
        for (DocumentChange each : documents) {
            Money any = each.after() != null ? each.after() : each.before();
            csv.row(
                    List.of(
                            each.number(),
                            each.agreement(),
                            amount(each.before()),
                            amount(each.after()),
                            amount(RemediationPage.difference(each.before(), each.after())),
                            any == null ? "" : any.currency().getCurrencyCode()));
        }
        return csv;
    }

    private static CsvText proposals(List<ProposedCorrection> proposals) {
        CsvText csv =
                header("document,carrier,agreement,line,destination,from,to,difference,currency");
        for (ProposedCorrection each : proposals) {
            csv.row(
                    List.of(
                            each.document().number(),
                            each.document().carrier(),
                            each.document().agreement(),
                            Integer.toString(each.correction().line()),
                            each.correction().described().destination(),
                            amount(each.correction().from()),
                            amount(each.correction().to()),
                            amount(each.correction().difference()),
                            each.document().currency().getCurrencyCode()));
        }
        return csv;
    }

    private static CsvText header(String columns) {
        return new CsvText(List.of(columns.split(",")));
    }

    private static String amount(@Nullable Money money) {
        return money == null ? "" : money.amount().toPlainString();
    }
}
