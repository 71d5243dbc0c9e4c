package org.tollkeeper.mediation.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tollkeeper.db.CopyLane;
import org.tollkeeper.db.HeldRows;
import org.tollkeeper.db.run.LeafRows;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.db.run.Words;

/// What one transaction takes in, of one file or of several: they share a publication, whose
/// slices, leaves and counts are written with them. The caller ends the transaction.
final class Batch {

    /// After how many records a batch takes no further file: some minutes of work, which is what a
    /// run that is killed has to do again.
    private static final long MANY_RECORDS = 16_000_000;

    /// After how many new leaves; each holds some locks of the server.
    private static final int MANY_LEAVES = 64;

    private static final long COPY_BYTES = 1 << 20;

    /// What a run keeps from batch to batch; to be made anew after a rollback.
    record Memory(Words words, Fingerprints fingerprints) {
        static Memory of(Connection connection) throws SQLException {
            return new Memory(new Words(connection), new Fingerprints(connection));
        }
    }

    private final CopyLane lane;
    private final Run run;
    private final int publication;
    private final Fingerprints fingerprints;
    private final LeafRows prints;
    private final LeafRows calls;
    private final CallSlices slices;
    private final Duplicates duplicates;
    private final Ledger ledger = new Ledger();
    private final Map<String, HeldRows> rows = new LinkedHashMap<>();

    Batch(CopyLane lane, Run run, Memory memory) throws SQLException {
        this.lane = lane;
        this.run = run;
        this.publication = run.publish(lane.connection());
        this.fingerprints = memory.fingerprints();
        this.prints = new LeafRows(lane, "fingerprint", Fingerprints.COLUMNS);
        this.calls = new LeafRows(lane, "call", CallSlices.COLUMNS);
        this.slices = new CallSlices(this, memory.words(), calls);
        this.duplicates = new Duplicates(this);
    }

    Run run() {
        return run;
    }

    /// Under which all of it becomes visible.
    int publication() {
        return publication;
    }

    Fingerprints fingerprints() {
        return fingerprints;
    }

    /// The rows of `fingerprint`.
    LeafRows prints() {
        return prints;
    }

    /// The rows of `call`, which [#slices] writes.
    LeafRows calls() {
        return calls;
    }

    CallSlices slices() {
        return slices;
    }

    Duplicates duplicates() {
        return duplicates;
    }

    Ledger ledger() {
        return ledger;
    }

    /// The rows of a table without leaves, to write one more row into; the row before must be
    /// whole.
    HeldRows rows(String table, List<String> columns) {
        HeldRows held = rows.get(table);
        if (held == null || held.byteCount() > COPY_BYTES) {
            if (held != null) {
                lane.copy(held, false);
            }
            held = new HeldRows(table, columns);
            rows.put(table, held);
        }
        return held;
    }

    /// The connection, by which everything written is to be seen but the rows of leaves: those are
    /// there in a leaf that [LeafRows#indexed] gave.
    Connection connection() {
        for (HeldRows held : rows.values()) {
            lane.copy(held, false);
        }
        rows.clear();
        return lane.connection();
    }

    /// Whether no further file should join.
    boolean isFull() {
        return ledger.ofRun().read() >= MANY_RECORDS
                || prints.freshCount() + calls.freshCount() >= MANY_LEAVES;
    }

    /// Writes what is left and publishes. What the run gains is returned.
    Totals finish() throws SQLException {
        prints.finish();
        calls.finish();
        duplicates.settle();
        slices.publish();
        ledger.write(connection(), run);
        return ledger.ofRun();
    }
}
