package org.tollkeeper.mediation.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.tollkeeper.db.run.Run;

/// The counts of one transaction: what it adds to its run, and to the present state of the files
/// whose records it moved. The database checks that both balance.
final class Ledger {

    private final Map<Integer, Totals> files = new TreeMap<>();
    private Totals run = Totals.NONE;

    /// Records of a file read in this transaction.
    void read(int file, Outcome outcome, int count) {
        if (count > 0) {
            files.merge(file, Totals.NONE.plusRead(count).plus(outcome, count), Totals::plus);
            run = run.plusRead(count).plus(outcome, count);
        }
    }

    /// A record that was there before changes its outcome.
    ///
    /// @param sameRun whether this very run put it where it was
    void move(int file, Outcome from, Outcome to, boolean sameRun) {
        if (from == to && sameRun) {
            return;
        }
        files.merge(file, Totals.NONE.plus(from, -1).plus(to, 1), Totals::plus);
        run = sameRun ? run.plus(from, -1).plus(to, 1) : run.plusReopened(1).plus(to, 1);
    }

    Totals ofRun() {
        return run;
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    void write(Connection connection, Run in) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        """
                        update cdr_file set read_count = read_count + ?,
                            call_count = call_count + ?, joined_count = joined_count + ?,
                            duplicate_count = duplicate_count + ?,
                            suspended_count = suspended_count + ?,
                            filtered_count = filtered_count + ?
                        where id = ?\
                        """)) {
            for (Map.Entry<Integer, Totals> file : files.entrySet()) {
                update.setLong(1, file.getValue().read());
                outcomes(update, 2, file.getValue());
                update.setInt(7, file.getKey());
                update.addBatch();
            }
            update.executeBatch();
        }
        try (PreparedStatement update =
                connection.prepareStatement(
                        """
                        update run set read_count = read_count + ?,
                            reopened_count = reopened_count + ?,
                            call_count = call_count + ?, joined_count = joined_count + ?,
                            duplicate_count = duplicate_count + ?,
                            suspended_count = suspended_count + ?,
                            filtered_count = filtered_count + ?
                        where id = ?\
                        """)) {
            update.setLong(1, run.read());
            update.setLong(2, run.reopened());
            outcomes(update, 3, run);
            update.setInt(8, in.id());
            update.executeUpdate();
        }
    }

    private static void outcomes(PreparedStatement update, int at, Totals totals)
            throws SQLException {
        update.setLong(at, totals.calls());
        update.setLong(at + 1, totals.joined());
        update.setLong(at + 2, totals.duplicates());
        update.setLong(at + 3, totals.suspended());
        update.setLong(at + 4, totals.filtered());
    }
}
