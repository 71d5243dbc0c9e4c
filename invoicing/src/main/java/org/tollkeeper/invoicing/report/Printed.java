package org.tollkeeper.invoicing.report;

import java.math.BigDecimal;
import org.tollkeeper.invoicing.Thousands;

/// How figures of reports read on paper.
final class Printed {

    private Printed() {}

    static String count(long count) {
        return Thousands.of(count);
    }

    static String decimal(BigDecimal number) {
        return Thousands.of(number);
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
