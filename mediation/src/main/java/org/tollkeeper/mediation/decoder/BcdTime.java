package org.tollkeeper.mediation.decoder;

import org.jspecify.annotations.Nullable;

/// The nine-byte time of 3GPP TS 32.298: two digits a byte of year, month, day, hour, minute and
/// second, a sign, and hours and minutes ahead of UTC.
final class BcdTime {

    private BcdTime() {}

    /// Milliseconds since 1970; null where the field is missing, or unreadable, which makes the
    /// record malformed.
    static @Nullable Long in(CdrRecord.Builder record, String name, @Nullable BerElement element) {
        if (element == null) {
            return null;
        }
        String hex = element.hex();
        Long instant = instant(hex);
        if (instant == null) {
            record.malformed(
                    "%s is '%s'; expected YYMMDDhhmmss, 2b or 2d, and hhmm as 9 bytes"
                            .formatted(name, hex.length() <= 40 ? hex : hex.substring(0, 40)));
        }
        return instant;
    }

    private static @Nullable Long instant(String hex) {
        if (hex.length() != 18) {
            return null;
        }
        String sign = hex.substring(12, 14);
        if (!sign.equals("2b") && !sign.equals("2d")) {
            return null;
        }
        return Fields.offsetInstant(
                "20%s-%s-%sT%s:%s:%s%s%s"
                        .formatted(
                                hex.substring(0, 2),
                                hex.substring(2, 4),
                                hex.substring(4, 6),
                                hex.substring(6, 8),
                                hex.substring(8, 10),
                                hex.substring(10, 12),
                                sign.equals("2b") ? "+" : "-",
                                hex.substring(14, 18)));
    }
}
