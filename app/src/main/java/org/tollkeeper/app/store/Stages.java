package org.tollkeeper.app.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.book.store.BookLoad;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.db.book.StoredBook;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.invoicing.MalformedVendorFile;
import org.tollkeeper.invoicing.VendorComparison;
import org.tollkeeper.invoicing.store.Drafting;
import org.tollkeeper.invoicing.store.Issuing;
import org.tollkeeper.invoicing.store.OutFiles;
import org.tollkeeper.invoicing.store.VendorReconciliation;
import org.tollkeeper.mediation.store.DeliveryCheck;
import org.tollkeeper.model.DeliveryFinding;
import org.tollkeeper.rating.store.Explain;
import org.tollkeeper.rating.store.ExplainedCall;
import org.tollkeeper.rating.store.Rating;
import org.tollkeeper.settlement.PeriodName;
import org.tollkeeper.settlement.store.Settled;
import org.tollkeeper.settlement.store.SettlementJoints;
import org.tollkeeper.settlement.store.Settlements;

/// The stages after the book is loaded, each brought to work on the newest book of one database.
public final class Stages {

    private final Database database;

    public Stages(Database database) {
        this.database = database;
    }

    /// Work on a connection, committed if it ends well.
    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection, int bookVersion) throws SQLException;
    }

    @FunctionalInterface
    private interface Loading {
        BookLoad on(Connection connection) throws SQLException;
    }

    /// Reads, checks and stores a book, and notes its version with the run.
    public BookLoad load(Run run, Path book) {
        return load(run, connection -> BookLoad.load(connection, book, run.startedAt()));
    }

    /// The same, but files that said the newest version already are not read again.
    public BookLoad loadUnlessRead(Run run, Path book) {
        return load(run, connection -> BookLoad.loadUnlessRead(connection, book, run.startedAt()));
    }

    private BookLoad load(Run run, Loading loading) {
        try (Connection connection = database.connect()) {
            BookLoad load = loading.on(connection);
            int version =
                    switch (load) {
                        case BookLoad.Refused _ -> 0;
                        case BookLoad.Unread unread -> unread.version();
                        case BookLoad.Loaded loaded -> loaded.version();
                    };
            if (version > 0) {
                try (PreparedStatement note =
                        connection.prepareStatement("update run set book = ? where id = ?")) {
                    note.setInt(1, version);
                    note.setInt(2, run.id());
                    note.executeUpdate();
                }
            }
            connection.commit();
            return load;
        } catch (SQLException e) {
            throw new DatabaseException("the book was not loaded: " + e.getMessage(), e);
        }
    }

    /// Rates what is new or stale, and the UTC connect days named if there are any.
    public Rating.Result rate(
            Run run, @Nullable LocalDate from, @Nullable LocalDate to, LongConsumer progress) {
        int newest = inTransaction("the book", (connection, version) -> version);
        return new Rating(database).rate(run, newest, StoredBook::read, from, to, progress);
    }

    /// Settles every period that ended on or before a date, or those of one name among them.
    public Settled settle(
            Run run, LocalDate through, @Nullable PeriodName name, LongConsumer progress) {
        return inTransaction(
                "settlement",
                (connection, version) -> {
                    Settlements settlements = new Settlements(connection, run, progress);
                    var agreements =
                            StoredBook.readWithoutDeckRows(connection, version).agreements();
                    return name == null
                            ? settlements.settle(agreements, through)
                            : settlements.settle(agreements, through, name);
                });
    }

    /// Drafts the documents of every period that ended on or before a date.
    public Drafting.Outcome draft(
            Run run, LocalDate through, @Nullable PeriodName name, LongConsumer progress) {
        return inTransaction(
                "drafting",
                (connection, version) -> {
                    Drafting drafting = new Drafting(connection);
                    return name == null
                            ? drafting.draft(run, through, progress)
                            : drafting.draft(run, through, name::names, progress);
                });
    }

    /// Numbers and freezes the drafts of the periods of a name.
    public Issuing.Outcome issue(Run run, PeriodName name, Clock clock) throws IOException {
        try (Connection connection = database.connect()) {
            return new Issuing(connection, clock).issue(run, name::names);
        } catch (SQLException e) {
            throw new DatabaseException("issuing failed: " + e.getMessage(), e);
        }
    }

    /// Writes documents, statements and reports into the output folder.
    ///
    /// @param deliveries what [#deliveries] found
    public OutFiles.Outcome write(
            LocalDate through, List<DeliveryFinding> deliveries, Path out, LongConsumer progress)
            throws IOException {
        try (Connection connection = database.connect();
                Connection counting = database.connect()) {
            return new OutFiles(connection, out).write(through, deliveries, counting, progress);
        } catch (SQLException e) {
            throw new DatabaseException("the output was not written: " + e.getMessage(), e);
        }
    }

    /// What is wrong with what switches delivered by the end of a day where the company is; nothing
    /// before the first book.
    ///
    /// @param through null = yesterday
    public List<DeliveryFinding> deliveries(@Nullable LocalDate through, Clock clock) {
        try (Connection connection = database.connect()) {
            int version = StoredBook.current(connection);
            if (version == 0) {
                return List.of();
            }
            ZoneId zone = StoredBook.company(connection, version).timeZone();
            LocalDate end =
                    through == null
                            ? LocalDate.ofInstant(clock.instant(), zone)
                            : through.plusDays(1);
            return DeliveryCheck.findings(connection, end.atStartOfDay(zone).toInstant());
        } catch (SQLException e) {
            throw new DatabaseException("the deliveries were not checked: " + e.getMessage(), e);
        }
    }

    /// Compares our expected invoice with a vendor's summary.
    ///
    /// @param out folder for the comparison as CSV and PDF; null = none is written
    public VendorComparison compare(
            String agreement, PeriodName name, Path summary, @Nullable Path out)
            throws IOException, MalformedVendorFile {
        try (Connection connection = database.connect()) {
            VendorReconciliation reconciliation = new VendorReconciliation(connection);
            VendorComparison comparison = reconciliation.compare(agreement, name::names, summary);
            if (out != null) {
                reconciliation.write(comparison, out);
            }
            return comparison;
        } catch (SQLException e) {
            throw new DatabaseException("the comparison failed: " + e.getMessage(), e);
        }
    }

    /// Every call of a name, and why it costs what it costs.
    ///
    /// @param knownAt under the book that was the newest then; null = the newest
    public List<ExplainedCall> explain(String call, @Nullable Instant knownAt) {
        return inTransaction(
                "the explanation",
                (connection, newest) -> {
                    int version =
                            knownAt == null ? newest : StoredBook.knownAt(connection, knownAt);
                    if (version == 0) {
                        throw new NoBookException(Objects.requireNonNull(knownAt));
                    }
                    return Explain.of(connection, version).calls(call);
                });
    }

    /// The totals on which two neighbouring stages do not agree, in words; none, or a defect.
    public List<String> disagreements() {
        List<String> found = new ArrayList<>();
        for (ControlTotals totals : ControlTotals.of(database)) {
            if (!totals.agree()) {
                found.add(totals.toString());
            }
        }
        inTransaction(
                        "reconciliation",
                        (connection, version) -> SettlementJoints.ofSums(connection))
                .stream()
                .filter(joint -> !joint.balances())
                .forEach(joint -> found.add("charges and statements: " + joint));
        return found;
    }

    /// Yesterday, by the clock on the company's wall.
    public LocalDate yesterday(Clock clock) {
        return inTransaction(
                "the book",
                (connection, version) ->
                        LocalDate.ofInstant(
                                        clock.instant(),
                                        StoredBook.readWithoutDeckRows(connection, version)
                                                .company()
                                                .timeZone())
                                .minusDays(1));
    }

    private <T> T inTransaction(String what, Work<T> work) {
        try (Connection connection = database.connect()) {
            int version = StoredBook.current(connection);
            if (version == 0) {
                throw new NoBookException();
            }
            T result = work.on(connection, version);
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw new DatabaseException(what + " failed: " + e.getMessage(), e);
        }
    }
}
