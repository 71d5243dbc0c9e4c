package org.tollkeeper.samples;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/// The tables of the sample's page, which stand between `<!-- name -->` and `<!-- end -->`.
final class Page {

    private static final LocalDate JUNE = LocalDate.of(2024, 6, 1);

    private final List<CdrFile> files;
    private final List<Accord> accords;
    private final Account account;

    Page(List<CdrFile> files, List<Accord> accords, Account account) {
        this.files = files;
        this.accords = accords;
        this.account = account;
    }

    /// The page with its tables filled in anew.
    String filled(String page) {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("records", records());
        tables.put("dirt", dirt());
        tables.put("settlement", settlement());
        tables.put("imbalance", imbalance());
        tables.put("explain", explain());
        String filled = page;
        for (Map.Entry<String, String> table : tables.entrySet()) {
            String begin = "<!-- " + table.getKey() + " -->\n";
            int from = filled.indexOf(begin);
            if (from < 0) {
                throw new IllegalStateException("the page has no place for " + begin);
            }
            int to = filled.indexOf("<!-- end -->", from);
            filled =
                    filled.substring(0, from + begin.length())
                            + table.getValue()
                            + filled.substring(to);
        }
        return filled;
    }

    private String records() {
        StringBuilder rows = new StringBuilder();
        rows.append("| switch | files | records | calls | of them unanswered | duplicates ");
        rows.append("| suspended | filtered |\n|---|--:|--:|--:|--:|--:|--:|--:|\n");
        for (String switchId : List.of(Route.LON, Route.FRA)) {
            row(rows, switchId, file -> file.switchId().equals(switchId));
        }
        row(rows, "both", file -> true);
        return rows.toString();
    }

    private void row(StringBuilder rows, String name, Predicate<CdrFile> which) {
        List<CdrFile> some =
                files.stream()
                        .filter(which)
                        .filter(file -> file.outcome() == CdrFile.Outcome.READ)
                        .toList();
        Counts counts = Counts.of(some);
        rows.append(
                line(
                        name,
                        some.size(),
                        counts.records(),
                        counts.calls(),
                        counts.unanswered(),
                        counts.duplicates(),
                        counts.suspended(),
                        counts.filtered()));
    }

    private String dirt() {
        StringBuilder rows = new StringBuilder("| what | where | how many | becomes |\n");
        rows.append("|---|---|--:|---|\n");
        Dirt.rows(files, account).forEach(row -> rows.append(line(row.toArray())));
        return rows.toString();
    }

    private String settlement() {
        StringBuilder rows = new StringBuilder();
        rows.append("| agreement | they sent us: minutes | worth USD | due USD ");
        rows.append("| we sent them: minutes | worth USD | due USD |\n");
        rows.append("|---|--:|--:|--:|--:|--:|--:|\n");
        for (Accord accord : accords) {
            Account.Sum sell = account.side(accord.id(), JUNE, "sell");
            Account.Sum buy = account.side(accord.id(), JUNE, "buy");
            rows.append(
                    line(
                            accord.id(),
                            minutes(sell),
                            sell.amount(),
                            account.due(accord, JUNE, "sell"),
                            minutes(buy),
                            buy.amount(),
                            account.due(accord, JUNE, "buy")));
        }
        return rows.toString();
    }

    private String imbalance() {
        Account.Sum sell = account.side("HANSE-2024", JUNE, "sell");
        Account.Sum buy = account.side("HANSE-2024", JUNE, "buy");
        long permille = sell.billedSeconds() * 1000 / buy.billedSeconds();
        return String.format(
                Locale.ROOT,
                "Hansekontor sent us %d billed seconds and took %d: %d.%03d to 1, cut to three%n"
                        + "decimals. Above 1.2 to 1 are %s seconds, at the blended price of what it"
                        + " sent us.%n",
                sell.billedSeconds(),
                buy.billedSeconds(),
                permille / 1000,
                permille % 1000,
                Account.excessSeconds(sell, buy).toPlainString());
    }

    /// The call set up eight seconds before India becomes cheaper and answered three seconds after.
    private String explain() {
        long answer = JUNE.withDayOfMonth(15).toEpochDay() * 86_400 + 3;
        CdrLine line =
                files.stream()
                        .flatMap(file -> file.lines().stream())
                        .filter(each -> each.call().answerSecond() == answer)
                        .filter(each -> each.call().route().receiver() == Party.GANGES)
                        .findFirst()
                        .orElseThrow();
        return "```\n./tollkeeper explain " + line.id() + "\n```\n";
    }

    private static String minutes(Account.Sum sum) {
        return String.format(
                Locale.ROOT, "%d:%02d", sum.billedSeconds() / 60, sum.billedSeconds() % 60);
    }

    private static String line(Object... cells) {
        StringBuilder line = new StringBuilder("|");
        for (Object cell : cells) {
            line.append(' ').append(cell).append(" |");
        }
        return line.append('\n').toString();
    }
}
