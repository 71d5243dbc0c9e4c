package org.tollkeeper.db;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Rows on their way into one table by PostgreSQL's binary COPY, the fastest way in.
///
/// A row is [#startRow()] and then one write per column, in the columns' order and with the width
/// of the column's type: `bigint` takes [#writeLong], `integer` [#writeInt], `smallint`
/// [#writeShort]. [#finish()] ends the copy within the caller's transaction; closing without it
/// takes every row back. One value costs a bounds check and a store: nothing is allocated per
/// value, except by [#writeNumeric(BigDecimal)] for numbers beyond a `long` and by texts longer
/// than the block.
///
/// The format is described in PostgreSQL's manual under COPY, "Binary Format"; the layout of
/// `numeric` is `numeric_send` in the server's `numeric.c`. Not safe for use by several threads.
public final class BinaryCopy implements AutoCloseable {

    private static final VarHandle SHORT = bigEndian(short[].class);
    private static final VarHandle INT = bigEndian(int[].class);
    private static final VarHandle LONG = bigEndian(long[].class);

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final int BLOCK_BYTES = 256 * 1024;
    private static final int EPOCH_DAY_2000 = 10_957;
    private static final long EPOCH_MICROS_2000 = 946_684_800_000_000L;
    private static final int NUMERIC_NEGATIVE = 0x4000;
    private static final int NUMERIC_BASE = 10_000;
    private static final int[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000};

    private final String table;
    private final int columnCount;
    private final CopyIn copy;
    private final byte[] block = new byte[BLOCK_BYTES];
    private short[] numericDigits = new short[8];
    private int position;
    private int columnsLeft;
    private long rowCount;

    private BinaryCopy(String table, int columnCount, CopyIn copy) {
        this.table = table;
        this.columnCount = columnCount;
        this.copy = copy;
        System.arraycopy(HEADER, 0, block, 0, HEADER.length);
        position = HEADER.length;
    }

    /// Starts a copy in the connection's transaction; nothing else can use the connection until it
    /// is finished or closed. The table's name may be qualified by its schema.
    public static BinaryCopy into(Connection connection, String table, List<String> columns) {
        String sql =
                "copy %s (%s) from stdin (format binary)"
                        .formatted(
                                Arrays.stream(table.split("\\.", -1))
                                        .map(Database::quoted)
                                        .collect(Collectors.joining(".")),
                                columns.stream()
                                        .map(Database::quoted)
                                        .collect(Collectors.joining(", ")));
        try {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
            return new BinaryCopy(table, columns.size(), copy);
        } catch (SQLException e) {
            throw failed(table, e);
        }
    }

    /// Begins a row; the row before it must be whole.
    public void startRow() {
        if (columnsLeft != 0) {
            throw new IllegalStateException(
                    "row %d of the copy into %s lacks %d of its %d columns"
                            .formatted(rowCount, table, columnsLeft, columnCount));
        }
        ensure(Short.BYTES);
        SHORT.set(block, position, (short) columnCount);
        position += Short.BYTES;
        columnsLeft = columnCount;
        rowCount++;
    }

    /// A `bigint`.
    public void writeLong(long value) {
        startValue(Long.BYTES);
        LONG.set(block, position, value);
        position += Long.BYTES;
    }

    /// An `integer`.
    public void writeInt(int value) {
        startValue(Integer.BYTES);
        INT.set(block, position, value);
        position += Integer.BYTES;
    }

    /// A `smallint`.
    public void writeShort(short value) {
        startValue(Short.BYTES);
        SHORT.set(block, position, value);
        position += Short.BYTES;
    }

    /// A `boolean`.
    public void writeBoolean(boolean value) {
        startValue(Byte.BYTES);
        block[position++] = (byte) (value ? 1 : 0);
    }

    /// A `date`, in days since 1970-01-01.
    public void writeDate(long epochDay) {
        writeInt(Math.toIntExact(epochDay - EPOCH_DAY_2000));
    }

    /// A `timestamptz`, in microseconds since 1970-01-01T00:00Z; for a `timestamp`, since local
    /// midnight of that day.
    public void writeTimestamp(long epochMicros) {
        writeLong(Math.subtractExact(epochMicros, EPOCH_MICROS_2000));
    }

    /// A null of any type.
    public void writeNull() {
        startField(-1, 0);
    }

    /// A `bytea`, or a `text` already in UTF-8.
    public void writeBytes(byte[] bytes, int offset, int byteCount) {
        if (byteCount <= BLOCK_BYTES - Integer.BYTES) {
            startValue(byteCount);
            System.arraycopy(bytes, offset, block, position, byteCount);
            position += byteCount;
        } else {
            startField(byteCount, 0);
            flush();
            send(bytes, offset, byteCount);
        }
    }

    /// A `text` or `varchar`; PostgreSQL refuses the character U+0000 in it.
    public void writeText(String text) {
        int charCount = text.length();
        if (charCount > (BLOCK_BYTES - Integer.BYTES) / 3) {
            byte[] bytes = text.getBytes(UTF_8);
            writeBytes(bytes, 0, bytes.length);
            return;
        }
        ensure(Integer.BYTES + 3 * charCount);
        int start = position + Integer.BYTES;
        int end = encode(text, start);
        startField(end - start, 0);
        position = end;
    }

    /// A `numeric` of `unscaled` / 10^`scale`, scale and all: 0.0500 is (500, 4).
    public void writeNumeric(long unscaled, int scale) {
        if (scale < 0) {
            writeNumeric(BigDecimal.valueOf(unscaled, scale));
            return;
        }
        // Negative remainders, because every long has a negative but not a positive twin.
        long rest = unscaled < 0 ? unscaled : -unscaled;
        int digitCount = 0;
        int odd = scale % 4;
        if (odd != 0) {
            int power = POWERS_OF_TEN[odd];
            numericDigits[digitCount++] = (short) (-(rest % power) * POWERS_OF_TEN[4 - odd]);
            rest /= power;
        }
        while (rest != 0) {
            numericDigits[digitCount++] = (short) -(rest % NUMERIC_BASE);
            rest /= NUMERIC_BASE;
        }
        writeDigits(digitCount, scale, unscaled < 0);
    }

    /// A `numeric` with the number's own scale, so that 0.0500 stays 0.0500.
    public void writeNumeric(BigDecimal number) {
        BigDecimal value =
                number.scale() < 0 ? number.setScale(0, RoundingMode.UNNECESSARY) : number;
        BigInteger unscaled = value.unscaledValue();
        if (unscaled.bitLength() < Long.SIZE) {
            writeNumeric(unscaled.longValue(), value.scale());
            return;
        }
        int fractionDigits = (value.scale() + 3) / 4 * 4;
        String decimal = unscaled.abs().toString() + "0".repeat(fractionDigits - value.scale());
        int digitCount = (decimal.length() + 3) / 4;
        numericDigits = Arrays.copyOf(numericDigits, Math.max(8, digitCount));
        for (int digit = 0, end = decimal.length(); digit < digitCount; digit++, end -= 4) {
            numericDigits[digit] = (short) Integer.parseInt(decimal, Math.max(0, end - 4), end, 10);
        }
        writeDigits(digitCount, value.scale(), unscaled.signum() < 0);
    }

    /// Ends the copy and returns how many rows the table received.
    ///
    /// @throws DatabaseException when the server refuses a row; the transaction is then lost
    public long finish() {
        if (columnsLeft != 0) {
            throw new IllegalStateException(
                    "the last row of the copy into %s lacks %d of its %d columns"
                            .formatted(table, columnsLeft, columnCount));
        }
        ensure(Short.BYTES);
        SHORT.set(block, position, (short) -1);
        position += Short.BYTES;
        flush();
        try {
            long received = copy.endCopy();
            if (received != rowCount) {
                throw new DatabaseException(
                        "%d rows were copied into %s, but it received %d"
                                .formatted(rowCount, table, received));
            }
            return received;
        } catch (SQLException e) {
            throw failed(table, e);
        }
    }

    /// Takes every row back unless the copy was finished.
    @Override
    public void close() {
        if (copy.isActive()) {
            try {
                copy.cancelCopy();
            } catch (SQLException e) {
                throw failed(table, e);
            }
        }
    }

    // Digits are base 10,000, the least significant first, aligned to the decimal point.
    private void writeDigits(int digitCount, int scale, boolean negative) {
        int weight = digitCount - (scale + 3) / 4 - 1;
        int high = digitCount;
        while (high > 0 && numericDigits[high - 1] == 0) {
            high--;
            weight--;
        }
        int low = 0;
        while (low < high && numericDigits[low] == 0) {
            low++;
        }
        startValue((4 + high - low) * Short.BYTES);
        putShort(high - low);
        putShort(high == low ? 0 : weight);
        putShort(negative ? NUMERIC_NEGATIVE : 0);
        putShort(scale);
        for (int digit = high - 1; digit >= low; digit--) {
            putShort(numericDigits[digit]);
        }
    }

    private void putShort(int value) {
        SHORT.set(block, position, (short) value);
        position += Short.BYTES;
    }

    private void startValue(int byteCount) {
        startField(byteCount, byteCount);
    }

    private void startField(int length, int roomBytes) {
        if (--columnsLeft < 0) {
            throw new IllegalStateException(
                    "row %d of the copy into %s has more than its %d columns"
                            .formatted(rowCount, table, columnCount));
        }
        ensure(Integer.BYTES + roomBytes);
        INT.set(block, position, length);
        position += Integer.BYTES;
    }

    private void ensure(int byteCount) {
        if (position + byteCount > BLOCK_BYTES) {
            flush();
        }
    }

    private void flush() {
        send(block, 0, position);
        position = 0;
    }

    private void send(byte[] bytes, int offset, int byteCount) {
        try {
            copy.writeToCopy(bytes, offset, byteCount);
        } catch (SQLException e) {
            throw failed(table, e);
        }
    }

    // UTF-8 as String.getBytes writes it, a lone surrogate becoming a question mark.
    private int encode(String text, int start) {
        int end = start;
        for (int i = 0, charCount = text.length(); i < charCount; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                block[end++] = (byte) c;
            } else if (c < 0x800) {
                block[end++] = (byte) (0xc0 | (c >> 6));
                block[end++] = (byte) (0x80 | (c & 0x3f));
            } else if (!Character.isSurrogate(c)) {
                block[end++] = (byte) (0xe0 | (c >> 12));
                block[end++] = (byte) (0x80 | ((c >> 6) & 0x3f));
                block[end++] = (byte) (0x80 | (c & 0x3f));
            } else {
                int point = text.codePointAt(i);
                if (point == c) {
                    block[end++] = '?';
                } else {
                    block[end++] = (byte) (0xf0 | (point >> 18));
                    block[end++] = (byte) (0x80 | ((point >> 12) & 0x3f));
                    block[end++] = (byte) (0x80 | ((point >> 6) & 0x3f));
                    block[end++] = (byte) (0x80 | (point & 0x3f));
                    i++;
                }
            }
        }
        return end;
    }

    private static DatabaseException failed(String table, SQLException cause) {
        return new DatabaseException(
                "the copy into table " + table + " failed: " + cause.getMessage(), cause);
    }

    private static VarHandle bigEndian(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
    }
}
