package org.tollkeeper.app.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.Session;
import org.tollkeeper.app.terminal.Progress;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.db.book.StoredBook;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.invoicing.DocumentStatus;
import org.tollkeeper.invoicing.store.DocumentChange;
import org.tollkeeper.invoicing.store.Drafting;
import org.tollkeeper.invoicing.store.ProposedCorrection;
import org.tollkeeper.mediation.file.Archive;
import org.tollkeeper.mediation.store.Remediated;
import org.tollkeeper.mediation.store.Remediation;
import org.tollkeeper.mediation.store.RemediationScope;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Book;
import org.tollkeeper.rating.store.CausedChanges;
import org.tollkeeper.rating.store.Rating;
import org.tollkeeper.settlement.store.Settlements;
import org.tollkeeper.settlement.store.StatementChanges;

/// A remediation from the raw files to the documents, in one transaction: mediated again, rated,
/// settled as far as it was settled before, and drafted. Committed it is the newest state of
/// everything at once; taken back it never was, and the difference is known all the same.
public final class Remediating {

    private final Session session;
    private final Run run;
    private final RemediationScope scope;

    public Remediating(Session session, Run run, RemediationScope scope) {
        this.session = session;
        this.run = run;
        this.scope = scope;
    }

    /// What a remediation changes, stage by stage.
    ///
    /// @param carriers of the agreements that `charges` names
    /// @param documents drafts and expected documents that change
    /// @param proposals corrections of issued documents that are new
    /// @param through the last day settled; null = nothing was settled yet
    public record Difference(
            Remediated records,
            List<CausedChanges.Change> charges,
            Map<String, String> carriers,
            @Nullable LocalDate through,
            List<StatementChanges.Change> statements,
            List<DocumentChange> documents,
            List<ProposedCorrection> proposals) {

        public boolean isNothing() {
            return records.isNothing()
                    && charges.isEmpty()
                    && statements.isEmpty()
                    && documents.isEmpty()
                    && proposals.isEmpty();
        }
    }

    /// Finds the difference, and publishes it if told so.
    ///
    /// @param calls file for the calls that are new, gone or changed; null = none is written
    public Difference remediate(boolean apply, @Nullable Path calls) {
        try (Connection connection = session.database().connect()) {
            int version = StoredBook.current(connection);
            if (version == 0) {
                throw new NoBookException();
            }
            int before = newestPublication(connection);
            Remediated records = mediate(connection, calls);
            Book book = StoredBook.read(connection, version);
            Rating.Result rated = rate(connection, book);
            LocalDate through = settledThrough(connection);
            List<DocumentChange> documents = List.of();
            List<ProposedCorrection> proposals = List.of();
            if (through != null) {
                settle(connection, book, through);
                Drafting drafting = new Drafting(connection);
                documents = drafts(drafting.preview(through));
                proposals = drafting.proposals(through);
            }
            Difference difference =
                    new Difference(
                            records,
                            charges(connection, rated.publication()),
                            carriers(book),
                            through,
                            StatementChanges.since(connection, before),
                            documents,
                            proposals);
            if (apply) {
                if (through != null) {
                    draft(connection, through);
                }
                connection.commit();
            } else {
                connection.rollback();
            }
            return difference;
        } catch (SQLException e) {
            throw new DatabaseException(
                    "the remediation failed, nothing was published: " + e.getMessage(), e);
        }
    }

    private Remediated mediate(Connection connection, @Nullable Path calls) throws SQLException {
        try (Progress progress = session.progress("remediate", "records")) {
            Remediation remediation =
                    Remediation.of(
                            connection, new Archive(session.archive()), run, scope, progress::more);
            if (calls != null) {
                createFolder(calls);
                var _ = remediation.writeCalls(calls);
            }
            remediation.publish();
            remediation.forget();
            return remediation.difference();
        }
    }

    private static void createFolder(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Rating.Result rate(Connection connection, Book book) throws SQLException {
        try (Progress progress = session.progress("rate", "calls")) {
            return Rating.rate(connection, run, book, null, null, progress);
        }
    }

    private void settle(Connection connection, Book book, LocalDate through) throws SQLException {
        try (Progress progress = session.progress("settle", "agreements")) {
            var _ = new Settlements(connection, run, progress).settle(book.agreements(), through);
        }
    }

    private void draft(Connection connection, LocalDate through) throws SQLException {
        try (Progress progress = session.progress("draft", "documents")) {
            var _ = new Drafting(connection).draftUncommitted(run, through, progress);
        }
    }

    private static List<DocumentChange> drafts(List<DocumentChange> changes) {
        return changes.stream().filter(change -> change.status() != DocumentStatus.ISSUED).toList();
    }

    /// Sides without a price before and after are none of it.
    private static List<CausedChanges.Change> charges(Connection connection, int publication)
            throws SQLException {
        if (publication == 0) {
            return List.of();
        }
        return CausedChanges.of(connection, publication).stream()
                .filter(each -> each.before().callCount() + each.after().callCount() > 0)
                .toList();
    }

    private static Map<String, String> carriers(Book book) {
        Map<String, String> carriers = new HashMap<>();
        for (Agreement agreement : book.agreements()) {
            carriers.put(agreement.id(), agreement.carrier());
        }
        return carriers;
    }

    private static int newestPublication(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select coalesce(max(id), 0) from publication")) {
            row.next();
            return row.getInt(1);
        }
    }

    /// The day that statements stand through: what was not settled is none of a remediation's
    /// business.
    private static @Nullable LocalDate settledThrough(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                select coalesce((select max(through) from settled),
                                    (select max(period_end) - 1 from statement
                                     where to_publication is null))\
                                """)) {
            row.next();
            return row.getObject(1, LocalDate.class);
        }
    }
}
