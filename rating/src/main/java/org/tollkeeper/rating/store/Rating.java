package org.tollkeeper.rating.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.CopyLane;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.model.Book;

/// The whole stage: prices every call that has no charge yet or whose charge is stale, and
/// publishes what changed in one transaction. Whatever the order in which calls and books came in,
/// the charges are those that a fresh start would give; where nothing changed, nothing is written.
public final class Rating {

    private final Database database;

    public Rating(Database database) {
        this.database = database;
    }

    /// What a run of the stage did.
    ///
    /// @param callCount answered calls looked at
    /// @param chargeCount charges written; those that came out as they stood are not written again
    /// @param suspendedCount sides that could not be priced, written
    /// @param publishedSliceCount slices of charges that became visible
    /// @param retiredSliceCount slices of charges that are superseded
    /// @param publication under which the changes are visible; 0 when there was nothing to do
    public record Result(
            long callCount,
            long chargeCount,
            long suspendedCount,
            int publishedSliceCount,
            int retiredSliceCount,
            int publication) {

        static final Result NOTHING = new Result(0, 0, 0, 0, 0, 0);
    }

    /// Gives a version of the book.
    @FunctionalInterface
    public interface Books {
        /// The whole book, its deck rows with their numbers.
        Book read(Connection connection, int version) throws SQLException;
    }

    /// Rates what is new or stale, and the days named whether they are or not. Where neither calls
    /// nor the book changed since, that is nothing, and no book is read to find it.
    ///
    /// @param version the newest of the book
    /// @param from first UTC connect day
    /// @param to the last, inclusive
    public Result rate(
            Run run,
            int version,
            Books books,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            LongConsumer progress) {
        byte @Nullable [] program = RatedBook.program();
        // Calls are read by a connection of their own while charges are on their way in.
        try (Connection connection = database.connect();
                Connection reading = database.connect()) {
            RatedBook rated = new RatedBook(connection, program);
            boolean named = from != null && to != null;
            if (!named && rated.is(version) && !RatingPass.isCalledFor(connection)) {
                return Result.NOTHING;
            }
            Book book = books.read(reading, version);
            try (CopyLane lane = new CopyLane(connection)) {
                Result result = new RatingPass(lane, reading, run, book, progress).rate(from, to);
                rated.mark(version);
                lane.connection().commit();
                return result;
            }
        } catch (SQLException e) {
            throw new DatabaseException("rating failed, nothing was published: " + e, e);
        }
    }

    /// Rates what is new or stale under a book, in the caller's transaction, which sees the result
    /// at once. The caller commits, or looks at [ChargeChanges] and takes everything back.
    ///
    /// @param book the newest version, its deck rows with their numbers
    public static Result rate(
            Connection connection,
            Run run,
            Book book,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            LongConsumer progress)
            throws SQLException {
        try (CopyLane lane = new CopyLane(connection)) {
            return new RatingPass(lane, null, run, book, progress).rate(from, to);
        }
    }

    /// Rates charges again that were rated before, in the caller's transaction, and no others:
    /// calls that are not rated yet stay so, and what else is stale stays stale.
    ///
    /// @param book of any version, its deck rows with their numbers
    public static Result rateAgain(
            Connection connection, Run run, Book book, Selection selection, LongConsumer progress)
            throws SQLException {
        try (CopyLane lane = new CopyLane(connection)) {
            return new RatingPass(lane, null, run, book, progress)
                    .rateAgain(selection.units(connection));
        }
    }
}
