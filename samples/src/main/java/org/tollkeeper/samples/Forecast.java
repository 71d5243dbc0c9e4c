package org.tollkeeper.samples;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the product is expected to make of the sample, as CSV texts.
final class Forecast {

    private final List<CdrFile> files;
    private final List<Accord> accords;
    private final Account account;

    Forecast(List<CdrFile> files, List<Accord> accords, Account account) {
        this.files = files;
        this.accords = accords;
        this.account = account;
    }

    /// A row a file: `records = calls + duplicates + suspended + filtered`. Files that are not read
    /// have no records.
    String files() {
        Rows rows =
                new Rows(
                        "switch,file,outcome,records,calls,unanswered,duplicates,suspended,filtered");
        for (CdrFile file : files) {
            Counts counts = Counts.of(file);
            rows.add(
                    file.switchId(),
                    file.path().substring(file.switchId().length() + 1),
                    outcome(file),
                    counts.records(),
                    counts.calls(),
                    counts.unanswered(),
                    counts.duplicates(),
                    counts.suspended(),
                    counts.filtered());
        }
        return rows.text();
    }

    /// How many records, or charges of a side, are suspended for which reason.
    String faults() {
        Rows rows = new Rows("stage,side,reason,count");
        SortedMap<String, Integer> records = new TreeMap<>();
        read().flatMap(file -> file.lines().stream())
                .filter(line -> line.fate().suspended())
                .forEach(line -> records.merge(line.fate().name(), 1, Integer::sum));
        records.forEach((reason, count) -> rows.add("mediation", "", reason, count));
        account.suspended().forEach((fault, count) -> rows.add("rating", fault, count));
        return rows.text();
    }

    /// The lines of the statements.
    String traffic() {
        Rows rows =
                new Rows(
                        "agreement,period_from,side,destination,rate,calls,actual_seconds,"
                                + "billed_seconds,amount");
        for (Map.Entry<Account.Key, Account.Sum> line : account.lines().entrySet()) {
            Account.Key key = line.getKey();
            Account.Sum sum = line.getValue();
            rows.add(
                    key.agreement(),
                    key.periodFrom(),
                    key.side(),
                    key.destination(),
                    key.rate(),
                    sum.calls(),
                    sum.actualSeconds(),
                    sum.billedSeconds(),
                    sum.amount().toPlainString());
        }
        return rows.text();
    }

    /// Who owes what, a row an agreement and period.
    String settlement() {
        Rows rows =
                new Rows(
                        "agreement,period_from,sell_billed_seconds,sell_amount,sell_due,"
                                + "buy_billed_seconds,buy_amount,buy_due");
        for (Accord accord : accords) {
            for (LocalDate period : periods(accord)) {
                Account.Sum sell = account.side(accord.id(), period, "sell");
                Account.Sum buy = account.side(accord.id(), period, "buy");
                rows.add(
                        accord.id(),
                        period,
                        sell.billedSeconds(),
                        plain(sell.amount()),
                        plain(account.due(accord, period, "sell")),
                        buy.billedSeconds(),
                        plain(buy.amount()),
                        plain(account.due(accord, period, "buy")));
            }
        }
        return rows.text();
    }

    private SortedSet<LocalDate> periods(Accord accord) {
        SortedSet<LocalDate> periods = new TreeSet<>();
        for (Account.Key key : account.lines().keySet()) {
            if (key.agreement().equals(accord.id())) {
                periods.add(key.periodFrom());
            }
        }
        return periods;
    }

    private Stream<CdrFile> read() {
        return files.stream().filter(file -> file.outcome() == CdrFile.Outcome.READ);
    }

    private static String outcome(CdrFile file) {
        return switch (file.outcome()) {
            case READ -> "read";
            case DUPLICATE -> "duplicate";
            case IGNORED -> "ignored";
        };
    }

    private static String plain(BigDecimal amount) {
        return amount.toPlainString();
    }

    /// Lines of CSV; no cell needs quotes.
    private static final class Rows {
        private final StringBuilder text = new StringBuilder();

        Rows(String header) {
            text.append(header).append('\n');
        }

        void add(Object... cells) {
            StringJoiner line = new StringJoiner(",", "", "\n");
            for (Object cell : cells) {
                line.add(cell.toString());
            }
            text.append(line);
        }

        String text() {
            return text.toString();
        }
    }
}
