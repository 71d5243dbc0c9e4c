package org.tollkeeper.db.run;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tollkeeper.db.CopyLane;
import org.tollkeeper.db.HeldRows;

/// The rows that one transaction writes into the day leaves of a table: held by day until they are
/// worth a copy, and then handed to the lane.
public final class LeafRows {

    private static final long COPY_BYTES = 4 << 20;

    /// After how many rows the bytes are counted again.
    private static final int ROWS_BETWEEN = 1_024;

    private final CopyLane lane;
    private final List<String> columns;
    private final DayLeaves leaves;
    private final Map<Integer, HeldRows> held = new TreeMap<>();
    private final Set<Integer> sent = new HashSet<>();
    private int rowCount;

    /// @param table `call`, `fingerprint` or `charge`
    public LeafRows(CopyLane lane, String table, List<String> columns) {
        this.lane = lane;
        this.columns = columns;
        this.leaves = new DayLeaves(lane.connection(), table);
    }

    /// Says how many rows a day will get, as far as that is known; see [DayLeaves#expect].
    public void expect(LocalDate day, long expectedRows) {
        leaves.expect(day, expectedRows);
    }

    /// The rows of a day, to write one more row into; the row before must be whole.
    ///
    /// @param epochDay days since 1970-01-01
    public HeldRows of(int epochDay) throws SQLException {
        if (++rowCount % ROWS_BETWEEN == 0) {
            sendIfMany();
        }
        return rowsOf(epochDay);
    }

    private HeldRows rowsOf(int epochDay) throws SQLException {
        HeldRows rows = held.get(epochDay);
        if (rows == null) {
            var _ = lane.connection();
            rows = new HeldRows(leaves.load(LocalDate.ofEpochDay(epochDay)), columns);
            held.put(epochDay, rows);
        }
        return rows;
    }

    private void sendIfMany() {
        long byteCount = 0;
        for (HeldRows rows : held.values()) {
            byteCount += rows.byteCount();
        }
        if (byteCount >= COPY_BYTES) {
            send();
        }
    }

    private void send() {
        for (Map.Entry<Integer, HeldRows> day : held.entrySet()) {
            HeldRows rows = day.getValue();
            if (rows.rowCount() > 0) {
                lane.copy(rows, leaves.isOwn(LocalDate.ofEpochDay(day.getKey())));
                sent.add(day.getKey());
                day.setValue(new HeldRows(rows.table(), columns));
            }
        }
    }

    /// Whether this transaction made the leaf of a day, or does so now, and has given it no row
    /// yet.
    public boolean isEmpty(int epochDay) throws SQLException {
        HeldRows rows = rowsOf(epochDay);
        return leaves.isOwn(LocalDate.ofEpochDay(epochDay))
                && rows.rowCount() == 0
                && !sent.contains(epochDay);
    }

    /// The leaf of a day for whoever looks for rows in it: all rows are in, and its index is built.
    public String indexed(int epochDay) throws SQLException {
        send();
        held.remove(epochDay); // the leaf may have another name from now on
        var _ = lane.connection();
        return leaves.ensure(LocalDate.ofEpochDay(epochDay));
    }

    /// Hands the last rows over, and makes every new leaf a part of its table. Due before the
    /// transaction ends.
    public void finish() throws SQLException {
        send();
        var _ = lane.connection();
        leaves.attachAll();
    }

    /// How many leaves this transaction made and has not built the index of yet.
    public int freshCount() {
        return leaves.loadingCount();
    }
}
