package org.tollkeeper.db;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/// The rows of a query, as the server streams them by its binary COPY: no row waits for a request,
/// and nothing but the row's bytes is allocated. The values of a row are read in the order of the
/// query's columns, each with the width of its type; see [BinaryRows].
///
/// Until it is closed the connection does nothing else. A reader that stops early cancels the rest,
/// and the transaction is lost.
public final class CopiedRows implements AutoCloseable {

    private static final VarHandle SHORT = bigEndian(short[].class);
    private static final VarHandle INT = bigEndian(int[].class);
    private static final VarHandle LONG = bigEndian(long[].class);

    /// Signature, flags, and the length of an extension that there is none of.
    private static final int HEADER_BYTES = 19;

    private static final int EPOCH_DAY_2000 = 10_957;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final CopyOut copy;
    private byte[] row = new byte[0];
    private int position;
    private int columnsLeft;
    private int textStart;

    /// Asks for the rows of a query.
    public CopiedRows(Connection connection, String query) throws SQLException {
        this.copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("copy (" + query + ") to stdout (format binary)");
        byte @Nullable [] first = copy.readFromCopy();
        if (first == null) {
            throw new SQLException("a binary copy without a header");
        }
        row = first;
        position = HEADER_BYTES;
        if (position == row.length) {
            advance();
        }
    }

    private void advance() throws SQLException {
        byte @Nullable [] next = copy.readFromCopy();
        if (next == null) {
            throw new SQLException("a binary copy without an end");
        }
        row = next;
        position = 0;
    }

    /// Goes to the next row; the row before it must be read to its end.
    ///
    /// @return false when there is none
    public boolean next() throws SQLException {
        if (columnsLeft != 0) {
            throw new IllegalStateException(columnsLeft + " columns were not read");
        }
        if (position == row.length) {
            advance();
        }
        columnsLeft = (short) SHORT.get(row, position);
        position += Short.BYTES;
        if (columnsLeft >= 0) {
            return true;
        }
        columnsLeft = 0;
        if (copy.readFromCopy() != null) {
            throw new SQLException("a binary copy goes on behind its end");
        }
        return false;
    }

    /// Begins a value: after it `row` holds so many bytes of it at `position`; -1 for a null.
    private int begin() {
        if (columnsLeft-- == 0) {
            throw new IllegalStateException("the row has no more columns");
        }
        int byteCount = (int) INT.get(row, position);
        position += Integer.BYTES;
        return byteCount;
    }

    private void require(int byteCount, int width) {
        if (byteCount != width) {
            throw new IllegalStateException(
                    "a value of %d bytes where one of %d was expected".formatted(byteCount, width));
        }
    }

    /// Goes over what is left of the row.
    public void skip() {
        while (columnsLeft > 0) {
            int byteCount = begin();
            position += Math.max(byteCount, 0);
        }
    }

    /// Whether the next value is a null; if it is, it counts as read.
    public boolean isNull() {
        if (columnsLeft == 0 || (int) INT.get(row, position) >= 0) {
            return false;
        }
        var _ = begin();
        return true;
    }

    /// A `boolean` that is never null.
    public boolean booleanValue() {
        require(begin(), Byte.BYTES);
        return row[position++] != 0;
    }

    /// A `date` that is never null, in days since 1970-01-01.
    public int epochDay() {
        return intValue() + EPOCH_DAY_2000;
    }

    /// A `timestamp` that is never null and not infinite, in microseconds since 1970-01-01.
    public long epochMicros() {
        return longValue() + EPOCH_DAY_2000 * MICROS_PER_DAY;
    }

    /// A `bigint` that is never null.
    public long longValue() {
        require(begin(), Long.BYTES);
        position += Long.BYTES;
        return (long) LONG.get(row, position - Long.BYTES);
    }

    /// An `integer` that is never null.
    public int intValue() {
        require(begin(), Integer.BYTES);
        position += Integer.BYTES;
        return (int) INT.get(row, position - Integer.BYTES);
    }

    /// A `smallint` that is never null.
    public short shortValue() {
        require(begin(), Short.BYTES);
        position += Short.BYTES;
        return (short) SHORT.get(row, position - Short.BYTES);
    }

    /// Goes over a text that is never null: it lies in [#bytes] from [#textStart] on.
    ///
    /// @return how many bytes of UTF-8
    public int text() {
        int byteCount = begin();
        require(Math.max(byteCount, 0), byteCount);
        position += byteCount;
        textStart = position - byteCount;
        return byteCount;
    }

    /// Where in [#bytes] the last [#text] begins.
    public int textStart() {
        return textStart;
    }

    /// The row as it came, until the next one is asked for.
    public byte[] bytes() {
        return row;
    }

    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private static VarHandle bigEndian(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
    }
}
