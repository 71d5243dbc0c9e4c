package org.tollkeeper.invoicing.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.invoicing.CsvText;
import org.tollkeeper.invoicing.Difference;
import org.tollkeeper.invoicing.VendorComparison;
import org.tollkeeper.invoicing.Volume;
import org.tollkeeper.invoicing.print.Sheet;
import org.tollkeeper.invoicing.print.TablesSheet;
import org.tollkeeper.model.Carrier;
import org.tollkeeper.model.Company;
import org.tollkeeper.model.Money;

/// A comparison with a vendor's summary, as a file and on paper.
public final class ComparisonReport {

    private static final int MINUTE_DECIMALS = 4;
    private static final int PRINTED_MINUTE_DECIMALS = 2;

    private ComparisonReport() {}

    /// One row a destination, and a last one of line `total`.
    public static CsvText csv(VendorComparison comparison) {
        CsvText csv =
                new CsvText(
                        List.of(
                                "line",
                                "destination",
                                "found",
                                "our_calls",
                                "our_minutes",
                                "our_amount",
                                "their_calls",
                                "their_minutes",
                                "their_amount",
                                "difference",
                                "volume_part",
                                "rate_part",
                                "dispute",
                                "currency"));
        String currency = comparison.currency().getCurrencyCode();
        for (Difference each : comparison.differences()) {
            csv.row(row("destination", each, currency));
        }
        csv.row(row("total", comparison.total(), currency));
        return csv;
    }

    private static List<String> row(String line, Difference each, String currency) {
        boolean total = line.equals("total");
        List<String> row = new ArrayList<>();
        row.add(line);
        row.add(total ? "" : each.destination());
        row.add(total ? "" : found(each));
        row.addAll(volume(each.ours()));
        row.addAll(volume(each.theirs()));
        row.add(each.difference().toString());
        row.add(each.volumePart().toString());
        row.add(each.ratePart().toString());
        row.add(total ? "" : dispute(each));
        row.add(currency);
        return row;
    }

    private static List<String> volume(@Nullable Volume volume) {
        return volume == null
                ? List.of("", "", "")
                : List.of(
                        Long.toString(volume.callCount()),
                        volume.minutes(MINUTE_DECIMALS).toPlainString(),
                        volume.amount().toString());
    }

    private static String found(Difference each) {
        return each.ours() == null ? "only-theirs" : each.theirs() == null ? "only-ours" : "both";
    }

    private static String dispute(Difference each) {
        List<String> disputes = new ArrayList<>();
        if (each.volumeDisputed()) {
            disputes.add("volume");
        }
        if (each.rateDisputed()) {
            disputes.add("rate");
        }
        return String.join(" ", disputes);
    }

    public static Sheet sheet(VendorComparison comparison, Company company, Carrier carrier) {
        List<List<String>> rows = new ArrayList<>();
        for (Difference each : comparison.differences()) {
            rows.add(printed(each.destination(), each, dispute(each)));
        }
        String currency = comparison.currency().getCurrencyCode();
        String period = comparison.period().from() + " to " + comparison.period().lastDay();
        TablesSheet.Table table =
                new TablesSheet.Table(
                        carrier.name() + ", " + comparison.agreement(),
                        """
                        Difference = ours less theirs, in %s. Volume: minutes that differ, at their \
                        price; rate: our minutes, at the prices that differ. Disputed: any rate; a \
                        volume of at least 1 %% of theirs and 1,000.00.\
                        """
                                .formatted(currency),
                        List.of(
                                "DESTINATION",
                                "DISPUTE",
                                "OUR MIN",
                                "OUR AMOUNT",
                                "THEIR MIN",
                                "THEIR AMOUNT",
                                "DIFFERENCE",
                                "VOLUME",
                                "RATE"),
                        rows,
                        List.of(printed("Total", comparison.total(), "")));
        return TablesSheet.of(company, "RECONCILIATION", period, List.of(table));
    }

    private static List<String> printed(String name, Difference each, String dispute) {
        String found = found(each);
        String mark = found.equals("both") ? dispute : (found + " " + dispute).strip();
        return List.of(
                name,
                mark,
                minutes(each.ours()),
                amount(each.ours()),
                minutes(each.theirs()),
                amount(each.theirs()),
                money(each.difference()),
                money(each.volumePart()),
                money(each.ratePart()));
    }

    private static String minutes(@Nullable Volume volume) {
        return volume == null ? "" : Printed.decimal(volume.minutes(PRINTED_MINUTE_DECIMALS));
    }

    private static String amount(@Nullable Volume volume) {
        return volume == null ? "" : money(volume.amount());
    }

    private static String money(Money money) {
        return Printed.decimal(money.amount());
    }
}
