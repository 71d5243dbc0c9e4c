package org.tollkeeper.invoicing.report;

import java.math.BigDecimal;
import java.util.Locale;

/// How figures of reports read on paper.
final class Printed {

    private Printed() {}

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String decimal(BigDecimal number) {
        return String.format(Locale.ROOT, "%,." + Math.max(0, number.scale()) + "f", number);
    }

    /// Without trailing zeros, but with so many decimals at least.
    static String shortOf(BigDecimal number, int decimals) {
        BigDecimal plain = number.stripTrailingZeros();
        return decimal(plain.scale() < decimals ? plain.setScale(decimals) : plain);
    }

    static String named(String destination) {
        return destination.isEmpty() ? "–" : destination;
    }
}
