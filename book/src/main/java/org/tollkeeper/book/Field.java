package org.tollkeeper.book;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Digits;

/// One text of the book on its way to a value: a cell of a CSV file or a scalar of a YAML file.
///
/// What cannot be read is reported and a stand-in returned, so that reading goes on and finds the
/// next fault; a book with a fault is never used. Numbers are read from their text, never through
/// floating point.
///
/// @param name of the column or key
/// @param text empty when absent
record Field(Findings findings, String name, String text, Supplier<Place> where) {

    /// Decimals of more digits might not fit the arithmetic of a charge.
    static final int MOST_DECIMAL_DIGITS = 18;

    private static final int LONGEST_QUOTED_TEXT = 60;
    private static final int FIRST_YEAR = 1900;
    private static final Pattern DECIMAL = Pattern.compile("[0-9]+(\\.[0-9]+)?");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern DATE_TIME = Pattern.compile(DATE.pattern() + "T\\d{2}:\\d{2}");
    private static final Pattern DIALLED = Pattern.compile("[0-9*#+]*");
    private static final Set<String> COUNTRIES =
            Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();
    private static final Currency NO_CURRENCY = Currency.getInstance("XXX");

    boolean given() {
        return !text.isEmpty();
    }

    Place place() {
        return where.get();
    }

    /// Reports that what stands here cannot be.
    void wrong(String expected, String advice) {
        findings.error(place(), name + " " + quoted(text), expected, advice);
    }

    /// Reports that nothing stands here.
    void missing(String expected) {
        findings.error(place(), "no " + name, expected, "add it");
    }

    static String quoted(String text) {
        boolean longer = text.length() > LONGEST_QUOTED_TEXT;
        String shown = longer ? text.substring(0, LONGEST_QUOTED_TEXT) + "…" : text;
        return "'" + shown.replace("\n", "\\n").replace("\r", "\\r").replace("\0", "\\0") + "'";
    }

    private <T> T value(
            @Nullable T whenEmpty,
            T standIn,
            String expected,
            String advice,
            Function<String, @Nullable T> reader) {
        if (text.isEmpty()) {
            if (whenEmpty != null) {
                return whenEmpty;
            }
            missing(expected);
            return standIn;
        }
        @Nullable T value = reader.apply(text);
        if (value == null) {
            wrong(expected, advice);
            return standIn;
        }
        return value;
    }

    /// A text that must not be empty.
    String required(String expected) {
        return value(null, "", expected, "", text -> text);
    }

    /// A required name that also names files: statements, invoices, inbox folders.
    String fileName(String expected) {
        return value(
                null,
                "",
                expected + " without / \\ : or control characters",
                "files are named after it: choose a name that can be one",
                text -> isFileName(text) ? text : null);
    }

    private static boolean isFileName(String text) {
        return !text.startsWith(".")
                && text.chars().noneMatch(c -> c < ' ' || c == 127 || "/\\:".indexOf(c) >= 0);
    }

    BigDecimal decimal(@Nullable BigDecimal whenEmpty) {
        return value(
                whenEmpty,
                BigDecimal.ZERO,
                "a decimal such as 0.0125, at least 0, of at most "
                        + MOST_DECIMAL_DIGITS
                        + " digits",
                "write digits with a point; no sign, exponent or separator",
                Field::plainDecimal);
    }

    @Nullable BigDecimal optionalDecimal() {
        return given() ? decimal(null) : null;
    }

    private static @Nullable BigDecimal plainDecimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return null;
        }
        BigDecimal decimal = new BigDecimal(text);
        int digits = Math.max(decimal.precision(), decimal.scale());
        return digits > MOST_DECIMAL_DIGITS ? null : decimal;
    }

    int whole(@Nullable Integer whenEmpty, int least, int most) {
        String range = most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
        return value(
                whenEmpty,
                least,
                "a whole number, " + range,
                "write digits only",
                text -> {
                    if (!WHOLE.matcher(text).matches()) {
                        return null;
                    }
                    int number = Integer.parseInt(text);
                    return number < least || number > most ? null : number;
                });
    }

    LocalDate date() {
        return value(
                null,
                LocalDate.EPOCH,
                "a date YYYY-MM-DD from 1900 on",
                "write a day of the calendar such as 2024-12-31",
                Field::dateOf);
    }

    @Nullable LocalDate optionalDate() {
        return given() ? date() : null;
    }

    /// A date, which is its first moment, or a date with hours and minutes; null when empty.
    @Nullable LocalDateTime optionalTime() {
        return given()
                ? value(
                        null,
                        LocalDate.EPOCH.atStartOfDay(),
                        "a date YYYY-MM-DD or a time YYYY-MM-DDTHH:MM from 1900 on",
                        "write a local day or minute such as 2024-12-31T18:30",
                        Field::dateOrTime)
                : null;
    }

    private static @Nullable LocalDate dateOf(String text) {
        @Nullable LocalDate date =
                DATE.matcher(text).matches() ? parsed(text, LocalDate::parse) : null;
        return date == null || date.getYear() < FIRST_YEAR ? null : date;
    }

    private static @Nullable LocalDateTime dateOrTime(String text) {
        @Nullable LocalDate date = dateOf(text);
        if (date != null) {
            return date.atStartOfDay();
        }
        @Nullable LocalDateTime time =
                DATE_TIME.matcher(text).matches() ? parsed(text, LocalDateTime::parse) : null;
        return time == null || time.getYear() < FIRST_YEAR ? null : time;
    }

    Currency currency() {
        return value(
                null,
                NO_CURRENCY,
                "a currency of ISO 4217",
                "write three capitals such as EUR",
                text -> {
                    @Nullable Currency currency = parsed(text, Currency::getInstance);
                    boolean hasMinorUnit =
                            currency != null && currency.getDefaultFractionDigits() >= 0;
                    return hasMinorUnit ? currency : null;
                });
    }

    ZoneId zone(@Nullable ZoneId whenEmpty) {
        return value(
                whenEmpty,
                ZoneId.of("UTC"),
                "a time zone of the IANA list",
                "write a name such as UTC or Europe/London",
                text -> ZONES.contains(text) ? ZoneId.of(text) : null);
    }

    String country() {
        return value(
                null,
                "",
                "a country of ISO 3166-1",
                "write two capitals such as GB",
                text -> COUNTRIES.contains(text) ? text : null);
    }

    boolean truth(boolean whenEmpty) {
        return value(whenEmpty, whenEmpty, "true or false", "write one of them", Field::truthOf);
    }

    @Nullable Boolean optionalTruth() {
        return given() ? (Boolean) truth(false) : null;
    }

    private static @Nullable Boolean truthOf(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }

    <T extends Enum<T> & Coded> T term(Class<T> terms, @Nullable T whenEmpty) {
        return value(
                whenEmpty,
                terms.getEnumConstants()[0],
                "one of " + Coded.labels(terms),
                "write one of them",
                text -> {
                    for (T term : terms.getEnumConstants()) {
                        if (term.label().equals(text)) {
                            return term;
                        }
                    }
                    return null;
                });
    }

    /// A number or dial code.
    String digits() {
        return value(
                null,
                "",
                "1 to 15 digits",
                "write the digits only, without + or blanks",
                text -> Digits.isDigits(text) ? text : null);
    }

    /// What is dialled before a number; may be empty.
    String dialled() {
        return value(
                "",
                "",
                "characters of 0-9 * # +",
                "write what is dialled, nothing else",
                text -> DIALLED.matcher(text).matches() ? text : null);
    }

    /// A text that must match a pattern; may be empty.
    String matching(Pattern pattern, String expected, String advice) {
        return value(
                "", "", expected, advice, text -> pattern.matcher(text).matches() ? text : null);
    }

    /// A name that must be known; what is known is null where it could not be read itself.
    String reference(@Nullable Set<String> known, String expected, String advice) {
        return value(
                null,
                "",
                expected,
                advice,
                text -> known == null || known.contains(text) ? text : null);
    }

    private static <T> @Nullable T parsed(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }
}
