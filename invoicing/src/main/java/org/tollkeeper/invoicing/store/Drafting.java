package org.tollkeeper.invoicing.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.invoicing.Document;
import org.tollkeeper.invoicing.DocumentStatus;
import org.tollkeeper.invoicing.DraftPlan;
import org.tollkeeper.invoicing.print.Sheet;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Money;

/// Brings drafts and expected documents in line with the statements: what is unchanged is left
/// alone, what changed gets a new generation, what is no longer called for ends. Issued documents
/// are never touched; where the charges of their period changed, corrections are proposed.
public final class Drafting {

    private static final LocalDate FOR_EVER = LocalDate.of(9999, 1, 1);

    /// Of the output, see [LaidOut].
    private static final String PART = "drafts";

    private final Connection connection;
    private final CurrentBook book;
    private final Sheets sheets;
    private final StoredDocuments documents;
    private final Renditions renditions;

    /// What a drafting did.
    ///
    /// @param drafted new generations of drafts and expected documents
    /// @param unchanged drafts and expected documents that stay
    /// @param retired drafts and expected documents that are gone without a successor
    /// @param proposed open corrections of issued documents
    public record Outcome(int drafted, int unchanged, int retired, int proposed) {}

    /// @param connection with autocommit off
    public Drafting(Connection connection) throws SQLException {
        this.connection = connection;
        this.book = CurrentBook.read(connection);
        this.sheets = new Sheets(book);
        this.documents = new StoredDocuments(connection);
        this.renditions = new Renditions(connection);
    }

    /// Drafts every period that ended on or before `through`, in one transaction that it commits.
    ///
    /// @param progress told how many documents were looked at
    public Outcome draft(Run run, LocalDate through, LongConsumer progress) throws SQLException {
        Outcome outcome = draftUncommitted(run, through, progress);
        connection.commit();
        return outcome;
    }

    /// The same in the caller's transaction, which commits it with what led to it. Where nothing
    /// that documents are drafted from changed since, none is laid out.
    public Outcome draftUncommitted(Run run, LocalDate through, LongConsumer progress)
            throws SQLException {
        LaidOut laidOut = new LaidOut(connection);
        List<StoredDocument> heads = documents.liveHeads(FOR_EVER);
        if (laidOut.from(PART, source(heads, through)) != null) {
            int drafts = 0;
            for (StoredDocument head : heads) {
                drafts += head.document().status() == DocumentStatus.ISSUED ? 0 : 1;
            }
            progress.accept(drafts);
            return new Outcome(0, drafts, 0, Proposals.numbers(connection).size());
        }
        Outcome outcome = draftUncommitted(run, through, period -> true, progress);
        laidOut.remember(PART, source(documents.liveHeads(FOR_EVER), through), Map.of());
        return outcome;
    }

    /// All that decides which documents there should be, and which there are.
    private String source(List<StoredDocument> heads, LocalDate through) throws SQLException {
        return "book %d through %s statements %s documents %s proposals %s"
                .formatted(
                        book.version(),
                        through,
                        LiveStatements.numbers(connection, through),
                        heads.stream().map(StoredDocument::id).toList(),
                        Proposals.numbers(connection));
    }

    /// Drafts the periods that are meant, in one transaction that it commits; the drafts of others
    /// stay as long as their statements do.
    public Outcome draft(
            Run run, LocalDate through, Predicate<BillingPeriod> meant, LongConsumer progress)
            throws SQLException {
        Outcome outcome = draftUncommitted(run, through, meant, progress);
        connection.commit();
        return outcome;
    }

    private Outcome draftUncommitted(
            Run run, LocalDate through, Predicate<BillingPeriod> meant, LongConsumer progress)
            throws SQLException {
        List<StoredDocument> live = documents.live(FOR_EVER);
        DraftPlan plan = plan(live, through);
        Map<String, StoredDocument> stale = new HashMap<>();
        for (StoredDocument document : live) {
            if (document.document().status() != DocumentStatus.ISSUED) {
                stale.put(document.document().number(), document);
            }
        }
        List<Changed> changed = new ArrayList<>();
        int unchanged = 0;
        long seen = 0;
        for (DraftPlan.Draft draft : plan.drafts()) {
            StoredDocument before = stale.remove(draft.document().number());
            if (meant.test(draft.document().period())) {
                Changed next = next(draft, before);
                if (next == null) {
                    unchanged++;
                } else {
                    changed.add(next);
                }
                progress.accept(++seen);
            }
        }
        boolean proposalsChange = Proposals.differ(connection, plan.proposals());
        if (!changed.isEmpty() || !stale.isEmpty() || proposalsChange) {
            publish(run, changed, stale, plan.proposals());
        }
        return new Outcome(changed.size(), unchanged, stale.size(), plan.proposals().size());
    }

    private DraftPlan plan(List<StoredDocument> live, LocalDate through) throws SQLException {
        return DraftPlan.of(
                LiveStatements.through(connection, through),
                book::agreement,
                live.stream().map(StoredDocument::document).toList(),
                through);
    }

    /// What drafting every period that ended on or before `through` would change, in the caller's
    /// transaction and without doing it.
    public List<DocumentChange> preview(LocalDate through) throws SQLException {
        List<StoredDocument> live = documents.live(FOR_EVER);
        DraftPlan plan = plan(live, through);
        Map<String, Document> before = new TreeMap<>();
        live.forEach(stored -> before.put(stored.document().number(), stored.document()));
        List<DocumentChange> changes = new ArrayList<>();
        for (DraftPlan.Draft draft : plan.drafts()) {
            Document now = draft.document();
            @Nullable Document old = before.remove(now.number());
            if (!now.equals(old)) {
                changes.add(change(now, old == null ? null : old.net(), now.net(), 0));
            }
        }
        for (String number : Proposals.differing(connection, plan.proposals())) {
            Document issued = Objects.requireNonNull(before.get(number));
            changes.add(corrected(issued, plan.proposals()));
        }
        before.values().stream()
                .filter(document -> document.status() != DocumentStatus.ISSUED)
                .forEach(document -> changes.add(change(document, document.net(), null, 0)));
        return changes;
    }

    /// The corrections of issued documents that it would propose and that are not proposed yet,
    /// line by line: what a credit or debit note is made of.
    public List<ProposedCorrection> proposals(LocalDate through) throws SQLException {
        List<StoredDocument> live = documents.live(FOR_EVER);
        Map<String, Document> issued = new HashMap<>();
        live.forEach(stored -> issued.put(stored.document().number(), stored.document()));
        List<ProposedCorrection> proposals = new ArrayList<>();
        for (DraftPlan.Proposal proposal :
                Proposals.notStanding(connection, plan(live, through).proposals())) {
            proposals.add(
                    new ProposedCorrection(
                            Objects.requireNonNull(issued.get(proposal.number())),
                            proposal.correction()));
        }
        return proposals;
    }

    private static DocumentChange corrected(Document issued, List<DraftPlan.Proposal> proposals) {
        Money after = issued.net();
        int corrections = 0;
        for (DraftPlan.Proposal proposal : proposals) {
            if (proposal.number().equals(issued.number())) {
                after = after.plus(proposal.correction().difference());
                corrections++;
            }
        }
        return change(issued, issued.net(), after, corrections);
    }

    private static DocumentChange change(
            Document document, @Nullable Money before, @Nullable Money after, int corrections) {
        return new DocumentChange(
                document.number(),
                document.status(),
                document.agreement(),
                document.period(),
                before,
                after,
                corrections);
    }

    /// A generation to write, printed already, and the one it follows.
    private record Changed(
            DraftPlan.Draft draft, Sheet sheet, String digest, @Nullable StoredDocument before) {}

    private @Nullable Changed next(DraftPlan.Draft draft, @Nullable StoredDocument before)
            throws SQLException {
        Document document = draft.document();
        Agreement agreement = Objects.requireNonNull(book.agreement(document.agreement()));
        Sheet sheet = sheets.document(document, draft.statement(), agreement);
        String digest = HexFormat.of().formatHex(Sheets.digest(document, sheet));
        if (before != null && before.digest().equals(digest)) {
            return null;
        }
        return new Changed(draft, sheet, digest, before);
    }

    private void publish(
            Run run,
            List<Changed> changed,
            Map<String, StoredDocument> gone,
            List<DraftPlan.Proposal> proposals)
            throws SQLException {
        int publication = run.publish(connection);
        Map<String, Sheet> printed = new LinkedHashMap<>();
        changed.forEach(each -> printed.put(each.digest(), each.sheet()));
        renditions.print(printed);
        for (StoredDocument document : gone.values()) {
            documents.retire(document.id(), publication);
        }
        for (Changed each : changed) {
            if (each.before() != null) {
                documents.retire(each.before().id(), publication);
            }
            documents.insert(
                    each.draft().document(),
                    bytes(each),
                    each.draft().statement().id(),
                    book.names(),
                    book.version(),
                    run,
                    publication);
        }
        Proposals.replace(connection, proposals, run, publication);
    }

    private static byte[] bytes(Changed changed) {
        return HexFormat.of().parseHex(changed.digest());
    }
}
