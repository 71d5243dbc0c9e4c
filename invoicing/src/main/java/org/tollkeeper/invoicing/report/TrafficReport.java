package org.tollkeeper.invoicing.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.invoicing.CsvText;
import org.tollkeeper.invoicing.print.TablesSheet;

/// What each carrier sent and took, by destination.
public final class TrafficReport {

    private static final int NANO_DECIMALS = 9;

    private TrafficReport() {}

    public static Report of(List<Flow> flows) {
        CsvText csv =
                new CsvText(
                        List.of(
                                "carrier",
                                "side",
                                "destination",
                                "attempts",
                                "answered",
                                "asr_percent",
                                "acd_seconds",
                                "minutes",
                                "billed_seconds",
                                "amount",
                                "currency"));
        List<List<String>> printed = new ArrayList<>();
        for (Flow flow : sorted(flows)) {
            String amount = amount(flow.chargeNanos(), flow.currency());
            csv.row(
                    List.of(
                            flow.carrier(),
                            flow.side().label(),
                            flow.destination(),
                            Long.toString(flow.attemptCount()),
                            Long.toString(flow.answeredCount()),
                            Ratio.text(flow.asr()),
                            Ratio.text(flow.acdSeconds()),
                            Ratio.minutes(flow.talkMillis()).toPlainString(),
                            Long.toString(flow.billedSeconds()),
                            amount,
                            code(flow.currency())));
            printed.add(
                    List.of(
                            flow.carrier() + ", " + flow.side().label(),
                            Printed.named(flow.destination()),
                            Printed.count(flow.attemptCount()),
                            Printed.count(flow.answeredCount()),
                            Ratio.text(flow.asr()),
                            Ratio.text(flow.acdSeconds()),
                            Printed.decimal(Ratio.minutes(flow.talkMillis())),
                            Printed.count(flow.billedSeconds()),
                            amount.isEmpty() ? "" : Printed.decimal(new BigDecimal(amount)),
                            code(flow.currency())));
        }
        return new Report(
                "traffic",
                csv,
                new TablesSheet.Table(
                        "Traffic",
                        "Calls set up in the period, by carrier, side and destination; sell: sent"
                                + " to us, buy: sent by us. ACD in seconds.",
                        List.of(
                                "CARRIER",
                                "DESTINATION",
                                "ATTEMPTS",
                                "ANSWERED",
                                "ASR %",
                                "ACD",
                                "MINUTES",
                                "BILLED S",
                                "AMOUNT",
                                "CURRENCY"),
                        printed,
                        List.of()));
    }

    private static List<Flow> sorted(List<Flow> flows) {
        return flows.stream()
                .sorted(
                        Comparator.comparing(Flow::carrier)
                                .thenComparing(flow -> flow.side().label())
                                .thenComparing(Flow::destination)
                                .thenComparing(flow -> code(flow.currency())))
                .toList();
    }

    static String amount(BigDecimal nanos, @Nullable Currency currency) {
        return currency == null
                ? ""
                : nanos.movePointLeft(NANO_DECIMALS)
                        .setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP)
                        .toPlainString();
    }

    static String code(@Nullable Currency currency) {
        return currency == null ? "" : currency.getCurrencyCode();
    }
}
