package org.tollkeeper.invoicing.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.LocalDate;
import java.util.Arrays;

/// Rows of CSV in the making, as bytes: what PostgreSQL's COPY would write, value for value. A
/// field ends with what follows it, a comma or the end of its row.
final class CallRowText {

    private static final int SHORT_BYTES = 256;
    private static final long DAY_MILLIS = 86_400_000;
    private static final int LONG_DIGITS = 20;
    private static final int INSTANT_BYTES = 32;
    private static final int NANO_DECIMALS = 9;

    /// All that a long holds.
    private static final long[] POWERS_OF_TEN = new long[19];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = 10 * POWERS_OF_TEN[i - 1];
        }
    }

    private byte[] bytes;
    private int length;
    private long epochDay = Long.MIN_VALUE;
    private byte[] day = new byte[0];

    /// Room for a short text, which grows.
    CallRowText() {
        this(SHORT_BYTES);
    }

    CallRowText(int byteCount) {
        this.bytes = new byte[byteCount];
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    CallRowText comma() {
        ensure(1);
        bytes[length++] = ',';
        return this;
    }

    CallRowText endOfRow() {
        ensure(1);
        bytes[length++] = '\n';
        return this;
    }

    /// Bytes as they stand: fields that are quoted already where they must be.
    CallRowText fields(byte[] fields) {
        ensure(fields.length);
        System.arraycopy(fields, 0, bytes, length, fields.length);
        length += fields.length;
        return this;
    }

    /// A field of letters and digits, or several.
    CallRowText ascii(String fields) {
        ensure(fields.length());
        for (int i = 0; i < fields.length(); i++) {
            bytes[length++] = (byte) fields.charAt(i);
        }
        return this;
    }

    /// A text; an empty one is quoted, to tell it from none.
    CallRowText text(byte[] from, int start, int byteCount) {
        ensure(2 * byteCount + 2);
        boolean isQuoted = byteCount == 0;
        for (int i = start; i < start + byteCount && !isQuoted; i++) {
            byte each = from[i];
            isQuoted = each == ',' || each == '"' || each == '\n' || each == '\r';
        }
        if (!isQuoted) {
            System.arraycopy(from, start, bytes, length, byteCount);
            length += byteCount;
            return this;
        }
        bytes[length++] = '"';
        for (int i = start; i < start + byteCount; i++) {
            if (from[i] == '"') {
                bytes[length++] = '"';
            }
            bytes[length++] = from[i];
        }
        bytes[length++] = '"';
        return this;
    }

    /// A text of which an empty one is none.
    CallRowText textOrNone(byte[] from, int start, int byteCount) {
        return byteCount == 0 ? this : text(from, start, byteCount);
    }

    /// A number that is not negative.
    CallRowText number(long number) {
        ensure(LONG_DIGITS);
        return padded(number, digitCount(number));
    }

    private static int digitCount(long number) {
        int count = 1;
        while (count < POWERS_OF_TEN.length && number >= POWERS_OF_TEN[count]) {
            count++;
        }
        return count;
    }

    /// The last digits of a number, zeros before it where it has fewer.
    private CallRowText padded(long number, int digitCount) {
        long rest = number;
        for (int i = length + digitCount - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digitCount;
        return this;
    }

    /// A packed number, see [org.tollkeeper.model.Digits]; an absent one as `none` says.
    CallRowText digits(long packed, String none) {
        if (packed == 0) {
            return ascii(none);
        }
        ensure(LONG_DIGITS);
        return padded(packed >>> 8, (int) (packed & 0x7f));
    }

    /// An instant as `YYYY-MM-DDTHH:MM:SS.mmmZ`.
    CallRowText instant(long epochMillis) {
        ensure(INSTANT_BYTES);
        long ofDay = Math.floorDiv(epochMillis, DAY_MILLIS);
        if (ofDay != epochDay) {
            epochDay = ofDay;
            day = (LocalDate.ofEpochDay(ofDay) + "T").getBytes(ISO_8859_1);
        }
        fields(day);
        int millis = (int) Math.floorMod(epochMillis, DAY_MILLIS);
        two(millis / 3_600_000, ':');
        two(millis / 60_000 % 60, ':');
        two(millis / 1_000 % 60, '.');
        padded(millis % 1_000, 3);
        bytes[length++] = 'Z';
        return this;
    }

    private void two(int number, char then) {
        bytes[length++] = (byte) ('0' + number / 10);
        bytes[length++] = (byte) ('0' + number % 10);
        bytes[length++] = (byte) then;
    }

    /// An amount that is not negative, rounded half up to its decimals.
    CallRowText nanos(long nanos, int decimals) {
        ensure(LONG_DIGITS + 1);
        long unit = POWERS_OF_TEN[NANO_DECIMALS - decimals];
        long rest = nanos % unit;
        long rounded = nanos / unit + (rest >= unit - rest ? 1 : 0);
        long one = POWERS_OF_TEN[decimals];
        padded(rounded / one, digitCount(rounded / one));
        if (decimals > 0) {
            bytes[length++] = '.';
            padded(rounded % one, decimals);
        }
        return this;
    }
}
