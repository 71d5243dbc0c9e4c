package org.tollkeeper.mediation.decoder;

import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;

/// Numbers of 3GPP records: a byte that says what kind of number it is, for calling numbers another
/// one about its presentation, then digits in pairs of half bytes (3GPP TS 24.008).
final class BcdNumbers {

    private static final int INTERNATIONAL = 1;
    private static final int NATIONAL = 2;

    private final String nationalPrefix;
    private final String countryCode;

    BcdNumbers(Switch source) {
        nationalPrefix = source.nationalPrefix();
        countryCode = source.countryCode();
    }

    /// The number as the switch's prefixes would have it: an international one with `+`, a national
    /// one with the national prefix, or if there is none `+` and the country code. Any other stays.
    String text(@Nullable BerElement number) {
        if (number == null || number.bytes().length == 0) {
            return "";
        }
        String digits = digits(number);
        int kind = number.bytes()[0] >> 4 & 7;
        if (digits.isEmpty() || (kind != INTERNATIONAL && kind != NATIONAL)) {
            return digits;
        }
        if (kind == INTERNATIONAL) {
            return "+" + digits;
        }
        return nationalPrefix.isEmpty() && !countryCode.isEmpty()
                ? "+" + countryCode + digits
                : nationalPrefix + digits;
    }

    /// The digits alone.
    String digits(BerElement number) {
        byte[] bytes = number.bytes();
        boolean isExtended = bytes.length > 0 && bytes[0] >= 0;
        return number.digitsLowFirst(isExtended ? 2 : 1);
    }
}
