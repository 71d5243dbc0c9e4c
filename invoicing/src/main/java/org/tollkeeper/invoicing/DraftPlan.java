package org.tollkeeper.invoicing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.LateUsage;
import org.tollkeeper.model.Side;

/// Which drafts and expected documents there should be, and how issued documents would have to be
/// corrected: a pure function of the statements, the agreements and what was issued.
///
/// A period that was issued gets no new draft. Where its statement changed since, the difference is
/// proposed as a correction; under `next-invoice` it becomes late lines of the next draft of the
/// agreement, as soon as there is one that stays above zero with them.
public final class DraftPlan {

    /// A document to draft, and the statement it is made of.
    public record Draft(Document document, AccountStatement statement) {}

    /// A correction of an issued document.
    public record Proposal(String number, Correction correction) {}

    private record Slot(String agreement, Side side, LocalDate periodFrom) {}

    private final Function<String, @Nullable Agreement> agreements;
    private final Map<Slot, Document> originals = new LinkedHashMap<>();
    private final Map<Slot, List<DocumentLine>> billed = new HashMap<>();
    private final List<Draft> drafts = new ArrayList<>();
    private final List<Proposal> proposals = new ArrayList<>();

    /// Corrections that wait for the next invoice, of the agreement at hand.
    private final Map<Side, List<Waiting>> waiting = new HashMap<>();

    private record Waiting(Document original, List<Correction> corrections) {}

    private DraftPlan(Function<String, @Nullable Agreement> agreements, List<Document> issued) {
        this.agreements = agreements;
        issued.stream()
                .filter(document -> document.status() == DocumentStatus.ISSUED)
                .forEach(this::remember);
    }

    /// Plans.
    ///
    /// @param statements all of them
    /// @param agreements by id; null when the book no longer has one
    /// @param issued all documents issued so far
    /// @param through the last day of the periods that were settled
    public static DraftPlan of(
            List<AccountStatement> statements,
            Function<String, @Nullable Agreement> agreements,
            List<Document> issued,
            LocalDate through) {
        DraftPlan plan = new DraftPlan(agreements, issued);
        Map<String, List<AccountStatement>> byAgreement = new LinkedHashMap<>();
        statements.stream()
                .sorted(Comparator.comparing(statement -> statement.period().from()))
                .forEach(statement ->
                        byAgreement
                                .computeIfAbsent(statement.agreement(), any -> new ArrayList<>())
                                .add(statement));
        byAgreement.forEach(plan::planAgreement);
        plan.planGone(statements, through);
        return plan;
    }

    public List<Draft> drafts() {
        return drafts;
    }

    public List<Proposal> proposals() {
        return proposals;
    }

    private void remember(Document document) {
        Slot own = slot(document, document.period().from());
        originals.putIfAbsent(own, document);
        for (DocumentLine line : document.lines()) {
            Slot slot = line.usage() == null ? own : slot(document, line.usage().from());
            billed.computeIfAbsent(slot, any -> new ArrayList<>()).add(line);
        }
    }

    private static Slot slot(Document document, LocalDate periodFrom) {
        return new Slot(document.agreement(), document.side(), periodFrom);
    }

    private void planAgreement(String id, List<AccountStatement> statements) {
        Agreement agreement = agreements.apply(id);
        waiting.clear();
        for (AccountStatement statement : statements) {
            for (Side side : List.of(Side.SELL, Side.BUY)) {
                Slot slot = new Slot(id, side, statement.period().from());
                Document original = originals.get(slot);
                if (original != null && original.currency().equals(statement.currency())) {
                    correct(original, slot, Drafts.lines(statement, side), agreement);
                } else if (original != null) {
                    // Settled in another currency now: nothing of the original stands.
                    correct(original, slot, List.of(), null);
                } else if (agreement != null) {
                    draft(statement, agreement, side);
                }
            }
        }
        waiting.values().forEach(all -> all.forEach(this::propose));
    }

    private void correct(
            Document original, Slot slot, List<DocumentLine> now, @Nullable Agreement agreement) {
        List<Correction> corrections =
                Correction.between(billed.getOrDefault(slot, List.of()), now);
        if (corrections.isEmpty()) {
            return;
        }
        Waiting correction = new Waiting(original, corrections);
        if (agreement != null && agreement.lateUsage() == LateUsage.NEXT_INVOICE) {
            waiting.computeIfAbsent(slot.side(), any -> new ArrayList<>()).add(correction);
        } else {
            propose(correction);
        }
    }

    private void propose(Waiting correction) {
        for (Correction each : correction.corrections()) {
            proposals.add(new Proposal(correction.original().number(), each));
        }
    }

    private void draft(AccountStatement statement, Agreement agreement, Side side) {
        List<Waiting> late = waiting.getOrDefault(side, List.of());
        List<DocumentLine> lateLines = new ArrayList<>();
        for (Waiting correction : late) {
            for (Correction each : correction.corrections()) {
                lateLines.add(each.late(correction.original().period()));
            }
        }
        Document document = Drafts.ofSide(statement, agreement, side, lateLines);
        if (!late.isEmpty() && document != null && document.net().minorUnits() > 0) {
            waiting.remove(side);
        } else {
            document = Drafts.ofSide(statement, agreement, side, List.of());
        }
        if (document != null) {
            drafts.add(new Draft(document, statement));
        }
    }

    /// Issued documents whose period has no statement any more: all of it was billed too much.
    private void planGone(List<AccountStatement> statements, LocalDate through) {
        Set<Slot> present = new HashSet<>();
        for (AccountStatement statement : statements) {
            for (Side side : Side.values()) {
                present.add(new Slot(statement.agreement(), side, statement.period().from()));
            }
        }
        originals.forEach((slot, original) -> {
            boolean settled = !original.period().lastDay().isAfter(through);
            if (settled && !present.contains(slot)) {
                correct(original, slot, List.of(), null);
            }
        });
    }
}
