package org.tollkeeper.app.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.db.RunLock;
import org.tollkeeper.db.run.Run;

/// A run from its beginning to its end, with the lock that keeps every other run out. A run that is
/// closed before it is [#done()] has failed.
public final class OpenRun implements AutoCloseable {

    private final Database database;
    private final Clock clock;
    private final RunLock lock;
    private final Run run;
    private boolean done;

    private OpenRun(Database database, Clock clock, RunLock lock, Run run) {
        this.database = database;
        this.clock = clock;
        this.lock = lock;
        this.run = run;
    }

    /// Begins a run of a command.
    ///
    /// @throws LockedException when another run holds the lock
    public static OpenRun begin(Database database, String command, String reason, Clock clock) {
        RunLock lock = RunLock.tryAcquire(database);
        if (lock == null) {
            throw new LockedException(LockHolder.describe(database));
        }
        try (Connection connection = database.connect()) {
            Run run = Run.begin(connection, command, reason, clock.instant());
            connection.commit();
            return new OpenRun(database, clock, lock, run);
        } catch (SQLException e) {
            lock.close();
            throw new DatabaseException("the run cannot be noted: " + e.getMessage(), e);
        }
    }

    public Run run() {
        return run;
    }

    /// Ends the run well.
    public void done() {
        end(true);
        done = true;
    }

    @Override
    public void close() {
        try (lock) {
            if (!done) {
                end(false);
            }
        }
    }

    private void end(boolean well) {
        try (Connection connection = database.connect()) {
            run.end(connection, well, clock.instant());
            connection.commit();
        } catch (SQLException e) {
            throw new DatabaseException("the end of the run cannot be noted: " + e.getMessage(), e);
        }
    }
}
