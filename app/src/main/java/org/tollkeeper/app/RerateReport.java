package org.tollkeeper.app;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.store.Rerating;
import org.tollkeeper.app.terminal.Answer;
import org.tollkeeper.app.terminal.TextTable;
import org.tollkeeper.invoicing.DocumentStatus;
import org.tollkeeper.invoicing.store.DocumentChange;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Money;
import org.tollkeeper.rating.store.CausedChanges;
import org.tollkeeper.rating.store.Selection;
import org.tollkeeper.settlement.store.StatementChanges;

/// What rating again changes, as tables for people and as values for programs.
record RerateReport(
        Selection selection, @Nullable Instant knownAt, Rerating.Outcome outcome, boolean applied) {

    Answer answer() {
        Answer answer = new Answer();
        answer.put("from", selection.from())
                .put("to", selection.to())
                .put("carrier", selection.carrier())
                .put("deck", selection.deck())
                .put("destination", selection.destination())
                .put("bookVersion", outcome.bookVersion())
                .put("asKnownAt", knownAt)
                .put("calls", outcome.callCount())
                .put("charges", outcome.charges().stream().map(RerateReport::fields).toList())
                .put("statements", outcome.statements().stream().map(RerateReport::fields).toList())
                .put("documents", documents().stream().map(RerateReport::fields).toList())
                .put("applied", applied);
        answer.line(heading());
        if (!outcome.charges().isEmpty()) {
            charges(answer);
            documents(answer);
        }
        answer.line("").line(verdict());
        return answer;
    }

    private List<DocumentChange> documents() {
        @Nullable List<DocumentChange> documents = outcome.documents();
        return documents == null ? List.of() : documents;
    }

    private String heading() {
        StringBuilder chosen = new StringBuilder();
        chosen.append(selection.from()).append(" to ").append(selection.to());
        name(chosen, "carrier", selection.carrier());
        name(chosen, "deck", selection.deck());
        name(chosen, "destination", selection.destination());
        return "rerated     %s, under version %d of the book%s: %,d calls"
                .formatted(
                        chosen,
                        outcome.bookVersion(),
                        knownAt == null ? "" : " as known at " + knownAt,
                        outcome.callCount());
    }

    private static void name(StringBuilder text, String what, @Nullable String name) {
        if (name != null) {
            text.append(", ").append(what).append(' ').append(name);
        }
    }

    private String verdict() {
        if (outcome.charges().isEmpty()) {
            return "Every charge comes out as it stands.";
        }
        if (applied) {
            return "Published. The next nightly writes the output folder.";
        }
        return knownAt == null
                ? "Nothing was changed; --apply publishes it."
                : "Nothing was changed: this is what would have been charged.";
    }

    private void charges(Answer answer) {
        table(answer, outcome.charges().stream().filter(this::isChosen).toList());
        List<CausedChanges.Change> others =
                outcome.charges().stream().filter(change -> !isChosen(change)).toList();
        if (!others.isEmpty()) {
            answer.line("")
                    .line("Comes along, since a day of a carrier's side is rated as a whole:");
            table(answer, others);
        }
    }

    private boolean isChosen(CausedChanges.Change change) {
        String destination = selection.destination();
        return destination == null
                || destination.equals(change.destinationBefore())
                || destination.equals(change.destinationAfter());
    }

    private static void table(Answer answer, List<CausedChanges.Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        TextTable table = new TextTable("llllrrrrl");
        table.row(
                "agreement",
                "side",
                "destination",
                "why",
                "calls",
                "before",
                "after",
                "change",
                "");
        Map<String, BigDecimal> totals = new TreeMap<>();
        for (CausedChanges.Change change : changes) {
            boolean one = change.currencyBefore().equals(change.currencyAfter());
            BigDecimal before = change.before().amount();
            BigDecimal after = change.after().amount();
            table.row(
                    change.agreement(),
                    change.side().label(),
                    change.destination(),
                    change.cause().words(),
                    calls(change),
                    one ? number(before) : number(before) + " " + change.currencyBefore(),
                    number(after),
                    one ? signed(after.subtract(before)) : "",
                    change.currencyAfter());
            String key = change.side().label() + " ";
            totals.merge(key + change.currencyAfter(), after, BigDecimal::add);
            totals.merge(key + change.currencyBefore(), before.negate(), BigDecimal::add);
        }
        totals.forEach((key, total) -> {
            String[] words = key.split(" ", -1);
            table.row("", words[0], "in all", "", "", "", "", signed(total), words[1]);
        });
        answer.line("");
        table.lines("  ").forEach(answer::line);
    }

    private static String calls(CausedChanges.Change change) {
        long before = change.before().callCount();
        long after = change.after().callCount();
        return before == after ? "%,d".formatted(after) : "%,d → %,d".formatted(before, after);
    }

    /// The amount with all its decimals, in groups of three.
    private static String number(BigDecimal amount) {
        String form = "%,." + Math.max(0, amount.scale()) + "f";
        return String.format(Locale.ROOT, form, amount);
    }

    private static String signed(BigDecimal amount) {
        return (amount.signum() < 0 ? "-" : "+") + number(amount.abs());
    }

    private void documents(Answer answer) {
        TextTable table = new TextTable("lllrll");
        for (StatementChanges.Change change : outcome.statements()) {
            table.row(
                    "statement",
                    change.agreement() + " " + change.side().label(),
                    period(change.period()),
                    arrow(change.before(), change.after()),
                    change.after().currency().getCurrencyCode(),
                    applied ? "settled anew" : "would be settled anew");
        }
        for (DocumentChange change : documents()) {
            table.row(
                    change.status() == DocumentStatus.ISSUED ? "issued" : change.status().label(),
                    change.number(),
                    period(change.period()),
                    arrow(change.before(), change.after()),
                    currency(change),
                    fate(change));
        }
        if (!table.isEmpty()) {
            answer.line("");
            table.lines("  ").forEach(answer::line);
        }
    }

    private String fate(DocumentChange change) {
        if (change.status() == DocumentStatus.ISSUED) {
            String corrections = counted(change.corrections());
            return corrections + (applied ? " proposed" : " would be proposed");
        }
        String fate;
        if (change.before() == null) {
            fate = "new";
        } else {
            fate = change.after() == null ? "ended" : "drawn anew";
        }
        return applied ? fate : "would be " + fate;
    }

    private static String counted(int corrections) {
        return corrections == 1 ? "1 correction" : corrections + " corrections";
    }

    private static String currency(DocumentChange change) {
        @Nullable Money any = change.after() != null ? change.after() : change.before();
        return any == null ? "" : any.currency().getCurrencyCode();
    }

    private static String arrow(@Nullable Money before, @Nullable Money after) {
        return plain(before) + " → " + plain(after);
    }

    private static String plain(@Nullable Money money) {
        return money == null ? "none" : money.toString();
    }

    private static String period(BillingPeriod period) {
        return period.from() + " to " + period.lastDay();
    }

    private static Map<String, @Nullable Object> fields(CausedChanges.Change change) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("agreement", change.agreement());
        fields.put("side", change.side().label());
        fields.put("destinationBefore", change.destinationBefore());
        fields.put("destinationAfter", change.destinationAfter());
        fields.put("cause", change.cause().label());
        fields.put("callsBefore", change.before().callCount());
        fields.put("callsAfter", change.after().callCount());
        fields.put("billedSecondsBefore", change.before().billedSeconds());
        fields.put("billedSecondsAfter", change.after().billedSeconds());
        fields.put("amountBefore", change.before().amount());
        fields.put("amountAfter", change.after().amount());
        fields.put("currencyBefore", change.currencyBefore());
        fields.put("currencyAfter", change.currencyAfter());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(StatementChanges.Change change) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("agreement", change.agreement());
        fields.put("side", change.side().label());
        fields.put("periodFrom", change.period().from());
        fields.put("periodTo", change.period().lastDay());
        fields.put("dueBefore", change.before().amount());
        fields.put("dueAfter", change.after().amount());
        fields.put("currency", change.after().currency().getCurrencyCode());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(DocumentChange change) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("number", change.number());
        fields.put("status", change.status().label());
        fields.put("agreement", change.agreement());
        fields.put("periodFrom", change.period().from());
        fields.put("periodTo", change.period().lastDay());
        fields.put("netBefore", change.before() == null ? null : change.before().amount());
        fields.put("netAfter", change.after() == null ? null : change.after().amount());
        fields.put("corrections", change.corrections());
        return fields;
    }
}
