package org.tollkeeper.invoicing;

import java.math.BigDecimal;

/// Numbers as they read on paper: grouped by thousands, unlike in any file. Documents of some
/// thousand lines have ten thousands of them, so they do without a `Formatter`.
public final class Thousands {

    private static final int GROUP = 3;

    private Thousands() {}

    public static String of(long number) {
        return grouped(Long.toString(number));
    }

    /// With all its decimals.
    public static String of(BigDecimal number) {
        return grouped((number.scale() < 0 ? number.setScale(0) : number).toPlainString());
    }

    private static String grouped(String plain) {
        int point = plain.indexOf('.');
        int end = point < 0 ? plain.length() : point;
        int first = plain.startsWith("-") ? 1 : 0;
        if (end - first <= GROUP) {
            return plain;
        }
        StringBuilder text = new StringBuilder(plain.length() + end / GROUP);
        for (int i = 0; i < end; i++) {
            if (i > first && (end - i) % GROUP == 0) {
                text.append(',');
            }
            text.append(plain.charAt(i));
        }
        return text.append(plain, end, plain.length()).toString();
    }
}
