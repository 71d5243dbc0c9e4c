package org.tollkeeper.samples;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The statements and documents that June must come to, by the sample's own arithmetic.
final class Papers {

    private static final LocalDate JUNE = LocalDate.of(2024, 6, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2024, 6, 30);
    private static final List<String> SIDES = List.of("buy", "sell");

    private final List<Accord> accords;
    private final Account account;

    Papers(List<Accord> accords, Account account) {
        this.accords = accords;
        this.account = account;
    }

    /// The rows of the export `statements`.
    String statements() {
        StringBuilder text = new StringBuilder();
        text.append("agreement,period_from,period_to,line,side,destination,rate,band,tier_from,");
        text.append("origin,jurisdiction,calls,actual_seconds,billed_seconds,traffic_amount,");
        text.append("due_amount,currency\n");
        for (Accord accord : accords) {
            String begin = "%s,%s,%s,".formatted(accord.id(), JUNE, LAST_DAY);
            for (String side : SIDES) {
                SortedMap<Account.Key, Account.Sum> lines = lines(accord, side);
                List<BigDecimal> dues = dues(accord, side);
                int i = 0;
                for (Map.Entry<Account.Key, Account.Sum> line : lines.entrySet()) {
                    Account.Key key = line.getKey();
                    text.append(begin).append("traffic,").append(side);
                    text.append(",%s,%s,,0,,,".formatted(key.destination(), key.rate()));
                    text.append(numbers(line.getValue(), dues.get(i++)));
                }
            }
            for (String side : SIDES) {
                Account.Sum sum = account.side(accord.id(), JUNE, side);
                text.append(begin).append("total,").append(side).append(",,,,,,,");
                text.append(numbers(sum, account.due(accord, JUNE, side)));
            }
            if (accord.netting()) {
                BigDecimal owed =
                        account.due(accord, JUNE, "sell")
                                .subtract(account.due(accord, JUNE, "buy"));
                String side = owed.signum() == 0 ? "" : owed.signum() > 0 ? "sell" : "buy";
                text.append(begin).append("net,").append(side).append(",,,,,,,,,,,");
                text.append(owed.abs().toPlainString()).append(",USD\n");
            }
        }
        return text.toString();
    }

    private static String numbers(Account.Sum sum, BigDecimal due) {
        return "%d,%d,%d,%s,%s,USD%n"
                .formatted(
                        sum.calls(),
                        sum.actualSeconds(),
                        sum.billedSeconds(),
                        sum.amount().toPlainString(),
                        due.toPlainString());
    }

    /// The rows of `invoices/index.csv`: an invoice where the sell side owes, an expected one where
    /// we do.
    String index() {
        SortedMap<String, String> rows = new TreeMap<>();
        for (Accord accord : accords) {
            for (String side : SIDES) {
                boolean ours = side.equals("sell");
                BigDecimal due = account.due(accord, JUNE, side);
                String status = ours ? "draft" : "expected";
                String number = status + "-" + accord.id() + "-" + JUNE;
                if (due.signum() > 0) {
                    rows.put(
                            number,
                            String.join(
                                    ",",
                                    number,
                                    ours ? "invoice" : "expected",
                                    accord.party().carrier(),
                                    accord.id(),
                                    JUNE.toString(),
                                    LAST_DAY.toString(),
                                    "USD",
                                    due.toPlainString(),
                                    "0.00",
                                    due.toPlainString(),
                                    LAST_DAY.plusDays(1).plusDays(accord.dueDays()).toString(),
                                    status));
                }
            }
        }
        return "number,kind,carrier,agreement,period_from,period_to,currency,net,tax,gross,due,"
                + "status\n"
                + String.join("\n", rows.values())
                + "\n";
    }

    private SortedMap<Account.Key, Account.Sum> lines(Accord accord, String side) {
        SortedMap<Account.Key, Account.Sum> lines = new TreeMap<>(account.lines());
        lines.keySet()
                .removeIf(key ->
                        !key.agreement().equals(accord.id())
                                || !key.periodFrom().equals(JUNE)
                                || !key.side().equals(side));
        return lines;
    }

    /// What is due on each line of a side. Where it is a share of the whole, every line first gets
    /// the whole cents of its share, and those with the largest rests one cent more.
    private List<BigDecimal> dues(Accord accord, String side) {
        List<BigDecimal> amounts =
                lines(accord, side).values().stream().map(Account.Sum::amount).toList();
        if (accord.model() == Accord.Model.SENDER_KEEPS_ALL) {
            return amounts.stream().map(a -> a.setScale(2, RoundingMode.HALF_UP)).toList();
        }
        BigDecimal due = account.due(accord, JUNE, side);
        BigDecimal whole = amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        List<BigDecimal> shares = new ArrayList<>();
        List<BigDecimal> rests = new ArrayList<>();
        for (BigDecimal amount : amounts) {
            // cents × whole, so that nothing is divided before the rests are compared
            BigDecimal[] parts = due.multiply(amount).movePointRight(2).divideAndRemainder(whole);
            shares.add(parts[0].setScale(0).movePointLeft(2).setScale(2));
            rests.add(parts[1]);
        }
        BigDecimal given = shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        int cents = due.subtract(given).movePointRight(2).intValueExact();
        IntStream.range(0, rests.size())
                .boxed()
                .sorted(Comparator.comparing(rests::get).reversed())
                .limit(cents)
                .forEach(i -> shares.set(i, shares.get(i).add(new BigDecimal("0.01"))));
        return shares;
    }
}
