package org.tollkeeper.model;

/// A telephone number as 1 to 15 digits (ITU-T E.164 without the `+`), or a short code such as
/// `911` that no numbering rule touched, packed into one `long`:
///
/// ```
/// bits 63..8  the digits read as a decimal number (15 digits need 50 bits)
/// bit      7  short code
/// bits  6..0  how many digits, so that leading zeros survive
/// ```
///
/// [#NONE] (0) is the absent number.
///
/// @param packed the layout above, also the form in which the database keeps it
public record Digits(long packed) {

    public static final int MOST_DIGITS = 15;
    public static final Digits NONE = new Digits(0);

    private static final long SHORT_CODE_BIT = 0x80;

    /// The number with these digits.
    ///
    /// @throws IllegalArgumentException unless `digits` is 1 to 15 of `0-9`
    public static Digits of(String digits) {
        if (!isDigits(digits)) {
            throw new IllegalArgumentException("not 1 to 15 digits: '" + digits + "'");
        }
        return new Digits(Long.parseLong(digits) << 8 | digits.length());
    }

    /// A short code: priced only by a deck row with exactly this code.
    public static Digits shortCode(String digits) {
        return new Digits(of(digits).packed | SHORT_CODE_BIT);
    }

    public static boolean isDigits(String text) {
        if (text.isEmpty() || text.length() > MOST_DIGITS) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    public boolean isNone() {
        return packed == 0;
    }

    public boolean isShortCode() {
        return (packed & SHORT_CODE_BIT) != 0;
    }

    public int length() {
        return (int) (packed & 0x7f);
    }

    /// The digits as one decimal number, leading zeros lost; with [#length] the whole number.
    public long value() {
        return packed >>> 8;
    }

    /// The digits as text; empty for [#NONE].
    @Override
    public String toString() {
        if (isNone()) {
            return "";
        }
        String value = Long.toString(value());
        return "0".repeat(length() - value.length()) + value;
    }
}
