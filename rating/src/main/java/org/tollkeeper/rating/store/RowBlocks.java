package org.tollkeeper.rating.store;

import java.util.List;
import org.tollkeeper.db.CopyLane;
import org.tollkeeper.db.HeldRows;

/// Rows on their way into a table, handed to the lane a block at a time.
final class RowBlocks {

    private static final int BLOCK_ROWS = 32_768;

    private final CopyLane lane;
    private final String table;
    private final List<String> columns;
    private HeldRows rows;

    RowBlocks(CopyLane lane, String table, List<String> columns) {
        this.lane = lane;
        this.table = table;
        this.columns = columns;
        this.rows = new HeldRows(table, columns);
    }

    /// A row to write the columns of; the row before must be whole.
    HeldRows startRow() {
        if (rows.rowCount() == BLOCK_ROWS) {
            send();
        }
        rows.startRow();
        return rows;
    }

    /// Hands over what is waiting.
    void send() {
        lane.copy(rows, false);
        rows = new HeldRows(table, columns);
    }
}
