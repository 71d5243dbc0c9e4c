package org.tollkeeper.mediation.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongConsumer;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.mediation.file.Archive;

/// A past period mediated again from its archived files under today's book, in the caller's
/// transaction.
///
/// The records are read into [ShadowTables] as a fresh start would read them, and what differs from
/// what stands is the difference. [#publish()] makes it the newest generation; without it, and with
/// a rollback, nothing ever happened. The caller holds the run lock, and rates, settles and drafts
/// what follows from the difference in the same transaction if it shall be seen at once.
public final class Remediation {

    private final Connection connection;
    private final Run run;
    private final ShadowTables shadow;
    private final Remediated difference;

    private Remediation(
            Connection connection, Run run, ShadowTables shadow, Remediated difference) {
        this.connection = connection;
        this.run = run;
        this.shadow = shadow;
        this.difference = difference;
    }

    /// Mediates the period again and finds the difference.
    ///
    /// @param connection with autocommit off
    /// @param progress is told how many more records were dealt with
    public static Remediation of(
            Connection connection,
            Archive archive,
            Run run,
            RemediationScope scope,
            LongConsumer progress)
            throws SQLException {
        try {
            ShadowTables shadow = ShadowTables.create(connection);
            List<Remediated.Left> left =
                    new Rereading(connection, archive, run, scope, shadow, progress).read();
            new GenerationChanges(connection, scope).find();
            if (scope.carrier() != null) {
                CarrierChoice.narrow(connection, scope.carrier());
            }
            RecordMoves.find(connection);
            return new Remediation(connection, run, shadow, CallDifference.find(connection, left));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the archive cannot be read, nothing was published: " + e.getMessage(), e);
        }
    }

    public Remediated difference() {
        return difference;
    }

    /// Writes the calls that are new, gone or changed as CSV, one row a call or changed field.
    ///
    /// @return how many rows
    public long writeCalls(Path file) {
        try {
            return CallDifference.write(connection, file);
        } catch (SQLException e) {
            throw new DatabaseException("the difference was not written: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("the difference was not written: " + e.getMessage(), e);
        }
    }

    /// Makes the difference the newest generation, visible when the caller commits.
    public void publish() throws SQLException {
        if (!difference.isNothing() || GenerationChanges.areKeysOnly(connection)) {
            new NextGeneration(connection, run).publish();
        }
    }

    /// Lets go of what was only needed to compare; to be called before a commit.
    public void forget() throws SQLException {
        shadow.drop();
    }
}
