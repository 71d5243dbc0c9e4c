package org.tollkeeper.db;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows prepared in memory for a [BinaryCopy] that another thread makes, so that the server need
/// not wait for them.
public final class HeldRows extends BinaryRows {

    private static final int BLOCK_BYTES = 32 * 1024;

    private static final class Piece {
        private final byte[] bytes;
        private final int byteCount;

        Piece(byte[] bytes, int byteCount) {
            this.bytes = bytes;
            this.byteCount = byteCount;
        }
    }

    private final List<String> columns;
    private final List<Piece> pieces = new ArrayList<>();
    private long byteCount;

    /// Room for rows of some columns of a table.
    public HeldRows(String table, List<String> columns) {
        super(table, columns.size(), BLOCK_BYTES);
        this.columns = columns;
    }

    List<String> columns() {
        return columns;
    }

    /// Bytes of all blocks that are full.
    public long byteCount() {
        return byteCount;
    }

    @Override
    byte[] taken(byte[] filled, int filledBytes) {
        pieces.add(new Piece(filled, filledBytes));
        byteCount += filledBytes;
        return new byte[BLOCK_BYTES];
    }

    @Override
    void pass(byte[] bytes, int offset, int length) {
        pieces.add(new Piece(Arrays.copyOfRange(bytes, offset, offset + length), length));
        byteCount += length;
    }

    void passTo(BinaryCopy copy) {
        requireWholeRow();
        flush();
        for (Piece piece : pieces) {
            copy.pass(piece.bytes, 0, piece.byteCount);
        }
    }
}
