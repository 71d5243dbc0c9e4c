package org.tollkeeper.mediation.decoder;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How decoders read the texts of fields. What cannot be read is null, never an exception.
public final class Fields {

    private static final DateTimeFormatter STAMP = stamp("yyyy-MM-dd HH:mm:ss");

    private Fields() {}

    /// A whole number, negative or not, or null.
    public static @Nullable Long integer(String text) {
        int length = text.length();
        int first = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        if (length == first || length > first + 18) {
            return null;
        }
        long value = 0;
        for (int i = first; i < length; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            value = 10 * value + (c - '0');
        }
        return text.charAt(0) == '-' ? -value : value;
    }

    /// A whole number from 0 that an `int` holds, or null: what quality fields count in.
    public static @Nullable Integer smallNumber(String text) {
        Long number = integer(text);
        return number == null || number < 0 || number > Integer.MAX_VALUE
                ? null
                : Integer.valueOf(number.intValue());
    }

    /// Seconds with or without decimals as milliseconds, digits beyond them cut, or null.
    public static @Nullable Long secondsAsMs(String text) {
        int point = text.indexOf('.');
        if (point < 0) {
            Long seconds = integer(text);
            return seconds == null || Math.abs(seconds) > Long.MAX_VALUE / 1000
                    ? null
                    : Long.valueOf(seconds * 1000);
        }
        String fraction = text.substring(point + 1);
        if (fraction.isEmpty() || !fraction.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return integer(text.substring(0, point) + (fraction + "00").substring(0, 3));
    }

    /// An ISO 8601 time with `Z` or an offset, such as `2024-03-05T10:00:00.123+01:00`, as
    /// milliseconds since 1970; digits beyond milliseconds are cut. Null when it is none.
    public static @Nullable Long offsetInstant(String text) {
        if (text.length() < 20 || text.charAt(10) != 'T') {
            return null;
        }
        int at = 19;
        int millis = 0;
        char mark = text.charAt(19);
        if (mark == '.' || mark == ',') {
            int digits = 0;
            for (at = 20; at < text.length() && isDigit(text.charAt(at)); at++) {
                if (digits < 3) {
                    millis = 10 * millis + (text.charAt(at) - '0');
                }
                digits++;
            }
            if (digits == 0) {
                return null;
            }
            for (; digits < 3; digits++) {
                millis *= 10;
            }
        }
        Integer offsetSeconds = offsetSeconds(text, at);
        Long local = localSeconds(text);
        return offsetSeconds == null || local == null
                ? null
                : Long.valueOf((local - offsetSeconds) * 1000 + millis);
    }

    /// Seconds of the wall clock reading `YYYY-MM-DD?HH:MM:SS` at the start of `text`, counted as
    /// if it were UTC.
    private static @Nullable Long localSeconds(String text) {
        if (text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return null;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (year < 0
                || month < 1
                || month > 12
                || day < 1
                || hour < 0
                || hour > 23
                || minute < 0
                || minute > 59
                || second < 0
                || second > 59) {
            return null;
        }
        try {
            return LocalDate.of(year, month, day).toEpochDay() * 86_400
                    + hour * 3600L
                    + minute * 60L
                    + second;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Integer offsetSeconds(String text, int at) {
        if (at >= text.length()) {
            return null;
        }
        char sign = text.charAt(at);
        if (sign == 'Z') {
            return at + 1 == text.length() ? 0 : null;
        }
        if (sign != '+' && sign != '-') {
            return null;
        }
        String offset = text.substring(at + 1);
        String digits =
                offset.length() == 5 && offset.charAt(2) == ':'
                        ? offset.substring(0, 2) + offset.substring(3)
                        : offset.length() == 2 ? offset + "00" : offset;
        if (digits.length() != 4) {
            return null;
        }
        int hours = number(digits, 0, 2);
        int minutes = number(digits, 2, 4);
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return null;
        }
        int seconds = hours * 3600 + minutes * 60;
        return sign == '-' ? -seconds : seconds;
    }

    /// A formatter of stamps: days that do not exist are no days, names of months and weekdays are
    /// English in any case.
    ///
    /// @throws IllegalArgumentException if the pattern is none
    public static DateTimeFormatter stamp(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern.replace('y', 'u'))
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /// A local stamp, or null.
    public static @Nullable LocalDateTime localTime(String text, DateTimeFormatter pattern) {
        try {
            return LocalDateTime.parse(text, pattern);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /// A local stamp such as `2024-06-01 23:59:59`, or null.
    public static @Nullable LocalDateTime localStamp(String text) {
        LocalDateTime plain = plainStamp(text);
        return plain != null ? plain : localTime(text, STAMP);
    }

    /// The same without a formatter; null also where the formatter must decide.
    private static @Nullable LocalDateTime plainStamp(String text) {
        if (text.length() != 19
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != ' '
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return null;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean isTime =
                hour >= 0
                        && hour <= 23
                        && minute >= 0
                        && minute <= 59
                        && second >= 0
                        && second <= 59;
        boolean isDay =
                year > 0
                        && month >= 1
                        && month <= 12
                        && day >= 1
                        && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
        return isDay && isTime ? LocalDateTime.of(year, month, day, hour, minute, second) : null;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                return -1;
            }
            value = 10 * value + (c - '0');
        }
        return value;
    }
}
