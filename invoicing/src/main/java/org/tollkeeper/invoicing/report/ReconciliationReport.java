package org.tollkeeper.invoicing.report;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.tollkeeper.invoicing.CsvText;
import org.tollkeeper.invoicing.print.TablesSheet;

/// The chain from files to documents, joint by joint, and what each leaves unexplained: nothing.
public final class ReconciliationReport {

    private ReconciliationReport() {}

    /// Printed with the digits of its currency, and more where it has more; nothing without one.
    private static String amount(Joint.Item item) {
        return item.currency().isEmpty()
                ? ""
                : Printed.shortOf(
                        item.amount(),
                        Currency.getInstance(item.currency()).getDefaultFractionDigits());
    }

    public static Report of(List<Joint> joints) {
        CsvText csv =
                new CsvText(List.of("joint", "item", "count", "seconds", "amount", "currency"));
        List<List<String>> printed = new ArrayList<>();
        for (Joint joint : joints) {
            List<Joint.Item> items = new ArrayList<>();
            items.add(joint.in());
            items.addAll(joint.out());
            items.add(joint.unexplained());
            boolean timed = items.stream().anyMatch(item -> item.seconds().signum() != 0);
            for (Joint.Item item : items) {
                csv.row(
                        List.of(
                                joint.name(),
                                item.name(),
                                Long.toString(item.count()),
                                item.seconds().toPlainString(),
                                item.amount().toPlainString(),
                                item.currency()));
                printed.add(
                        List.of(
                                joint.name(),
                                item.name(),
                                Printed.count(item.count()),
                                timed ? Printed.shortOf(item.seconds(), 0) : "",
                                amount(item),
                                item.currency()));
            }
        }
        return new Report(
                "reconciliation",
                csv,
                new TablesSheet.Table(
                        "Reconciliation",
                        "From files to documents: the first item of a joint comes in, the others"
                                + " say where it went, and nothing is left unexplained.",
                        List.of("JOINT", "ITEM", "COUNT", "SECONDS", "AMOUNT", "CURRENCY"),
                        printed,
                        List.of()));
    }
}
