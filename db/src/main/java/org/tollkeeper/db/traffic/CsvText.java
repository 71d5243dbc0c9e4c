package org.tollkeeper.db.traffic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/// Rows of CSV in the making, as bytes: what PostgreSQL's COPY would write, value for value. A
/// field ends with what follows it, a comma or the end of its row.
public final class CsvText {

    private static final int SHORT_BYTES = 256;
    private static final long MINUTE_SECONDS = 60;
    private static final long MINUTE_MILLIS = MINUTE_SECONDS * 1_000;
    private static final DateTimeFormatter TO_THE_MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:", Locale.ROOT);
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

    /// The digits of 00, 01, … 99.
    private static final byte[] PAIRS = new byte[200];

    static {
        for (int i = 0; i < PAIRS.length / 2; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
    }

    private byte[] bytes;
    private int length;
    private long epochMinute = Long.MIN_VALUE;
    private byte[] minute = new byte[0];

    /// Room for a short text, which grows.
    public CsvText() {
        this(SHORT_BYTES);
    }

    public CsvText(int byteCount) {
        this.bytes = new byte[byteCount];
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    public CsvText comma() {
        ensure(1);
        bytes[length++] = ',';
        return this;
    }

    public CsvText endOfRow() {
        ensure(1);
        bytes[length++] = '\n';
        return this;
    }

    /// Bytes as they stand: fields that are quoted already where they must be.
    public CsvText fields(byte[] fields) {
        ensure(fields.length);
        System.arraycopy(fields, 0, bytes, length, fields.length);
        length += fields.length;
        return this;
    }

    /// A field of letters and digits, or several.
    public CsvText ascii(String fields) {
        ensure(fields.length());
        for (int i = 0; i < fields.length(); i++) {
            bytes[length++] = (byte) fields.charAt(i);
        }
        return this;
    }

    /// A text as it stands in a row, for rows that show it again and again.
    public static byte[] field(String text) {
        CsvText field = new CsvText().text(text);
        return Arrays.copyOf(field.bytes, field.length);
    }

    /// A text; an empty one is quoted, to tell it from none.
    public CsvText text(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        return text(utf8, 0, utf8.length);
    }

    /// A text; an empty one is quoted, to tell it from none.
    public CsvText text(byte[] from, int start, int byteCount) {
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
    public CsvText textOrNone(byte[] from, int start, int byteCount) {
        return byteCount == 0 ? this : text(from, start, byteCount);
    }

    /// A number that is not negative.
    public CsvText number(long number) {
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

    /// A number of at most so many digits, zeros before it where it has fewer.
    private CsvText padded(long number, int digitCount) {
        long rest = number;
        int at = length + digitCount;
        length = at;
        int left = digitCount;
        while (left > 1 && rest > Integer.MAX_VALUE) {
            at -= 2;
            left -= 2;
            pair(at, (int) (rest % 100));
            rest /= 100;
        }
        int few = (int) rest;
        while (left > 1) {
            at -= 2;
            left -= 2;
            pair(at, few % 100);
            few /= 100;
        }
        if (left > 0) {
            bytes[at - 1] = (byte) ('0' + few % 10);
        }
        return this;
    }

    private void pair(int at, int digits) {
        bytes[at] = PAIRS[2 * digits];
        bytes[at + 1] = PAIRS[2 * digits + 1];
    }

    /// A packed number, see [org.tollkeeper.model.Digits]; an absent one as `none` says.
    public CsvText digits(long packed, String none) {
        if (packed == 0) {
            return ascii(none);
        }
        ensure(LONG_DIGITS);
        return padded(packed >>> 8, (int) (packed & 0x7f));
    }

    /// An instant as `YYYY-MM-DDTHH:MM:SS.mmmZ`.
    public CsvText instant(long epochMillis) {
        ensure(INSTANT_BYTES);
        long ofMinute = Math.floorDiv(epochMillis, MINUTE_MILLIS);
        if (ofMinute != epochMinute) {
            epochMinute = ofMinute;
            minute =
                    LocalDateTime.ofEpochSecond(ofMinute * MINUTE_SECONDS, 0, ZoneOffset.UTC)
                            .format(TO_THE_MINUTE)
                            .getBytes(ISO_8859_1);
        }
        fields(minute);
        int millis = (int) (epochMillis - ofMinute * MINUTE_MILLIS);
        padded(millis / 1_000, 2);
        bytes[length++] = '.';
        padded(millis % 1_000, 3);
        bytes[length++] = 'Z';
        return this;
    }

    /// An amount that is not negative, rounded half up to its decimals.
    public CsvText nanos(long nanos, int decimals) {
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
