package org.tollkeeper.rating;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.SuspenseReason;

/// Why one side of a call costs what it costs, step by step.
///
/// @param steps in the order of the rules, up to the one that decided
/// @param standing the charge that stands in the database; null when none does
public record Explanation(
        CallSide call, Outcome outcome, List<Step> steps, @Nullable Standing standing) {

    /// The charge that stands, and its generation.
    ///
    /// @param run that wrote it
    /// @param command of that run
    /// @param publication from which on it is visible
    public record Standing(BigDecimal amount, int run, String command, int publication) {

        private String words() {
            return "%s, written by run %d (%s), publication %d"
                    .formatted(amount.toPlainString(), run, command, publication);
        }
    }

    /// One rule and what it found.
    public record Step(String rule, String finding) {}

    /// One line that says who owes what, or why nobody does.
    public String verdict() {
        return switch (outcome) {
            case Charge charge ->
                    switch (call.side()) {
                                case SELL -> call.carrier() + " owes us ";
                                case BUY -> "we owe " + call.carrier() + " ";
                            }
                            + charge.amount().toPlainString()
                            + " "
                            + charge.agreement().currency();
            case Suspended(SuspenseReason reason) ->
                    "the side of " + call.carrier() + " is suspended: " + reason.label();
        };
    }

    /// What the charge that stands says, where it is not what the present book gives.
    public @Nullable String discrepancy() {
        return switch (outcome) {
            case Charge charge -> {
                if (standing == null) {
                    yield "no charge stands yet: the call has not been rated";
                }
                yield standing.amount().compareTo(charge.amount()) == 0
                        ? null
                        : "the charge that stands is "
                                + standing.amount().toPlainString()
                                + ": the book or the calls have changed since it was rated";
            }
            case Suspended suspended ->
                    standing == null
                            ? null
                            : "the charge that stands is "
                                    + standing.amount().toPlainString()
                                    + ": the book has changed since it was rated";
        };
    }

    /// The explanation as text for a terminal: a verdict, and a line a rule.
    public String text() {
        int width = steps.stream().mapToInt(step -> step.rule().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        text.append("  %-4s  %s%n".formatted(call.side().label(), verdict()));
        for (Step step : steps) {
            String indent = "\n" + " ".repeat(10 + width);
            text.append("        ")
                    .append(step.rule())
                    .append(" ".repeat(width + 2 - step.rule().length()))
                    .append(step.finding().replace("\n", indent))
                    .append('\n');
        }
        if (standing != null) {
            text.append("        stands")
                    .append(" ".repeat(Math.max(2, width - 4)))
                    .append(standing.words())
                    .append('\n');
        }
        @Nullable String discrepancy = discrepancy();
        if (discrepancy != null) {
            text.append("        note: ").append(discrepancy).append('\n');
        }
        return text.toString();
    }

    /// The explanation as values that print as JSON.
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("side", call.side().label());
        fields.put("carrier", call.carrier());
        switch (outcome) {
            case Charge charge -> {
                fields.put("agreement", charge.agreement().id());
                fields.put("deck", charge.firstRow().deck());
                fields.put("code", charge.firstRow().code());
                fields.put("destination", charge.firstRow().destination());
                fields.put("actualSeconds", charge.actualSeconds());
                fields.put("billedSeconds", charge.billedSeconds());
                fields.put("amount", charge.amount());
                fields.put("currency", charge.agreement().currency().getCurrencyCode());
            }
            case Suspended(SuspenseReason reason) -> fields.put("suspended", reason.label());
        }
        if (standing != null) {
            fields.put("standing", standing.amount());
            fields.put("standingRun", standing.run());
            fields.put("standingCommand", standing.command());
            fields.put("standingPublication", standing.publication());
        }
        fields.put(
                "steps",
                steps.stream()
                        .map(step -> Map.of("rule", step.rule(), "finding", step.finding()))
                        .toList());
        return fields;
    }
}
