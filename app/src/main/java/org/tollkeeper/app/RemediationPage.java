package org.tollkeeper.app;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.store.Remediating;
import org.tollkeeper.app.terminal.Answer;
import org.tollkeeper.app.terminal.TextTable;
import org.tollkeeper.invoicing.store.DocumentChange;
import org.tollkeeper.invoicing.store.ProposedCorrection;
import org.tollkeeper.mediation.store.Remediated;
import org.tollkeeper.model.Money;
import org.tollkeeper.rating.store.CausedChanges;
import org.tollkeeper.settlement.store.StatementChanges;

/// What a remediation answers: the difference for people, for programs, and as files.
record RemediationPage(Remediating.Difference difference) {

    private static final int MOST_LINES = 12;

    Answer answer(int run, boolean applied, String scope, String reason) {
        Answer answer =
                new Answer()
                        .put("run", run)
                        .put("applied", applied)
                        .put("scope", scope)
                        .put("reason", reason)
                        .put("nothingChanged", difference.isNothing())
                        .line("Remediation of %s: %s".formatted(scope, reason));
        records(answer);
        fields(answer);
        money(answer);
        statements(answer);
        documents(answer);
        answer.line("");
        answer.line(
                difference.isNothing()
                        ? "Nothing changes."
                        : applied
                                ? "Published by run %d; every earlier state stays readable."
                                        .formatted(run)
                                : "Nothing was published. Add --apply to publish all of it at"
                                        + " once.");
        return answer;
    }

    /// Writes the difference as CSV files.
    void write(Path folder) throws IOException {
        RemediationFiles.write(difference, folder);
    }

    private void records(Answer answer) {
        Remediated of = difference.records();
        Map<String, Object> calls = new LinkedHashMap<>();
        calls.put("added", volume(of.added()));
        calls.put("gone", volume(of.gone()));
        calls.put("changed", volume(of.changed()));
        calls.put("unchanged", of.unchangedCount());
        answer.put("records", of.readCount())
                .put("recordsChanged", of.changedCount())
                .put("files", of.filesRead())
                .put(
                        "filesLeft",
                        of.left().stream()
                                .map(file -> values("file", file.file(), "reason", file.reason()))
                                .toList())
                .put("calls", calls)
                .put(
                        "outcomes",
                        of.outcomes().stream()
                                .map(each ->
                                        values(
                                                "from", each.from(),
                                                "to", each.to(),
                                                "records", each.recordCount()))
                                .toList());
        answer.line(
                "records     %,d read again from %,d files, %,d changed"
                        .formatted(of.readCount(), of.filesRead(), of.changedCount()));
        of.left()
                .forEach(file ->
                        answer.line(
                                "            file %d stays as it is: %s"
                                        .formatted(file.file(), file.reason())));
        answer.line(
                "calls       %,d added, %,d gone, %,d changed, %,d as they were"
                        .formatted(
                                of.added().callCount(),
                                of.gone().callCount(),
                                of.changed().callCount(),
                                of.unchangedCount()));
        TextTable table = new TextTable("rlll");
        of.outcomes()
                .forEach(each ->
                        table.row(
                                "%,d".formatted(each.recordCount()),
                                each.from().isEmpty() ? "new" : each.from(),
                                "→",
                                each.to().isEmpty() ? "no record" : each.to()));
        section(answer, "Records that end elsewhere", table, of.outcomes().size());
    }

    private void fields(Answer answer) {
        List<Remediated.FieldChange> fields = difference.records().fields();
        answer.put(
                "fields",
                fields.stream()
                        .map(each ->
                                values(
                                        "field", each.field(),
                                        "from", each.from(),
                                        "to", each.to(),
                                        "calls", each.callCount(),
                                        "seconds", StatusPage.seconds(each.talkMs())))
                        .toList());
        TextTable table = new TextTable("rllll");
        fields.stream()
                .limit(MOST_LINES)
                .forEach(each ->
                        table.row(
                                "%,d".formatted(each.callCount()),
                                each.field(),
                                each.from().isEmpty() ? "–" : each.from(),
                                "→",
                                each.to().isEmpty() ? "–" : each.to()));
        section(answer, "What the changed calls say", table, fields.size());
    }

    private void money(Answer answer) {
        List<CausedChanges.Change> charges = difference.charges();
        answer.put("charges", charges.stream().map(this::values).toList());
        TextTable table = new TextTable("lllllrrrrl");
        for (CausedChanges.Change each : charges.stream().limit(3L * MOST_LINES).toList()) {
            table.row(
                    carrier(each.agreement()),
                    each.agreement(),
                    each.side().label(),
                    each.destination(),
                    each.cause().words(),
                    "%,d".formatted(each.before().callCount()),
                    each.before().amount().toPlainString(),
                    "%,d".formatted(each.after().callCount()),
                    each.after().amount().toPlainString(),
                    each.currencyAfter());
        }
        section(answer, "Charges: calls and amount before, and after", table, charges.size());
    }

    private void statements(Answer answer) {
        List<StatementChanges.Change> statements = difference.statements();
        answer.put("statements", statements.stream().map(RemediationPage::values).toList());
        TextTable table = new TextTable("lllrrr");
        statements.stream()
                .limit(3L * MOST_LINES)
                .forEach(each ->
                        table.row(
                                each.agreement(),
                                each.period().from() + " to " + each.period().lastDay(),
                                each.side().label(),
                                each.before().toString(),
                                each.after().toString(),
                                each.after().minus(each.before()).toString()));
        section(answer, "Statements: due before, after, difference", table, statements.size());
    }

    private void documents(Answer answer) {
        List<DocumentChange> documents = difference.documents();
        List<ProposedCorrection> proposals = difference.proposals();
        answer.put("documents", documents.stream().map(RemediationPage::values).toList())
                .put("proposals", proposals.stream().map(RemediationPage::values).toList());
        TextTable table = new TextTable("lrrr");
        documents.stream()
                .limit(3L * MOST_LINES)
                .forEach(each ->
                        table.row(
                                each.number(),
                                text(each.before()),
                                text(each.after()),
                                text(difference(each.before(), each.after()))));
        section(
                answer,
                "Drafts and expected invoices: net before, after, difference",
                table,
                documents.size());
        TextTable proposed = new TextTable("lllrrr");
        proposals.stream()
                .limit(3L * MOST_LINES)
                .forEach(each ->
                        proposed.row(
                                each.document().number(),
                                each.correction().line() == 0
                                        ? "new line"
                                        : "line " + each.correction().line(),
                                each.correction().described().destination(),
                                text(each.correction().from()),
                                text(each.correction().to()),
                                text(each.correction().difference())));
        section(
                answer,
                "Issued invoices to correct: billed, right, difference",
                proposed,
                proposals.size());
    }

    private static void section(Answer answer, String heading, TextTable table, int count) {
        if (table.isEmpty()) {
            return;
        }
        answer.line("").line(heading);
        List<String> lines = table.lines("  ");
        lines.forEach(answer::line);
        if (count > lines.size()) {
            answer.line(
                    "  … and %,d more; --json and --out have all".formatted(count - lines.size()));
        }
    }

    private String carrier(String agreement) {
        return difference.carriers().getOrDefault(agreement, "");
    }

    private Map<String, @Nullable Object> values(CausedChanges.Change each) {
        BigDecimal before = each.before().amount();
        BigDecimal after = each.after().amount();
        return values(
                "carrier", carrier(each.agreement()),
                "agreement", each.agreement(),
                "side", each.side().label(),
                "destination", each.destination(),
                "cause", each.cause().label(),
                "callsBefore", each.before().callCount(),
                "callsAfter", each.after().callCount(),
                "billedSecondsBefore", each.before().billedSeconds(),
                "billedSecondsAfter", each.after().billedSeconds(),
                "amountBefore", before,
                "amountAfter", after,
                "difference", after.subtract(before),
                "currency", each.currencyAfter());
    }

    private static Map<String, @Nullable Object> values(StatementChanges.Change each) {
        return values(
                "agreement", each.agreement(),
                "from", each.period().from(),
                "to", each.period().lastDay(),
                "side", each.side().label(),
                "dueBefore", each.before().amount(),
                "dueAfter", each.after().amount(),
                "difference", each.after().minus(each.before()).amount(),
                "currency", each.after().currency().getCurrencyCode());
    }

    private static Map<String, @Nullable Object> values(DocumentChange each) {
        Money any = each.after() != null ? each.after() : each.before();
        return values(
                "document", each.number(),
                "agreement", each.agreement(),
                "netBefore", amount(each.before()),
                "netAfter", amount(each.after()),
                "difference", amount(difference(each.before(), each.after())),
                "currency", any == null ? null : any.currency().getCurrencyCode());
    }

    private static Map<String, @Nullable Object> values(ProposedCorrection each) {
        return values(
                "document", each.document().number(),
                "carrier", each.document().carrier(),
                "agreement", each.document().agreement(),
                "line", each.correction().line(),
                "destination", each.correction().described().destination(),
                "from", amount(each.correction().from()),
                "to", amount(each.correction().to()),
                "difference", amount(each.correction().difference()),
                "currency", each.document().currency().getCurrencyCode());
    }

    private static Map<String, Object> volume(Remediated.Volume volume) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("calls", volume.callCount());
        values.put("seconds", StatusPage.seconds(volume.talkMs()));
        return values;
    }

    private static Map<String, @Nullable Object> values(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return values;
    }

    static @Nullable Money difference(@Nullable Money from, @Nullable Money to) {
        if (from == null || to == null) {
            return to != null ? to : from == null ? null : from.negated();
        }
        return to.minus(from);
    }

    static @Nullable BigDecimal amount(@Nullable Money money) {
        return money == null ? null : money.amount();
    }

    private static String text(@Nullable Money money) {
        return money == null ? "–" : money.toString();
    }
}
