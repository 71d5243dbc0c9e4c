package org.tollkeeper.app.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.db.book.StoredBook;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.invoicing.store.DocumentChange;
import org.tollkeeper.invoicing.store.Drafting;
import org.tollkeeper.model.Book;
import org.tollkeeper.rating.store.CausedChanges;
import org.tollkeeper.rating.store.Rating;
import org.tollkeeper.rating.store.Selection;
import org.tollkeeper.settlement.store.Settlements;
import org.tollkeeper.settlement.store.StatementChanges;

/// Chosen charges rated again, with all that follows: the statements of the periods settled so far
/// and their documents. It is done in one transaction, looked at, and then kept or taken back.
public final class Rerating {

    /// How far statements go: the last day through which they were settled.
    private static final String SETTLED_THROUGH =
            """
            select coalesce((select max(through) from settled),
                            (select max(period_end) - 1 from statement
                             where to_publication is null))\
            """;

    private final Database database;
    private final Selection selection;
    private final @Nullable Instant knownAt;

    /// @param knownAt rate under the book that was the newest then; null = the newest
    public Rerating(Database database, Selection selection, @Nullable Instant knownAt) {
        this.database = database;
        this.selection = selection;
        this.knownAt = knownAt;
    }

    /// What rating again changes.
    ///
    /// @param bookVersion under which it was rated
    /// @param callCount answered calls looked at
    /// @param documents null = they were not looked at, under a book of the past
    public record Outcome(
            int bookVersion,
            long callCount,
            List<CausedChanges.Change> charges,
            List<StatementChanges.Change> statements,
            @Nullable List<DocumentChange> documents) {}

    /// What is asked for and no version of the book has, in words; null when all is known.
    public @Nullable String whatIsUnknown() {
        try (Connection connection = database.connect()) {
            if (knownAt != null && StoredBook.knownAt(connection, knownAt) == 0) {
                return "no book was known at " + knownAt;
            }
            return selection.unknownName(connection);
        } catch (SQLException e) {
            throw new DatabaseException("the book cannot be read: " + e.getMessage(), e);
        }
    }

    /// Looks at what would change.
    public Outcome preview(Run run, LongConsumer progress) {
        try (Connection connection = database.connect()) {
            Outcome outcome = rate(connection, run, progress);
            connection.rollback();
            return outcome;
        } catch (SQLException e) {
            throw new DatabaseException("the preview failed: " + e.getMessage(), e);
        }
    }

    /// Changes the charges, statements and drafts; for issued documents corrections are proposed.
    public Outcome apply(Run run, LongConsumer progress) {
        try (Connection connection = database.connect()) {
            Outcome outcome = rate(connection, run, progress);
            connection.commit();
            @Nullable LocalDate through = settledThrough(connection);
            if (!outcome.charges().isEmpty() && through != null) {
                new Drafting(connection).draft(run, through, _ -> {});
            }
            return outcome;
        } catch (SQLException e) {
            throw new DatabaseException("rating again failed: " + e.getMessage(), e);
        }
    }

    private Outcome rate(Connection connection, Run run, LongConsumer progress)
            throws SQLException {
        int version =
                knownAt == null
                        ? StoredBook.current(connection)
                        : StoredBook.knownAt(connection, knownAt);
        if (version == 0) {
            throw new NoBookException();
        }
        Book book = StoredBook.read(connection, version);
        Rating.Result rated = Rating.rateAgain(connection, run, book, selection, progress);
        List<CausedChanges.Change> charges = CausedChanges.of(connection, rated.publication());
        @Nullable LocalDate through = settledThrough(connection);
        if (charges.isEmpty() || through == null) {
            return new Outcome(version, rated.callCount(), charges, List.of(), List.of());
        }
        new Settlements(connection, run, _ -> {}).settle(book.agreements(), through);
        return new Outcome(
                version,
                rated.callCount(),
                charges,
                StatementChanges.since(connection, rated.publication()),
                knownAt != null ? null : new Drafting(connection).preview(through));
    }

    private static @Nullable LocalDate settledThrough(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SETTLED_THROUGH);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getObject(1, LocalDate.class);
        }
    }
}
