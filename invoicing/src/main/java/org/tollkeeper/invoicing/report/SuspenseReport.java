package org.tollkeeper.invoicing.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tollkeeper.invoicing.CsvText;
import org.tollkeeper.invoicing.print.TablesSheet;
import org.tollkeeper.model.Money;

/// What is held back, why and where, and what it may be worth.
public final class SuspenseReport {

    private SuspenseReport() {}

    public static Report of(List<Held> held) {
        CsvText csv =
                new CsvText(
                        List.of(
                                "stage",
                                "reason",
                                "switch",
                                "carrier",
                                "side",
                                "trunk",
                                "records",
                                "seconds",
                                "estimate",
                                "currency"));
        List<List<String>> printed = new ArrayList<>();
        for (Held each : sorted(held)) {
            Money estimate = each.estimate();
            String currency = estimate == null ? "" : estimate.currency().getCurrencyCode();
            csv.row(
                    List.of(
                            each.reason().stage().label(),
                            each.reason().label(),
                            each.switchId(),
                            each.carrier(),
                            each.side(),
                            each.trunk(),
                            Long.toString(each.recordCount()),
                            seconds(each),
                            estimate == null ? "" : estimate.toString(),
                            currency));
            printed.add(
                    List.of(
                            each.reason().label() + ", " + each.reason().stage().label(),
                            place(each),
                            each.side(),
                            Printed.count(each.recordCount()),
                            Printed.shortOf(new BigDecimal(seconds(each)), 0),
                            estimate == null ? "" : Printed.decimal(estimate.amount()),
                            currency));
        }
        return new Report(
                "suspense",
                csv,
                new TablesSheet.Table(
                        "Suspense",
                        "Open now, whatever the period. Estimates take the average price per"
                                + " second of the carrier's charges on that side.",
                        List.of(
                                "REASON",
                                "WHERE",
                                "SIDE",
                                "RECORDS",
                                "SECONDS",
                                "ESTIMATE",
                                "CURRENCY"),
                        printed,
                        List.of()));
    }

    private static String place(Held each) {
        String place = each.switchId();
        place += each.carrier().isEmpty() ? "" : ", " + each.carrier();
        return each.trunk().isEmpty() ? place : place + ", " + each.trunk();
    }

    private static String seconds(Held each) {
        return BigDecimal.valueOf(each.talkMillis(), 3).toPlainString();
    }

    private static List<Held> sorted(List<Held> held) {
        return held.stream()
                .sorted(
                        Comparator.comparing(Held::reason)
                                .thenComparing(Held::switchId)
                                .thenComparing(Held::carrier)
                                .thenComparing(Held::side)
                                .thenComparing(Held::trunk))
                .toList();
    }
}
