package org.tollkeeper.invoicing.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.invoicing.CsvText;
import org.tollkeeper.invoicing.FxTable;
import org.tollkeeper.invoicing.print.TablesSheet;

/// What is left of what carriers pay us once the calls are paid for, by ingress carrier and
/// destination, in the company's currency at the rates of the day of each call.
///
/// Where the book has no rate, the row has no margin and its note says which rate is missing.
public final class MarginReport {

    private static final int NANO_DECIMALS = 9;

    private final Currency currency;
    private final FxTable fx;
    private final Map<List<String>, Sum> sums = new TreeMap<>(MarginReport::byText);

    public MarginReport(Currency currency, FxTable fx) {
        this.currency = currency;
        this.fx = fx;
    }

    /// Amounts of one carrier and destination, converted and exact.
    private static final class Sum {

        private long callCount;
        private BigDecimal sell = BigDecimal.ZERO;
        private BigDecimal buy = BigDecimal.ZERO;
        private final TreeSet<String> missing = new TreeSet<>();
    }

    /// Adds what calls of one day brought in and cost.
    public void add(Earning earning) {
        Sum sum =
                sums.computeIfAbsent(
                        List.of(earning.ingressCarrier(), earning.destination()), any -> new Sum());
        sum.callCount += earning.callCount();
        sum.sell =
                sum.sell.add(
                        converted(earning.sellNanos(), earning.sellCurrency(), earning.day(), sum));
        sum.buy =
                sum.buy.add(
                        converted(earning.buyNanos(), earning.buyCurrency(), earning.day(), sum));
    }

    private BigDecimal converted(
            BigDecimal nanos, @Nullable Currency from, LocalDate day, Sum sum) {
        if (from == null || nanos.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal amount = fx.convert(nanos.movePointLeft(NANO_DECIMALS), from, currency, day);
        if (amount == null) {
            sum.missing.add("no rate %s to %s on or before %s".formatted(from, currency, day));
            return BigDecimal.ZERO;
        }
        return amount;
    }

    /// What all of them left.
    public Report report() {
        CsvText csv =
                new CsvText(
                        List.of(
                                "ingress_carrier",
                                "destination",
                                "calls",
                                "sell_amount",
                                "buy_amount",
                                "margin",
                                "margin_percent",
                                "currency",
                                "note"));
        List<List<String>> printed = new ArrayList<>();
        Sum total = new Sum();
        sums.forEach((key, sum) -> {
            List<String> row = row(key, sum, Figures.PLAIN);
            csv.row(row);
            printed.add(row(key, sum, Figures.GROUPED));
            total.callCount += sum.callCount;
            total.missing.addAll(sum.missing);
            total.sell = total.sell.add(sum.sell);
            total.buy = total.buy.add(sum.buy);
        });
        List<String> columns =
                List.of(
                        "INGRESS CARRIER",
                        "DESTINATION",
                        "CALLS",
                        "SELL",
                        "BUY",
                        "MARGIN",
                        "MARGIN %",
                        "CURRENCY",
                        "NOTE");
        return new Report(
                "margin",
                csv,
                new TablesSheet.Table(
                        "Margin",
                        "Charges of calls connected in the period, converted to "
                                + currency
                                + " at the newest rate on or before the day of each call.",
                        columns,
                        printed,
                        List.of(row(List.of("Total", ""), total, Figures.GROUPED))));
    }

    private enum Figures {
        PLAIN,
        GROUPED
    }

    private List<String> row(List<String> key, Sum sum, Figures figures) {
        boolean whole = sum.missing.isEmpty();
        BigDecimal margin = sum.sell.subtract(sum.buy);
        boolean plain = figures == Figures.PLAIN;
        return List.of(
                plain ? key.get(0) : Printed.named(key.get(0)),
                key.get(1),
                plain ? Long.toString(sum.callCount) : Printed.count(sum.callCount),
                whole ? money(sum.sell, figures) : "",
                whole ? money(sum.buy, figures) : "",
                whole ? money(margin, figures) : "",
                whole ? Ratio.text(Ratio.percent(margin, sum.sell)) : "",
                currency.getCurrencyCode(),
                plain ? String.join("; ", sum.missing) : whole ? "" : "rate missing");
    }

    private String money(BigDecimal amount, Figures figures) {
        BigDecimal settled =
                amount.setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
        return figures == Figures.PLAIN ? settled.toPlainString() : Printed.decimal(settled);
    }

    private static int byText(List<String> one, List<String> other) {
        int first = one.get(0).compareTo(other.get(0));
        return first != 0 ? first : one.get(1).compareTo(other.get(1));
    }
}
