package org.tollkeeper.db;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows prepared in memory for a [BinaryCopy] that another thread makes, so that the server need
/// not wait for them.
public final class HeldRows extends BinaryRows {

    private static final int BLOCK_BYTES = 32 * 1024;

    private record Piece(byte[] bytes, int byteCount) {}

    private final List<Piece> pieces = new ArrayList<>();
    private long byteCount;

    /// Room for rows of `columnCount` columns.
    public HeldRows(String table, int columnCount) {
        super(table, columnCount, BLOCK_BYTES);
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
            copy.pass(piece.bytes(), 0, piece.byteCount());
        }
    }
}
