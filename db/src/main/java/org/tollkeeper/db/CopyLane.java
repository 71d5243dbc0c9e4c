package org.tollkeeper.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A connection and the thread that copies prepared rows in by it, in the order in which they were
/// handed over, while the next are prepared. Whoever needs the connection for something else asks
/// the lane for it, which first waits until every row handed over is in.
///
/// One thread at a time hands rows over and asks for the connection; transactions are its own to
/// end.
public final class CopyLane implements AutoCloseable {

    private static final int WAITING_COPIES = 6;

    private final Connection connection;
    private final ExecutorService thread;
    private final Semaphore room = new Semaphore(WAITING_COPIES);
    private volatile @Nullable Throwable failure;
    private boolean atOnce;

    public CopyLane(Connection connection) {
        this.connection = connection;
        this.thread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("copy").factory());
    }

    /// From now on copies at once, on the caller's thread, or by the lane's own again. Only the
    /// former works while the caller reads from a cursor of the same connection.
    public void setAtOnce(boolean atOnce) {
        this.atOnce = atOnce;
    }

    /// Hands rows over for their table; the caller writes no more into them.
    ///
    /// @param isOwn whether the transaction made the table
    public void copy(HeldRows rows, boolean isOwn) {
        if (atOnce) {
            var _ = connection();
            send(rows, false); // an open cursor forbids rows that everybody sees
            return;
        }
        room.acquireUninterruptibly();
        thread.execute(() -> {
            try {
                if (failure == null) {
                    send(rows, isOwn);
                }
            } catch (RuntimeException | Error e) {
                failure = e; // whatever it is: rows are missing
            } finally {
                room.release();
            }
        });
    }

    private void send(HeldRows rows, boolean isOwn) {
        try (BinaryCopy copy =
                isOwn
                        ? BinaryCopy.intoOwn(connection, rows.table(), rows.columns())
                        : BinaryCopy.into(connection, rows.table(), rows.columns())) {
            copy.add(rows);
            var _ = copy.finish();
        }
    }

    /// The connection, with every row handed over copied in.
    ///
    /// @throws DatabaseException if a copy failed; the transaction is lost then
    public Connection connection() {
        awaitCopies();
        Throwable failed = failure;
        if (failed != null) {
            throw new DatabaseException(String.valueOf(failed.getMessage()), failed);
        }
        return connection;
    }

    /// Takes back what the transaction did, copies that failed among it.
    public void rollback() throws SQLException {
        awaitCopies();
        failure = null;
        connection.rollback();
    }

    private void awaitCopies() {
        room.acquireUninterruptibly(WAITING_COPIES);
        room.release(WAITING_COPIES);
    }

    @Override
    public void close() {
        thread.close();
    }
}
