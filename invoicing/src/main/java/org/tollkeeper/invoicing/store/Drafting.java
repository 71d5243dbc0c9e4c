package org.tollkeeper.invoicing.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.invoicing.Document;
import org.tollkeeper.invoicing.DocumentStatus;
import org.tollkeeper.invoicing.DraftPlan;
import org.tollkeeper.invoicing.PeriodSpan;
import org.tollkeeper.invoicing.print.Pdf;
import org.tollkeeper.invoicing.print.Sheet;
import org.tollkeeper.model.Agreement;

/// Brings drafts and expected documents in line with the statements: what is unchanged is left
/// alone, what changed gets a new generation, what is no longer called for ends. Issued documents
/// are never touched; where the charges of their period changed, corrections are proposed.
public final class Drafting {

    private static final LocalDate FOR_EVER = LocalDate.of(9999, 1, 1);

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

    /// Drafts the periods of `span`, in one transaction that it commits.
    ///
    /// @param progress told how many documents were looked at
    public Outcome draft(Run run, PeriodSpan span, LongConsumer progress) throws SQLException {
        List<StoredDocument> live = documents.live(FOR_EVER);
        DraftPlan plan =
                DraftPlan.of(
                        LiveStatements.through(connection, FOR_EVER),
                        book::agreement,
                        live.stream().map(StoredDocument::document).toList());
        Map<String, StoredDocument> stale = new HashMap<>();
        for (StoredDocument document : live) {
            if (document.document().status() != DocumentStatus.ISSUED
                    && span.holds(document.document().period())) {
                stale.put(document.document().number(), document);
            }
        }
        List<Changed> changed = new ArrayList<>();
        int unchanged = 0;
        long seen = 0;
        for (DraftPlan.Draft draft : plan.drafts()) {
            if (span.holds(draft.document().period())) {
                Changed next = next(draft, stale.remove(draft.document().number()));
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
        connection.commit();
        return new Outcome(changed.size(), unchanged, stale.size(), plan.proposals().size());
    }

    /// A generation to write, printed already, and the one it follows.
    private record Changed(
            DraftPlan.Draft draft,
            byte[] digest,
            @Nullable StoredDocument before) {}

    private @Nullable Changed next(
            DraftPlan.Draft draft, @Nullable StoredDocument before)
            throws SQLException {
        Document document = draft.document();
        Agreement agreement = Objects.requireNonNull(book.agreement(document.agreement()));
        Sheet sheet = sheets.document(document, draft.statement(), agreement);
        byte[] digest = Sheets.digest(document, sheet);
        if (before != null && before.digest().equals(HexFormat.of().formatHex(digest))) {
            return null;
        }
        if (renditions.find(digest, Renditions.PDF) == null) {
            renditions.put(digest, Renditions.PDF, Pdf.of(sheet));
        }
        return new Changed(draft, digest, before);
    }

    private void publish(
            Run run,
            List<Changed> changed,
            Map<String, StoredDocument> gone,
            List<DraftPlan.Proposal> proposals)
            throws SQLException {
        int publication = run.publish(connection);
        for (StoredDocument document : gone.values()) {
            documents.retire(document.id(), publication);
        }
        for (Changed each : changed) {
            if (each.before() != null) {
                documents.retire(each.before().id(), publication);
            }
            documents.insert(
                    each.draft().document(),
                    each.digest(),
                    each.draft().statement().id(),
                    book.names(),
                    book.version(),
                    run,
                    publication);
        }
        Proposals.replace(connection, proposals, run, publication);
    }
}
