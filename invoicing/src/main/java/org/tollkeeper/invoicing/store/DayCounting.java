package org.tollkeeper.invoicing.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tollkeeper.db.traffic.ExpectedRows;

/// Counts the days of reports anew by a thread and a connection of its own, while documents are
/// written: either waits for the database half of its time.
final class DayCounting implements AutoCloseable {

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("count").factory());
    private final Future<Integer> counted;

    /// Begins.
    ///
    /// @param connection that nobody else uses until this is closed; what is counted is committed
    DayCounting(Connection connection, CurrentBook book, ReportSpan span) {
        this.counted =
                thread.submit(() -> {
                    ExpectedRows.many(connection);
                    int days = ReportDays.refresh(connection, book, span);
                    connection.commit();
                    return days;
                });
    }

    /// Waits until all days are counted.
    void await() throws SQLException {
        try {
            var _ = counted.get();
        } catch (ExecutionException e) {
            throw new SQLException("the reports were not counted: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("the reports were not counted: interrupted", e);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
