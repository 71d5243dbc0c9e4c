package org.tollkeeper.db;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Rows of one table in the format of PostgreSQL's binary COPY.
///
/// A row is [#startRow()] and then one write per column, in the columns' order and with the width
/// of the column's type: `bigint` takes [#writeLong], `integer` [#writeInt], `smallint`
/// [#writeShort]. One value costs a bounds check and a store: nothing is allocated per value,
/// except by [#writeNumeric(BigDecimal)] for numbers beyond a `long` and by texts longer than a
/// block.
///
/// The format is described in PostgreSQL's manual under COPY, "Binary Format"; the layout of
/// `numeric` is `numeric_send` in the server's `numeric.c`. Not safe for use by several threads at
/// a time.
public abstract sealed class BinaryRows permits BinaryCopy, HeldRows {

    private static final VarHandle SHORT = bigEndian(short[].class);
    private static final VarHandle INT = bigEndian(int[].class);
    private static final VarHandle LONG = bigEndian(long[].class);

    private static final int EPOCH_DAY_2000 = 10_957;
    private static final long EPOCH_MICROS_2000 = 946_684_800_000_000L;
    private static final int NUMERIC_NEGATIVE = 0x4000;
    private static final int NUMERIC_BASE = 10_000;
    private static final int[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000};

    private final String table;
    private final int columnCount;
    private byte[] block;
    private short[] numericDigits = new short[8];
    private int position;
    private int columnsLeft;
    private long rowCount;

    BinaryRows(String table, int columnCount, int blockBytes) {
        this.table = table;
        this.columnCount = columnCount;
        this.block = new byte[blockBytes];
    }

    /// The table the rows are for.
    public String table() {
        return table;
    }

    /// How many rows were begun.
    public long rowCount() {
        return rowCount;
    }

    int columnCount() {
        return columnCount;
    }

    /// Takes a block whose first bytes are the next part of the rows.
    ///
    /// @return the block to go on with
    abstract byte[] taken(byte[] filled, int byteCount);

    /// Takes bytes that are the next part of the rows; they may change after the call.
    abstract void pass(byte[] bytes, int offset, int byteCount);

    /// Begins a row; the row before it must be whole.
    public final void startRow() {
        requireWholeRow();
        ensure(Short.BYTES);
        SHORT.set(block, position, (short) columnCount);
        position += Short.BYTES;
        columnsLeft = columnCount;
        rowCount++;
    }

    /// A `bigint`.
    public final void writeLong(long value) {
        startValue(Long.BYTES);
        LONG.set(block, position, value);
        position += Long.BYTES;
    }

    /// An `integer`.
    public final void writeInt(int value) {
        startValue(Integer.BYTES);
        INT.set(block, position, value);
        position += Integer.BYTES;
    }

    /// A `smallint`.
    public final void writeShort(short value) {
        startValue(Short.BYTES);
        SHORT.set(block, position, value);
        position += Short.BYTES;
    }

    /// A `boolean`.
    public final void writeBoolean(boolean value) {
        startValue(Byte.BYTES);
        block[position++] = (byte) (value ? 1 : 0);
    }

    /// A `date`, in days since 1970-01-01.
    public final void writeDate(long epochDay) {
        writeInt(Math.toIntExact(epochDay - EPOCH_DAY_2000));
    }

    /// A `timestamptz`, in microseconds since 1970-01-01T00:00Z; for a `timestamp`, since local
    /// midnight of that day.
    public final void writeTimestamp(long epochMicros) {
        writeLong(Math.subtractExact(epochMicros, EPOCH_MICROS_2000));
    }

    /// A null of any type.
    public final void writeNull() {
        startField(-1, 0);
    }

    /// A `bytea`, or a `text` already in UTF-8.
    public final void writeBytes(byte[] bytes, int offset, int byteCount) {
        if (byteCount <= block.length - Integer.BYTES) {
            startValue(byteCount);
            System.arraycopy(bytes, offset, block, position, byteCount);
            position += byteCount;
        } else {
            startField(byteCount, 0);
            flush();
            pass(bytes, offset, byteCount);
        }
    }

    /// A `text` or `varchar`; PostgreSQL refuses the character U+0000 in it.
    public final void writeText(String text) {
        int charCount = text.length();
        if (charCount > (block.length - Integer.BYTES) / 3) {
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
    public final void writeNumeric(long unscaled, int scale) {
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
    public final void writeNumeric(BigDecimal number) {
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
                    "row %d for %s has more than its %d columns"
                            .formatted(rowCount, table, columnCount));
        }
        ensure(Integer.BYTES + roomBytes);
        INT.set(block, position, length);
        position += Integer.BYTES;
    }

    private void ensure(int byteCount) {
        if (position + byteCount > block.length) {
            flush();
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

    /// Passes on what is in the block.
    final void flush() {
        block = taken(block, position);
        position = 0;
    }

    /// The mark after the last row.
    final void writeEnd() {
        requireWholeRow();
        ensure(Short.BYTES);
        putShort(-1);
    }

    final void requireWholeRow() {
        if (columnsLeft != 0) {
            throw new IllegalStateException(
                    "row %d for %s lacks %d of its %d columns"
                            .formatted(rowCount, table, columnsLeft, columnCount));
        }
    }

    final void countMore(long rows) {
        rowCount += rows;
    }

    private static VarHandle bigEndian(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
    }
}
