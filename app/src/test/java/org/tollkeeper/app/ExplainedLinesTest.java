package org.tollkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseLocation;
import org.tollkeeper.db.book.StoredBook;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Money;
import org.tollkeeper.rating.Charge;
import org.tollkeeper.rating.Explanation;
import org.tollkeeper.rating.store.Explain;
import org.tollkeeper.rating.store.ExplainedCall;

/// What explanations say adds up to what statements and invoices say, line by line.
class ExplainedLinesTest {

    @TempDir private Path folder;

    /// What a line holds: calls, billed seconds, amount.
    private record Sum(long callCount, long billedSeconds, BigDecimal amount) {
        Sum plus(Sum other) {
            return new Sum(
                    callCount + other.callCount,
                    billedSeconds + other.billedSeconds,
                    amount.add(other.amount));
        }
    }

    @Test
    void the_explained_charges_of_a_line_are_the_line() throws Exception {
        Path book = SmallBook.copyTo(folder.resolve("book"));
        Path inbox = SmallInbox.write(folder.resolve("inbox"), 11, 2, 250);
        Path out = folder.resolve("out");
        Program program = Program.in(folder.resolve("home"));
        Program.Outcome night =
                program.run(
                        "nightly",
                        "--book",
                        book,
                        "--inbox",
                        inbox,
                        "--out",
                        out,
                        "--through",
                        SmallBook.THROUGH);
        assertThat(night.exitCode()).as(night.err()).isZero();

        Map<String, Sum> explained = explained(program);
        assertThat(explained).hasSizeGreaterThan(10);
        assertThat(stated(program)).isEqualTo(explained);
        for (CSVRecord line : csv(out.resolve("invoices/draft-LARK-2024-2024-05-01.csv"))) {
            if (!line.get("calls").equals("0")) {
                Sum sum = explained.get(key(line, "LARK-2024", "sell"));
                assertThat(sum).as(line.toString()).isNotNull();
                assertThat(Money.settle(sum.amount(), Currency.getInstance("EUR")))
                        .hasToString(line.get("amount"));
            }
        }
    }

    /// The parts of every call's explanation, by the line they stand on.
    private Map<String, Sum> explained(Program program) throws Exception {
        Map<String, Sum> sums = new TreeMap<>();
        Path charges = folder.resolve("charges.csv");
        export(program, "charges", charges);
        try (Database database =
                        Database.open(
                                DatabaseLocation.parse(program.database(), program.home()),
                                program.environment());
                Connection connection = database.connect()) {
            Explain explain = Explain.of(connection, StoredBook.current(connection));
            for (CSVRecord charge : csv(charges)) {
                String side = charge.get("side");
                String call = charge.get("switch") + "/" + charge.get("call_id");
                for (ExplainedCall each : explain.calls(call)) {
                    each.sides().stream()
                            .filter(one -> one.call().side().label().equals(side))
                            .forEach(one -> add(sums, one));
                }
            }
        }
        return sums;
    }

    private static void add(Map<String, Sum> sums, Explanation explanation) {
        assertThat(explanation.discrepancy()).isNull();
        Charge charge = (Charge) explanation.outcome();
        LocalDate day =
                LocalDate.ofInstant(explanation.call().connectAt(), charge.agreement().timeZone());
        if (!isSettled(charge.agreement().id(), day)) {
            return;
        }
        long calls = 1;
        for (Charge.Part part : charge.parts()) {
            DeckRow row = part.row();
            String key =
                    String.join(
                            " ",
                            charge.agreement().id(),
                            explanation.call().side().label(),
                            row.destination(),
                            row.ratePerMinute().toPlainString(),
                            row.band(),
                            row.tierFromMinutes().toPlainString());
            sums.merge(key, new Sum(calls, part.billedSeconds(), part.amount()), Sum::plus);
            calls = 0;
        }
    }

    /// TERN's weeks do not end with the month.
    private static boolean isSettled(String agreement, LocalDate day) {
        return !agreement.equals("TERN-2024") && !day.isAfter(LocalDate.parse(SmallBook.THROUGH));
    }

    private Map<String, Sum> stated(Program program) throws Exception {
        Map<String, Sum> sums = new TreeMap<>();
        Path statements = folder.resolve("statements.csv");
        export(program, "statements", statements);
        for (CSVRecord line : csv(statements)) {
            if (line.get("line").equals("traffic") && !line.get("agreement").equals("TERN-2024")) {
                sums.merge(
                        key(line, line.get("agreement"), line.get("side")),
                        new Sum(
                                Long.parseLong(line.get("calls")),
                                Long.parseLong(line.get("billed_seconds")),
                                new BigDecimal(line.get("traffic_amount"))),
                        Sum::plus);
            }
        }
        return sums;
    }

    private static String key(CSVRecord line, String agreement, String side) {
        return String.join(
                " ",
                agreement,
                side,
                line.get("destination"),
                line.get("rate"),
                line.get("band"),
                line.get("tier_from"));
    }

    private static void export(Program program, String what, Path file) throws Exception {
        Program.Outcome exported =
                program.run(
                        "export",
                        what,
                        "--from",
                        "2024-04-30",
                        "--to",
                        "2024-05-31",
                        "--out",
                        file);
        assertThat(exported.exitCode()).as(exported.err()).isZero();
    }

    private static Iterable<CSVRecord> csv(Path file) throws IOException {
        try (CSVParser parser =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(Files.newBufferedReader(file))) {
            return parser.getRecords();
        }
    }
}
