package org.tollkeeper.rating.kernel;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.ChargeRounding;
import org.tollkeeper.model.DeckRow;

/// The deck rows of one agreement as scaled integers, and the arithmetic that makes a charge of
/// them:
///
/// ```
/// amount = (60 × setup + billed × rate) / 60          exact, in units of 10^-scale
///        = sixtyfold / divisor × 10^-decimals         divisor = 60 × 10^(scale - decimals)
/// ```
///
/// One division, one rounding. A product that leaves 63 bits is noticed by its high word, and the
/// call is left to the rater.
final class RowTable {

    static final long TOO_LARGE = -1;

    private static final int MOST_SCALE = 15;

    private final List<DeckRow> rows = new ArrayList<>();
    private final Map<DeckRow, Integer> indexes = new HashMap<>();
    private final ChargeRounding rounding;
    private final int scale;
    private final long divisor;
    private final long nanosPerUnit;
    private int[] minimumSeconds = new int[16];
    private int[] incrementSeconds = new int[16];
    private long[] rate = new long[16];
    private long[] setupSixtyfold = new long[16];

    /// @param decks all rows the agreement may be priced by
    RowTable(Agreement agreement, List<DeckRow> decks) {
        int needed = agreement.chargeDecimals();
        for (DeckRow row : decks) {
            int most = Math.max(row.ratePerMinute().scale(), row.setup().scale());
            needed = most <= MOST_SCALE ? Math.max(needed, most) : needed;
        }
        scale = needed;
        rounding = agreement.chargeRounding();
        divisor = 60 * power(scale - agreement.chargeDecimals());
        nanosPerUnit = power(9 - agreement.chargeDecimals());
    }

    private static long power(int exponent) {
        return BigDecimal.TEN.pow(exponent).longValueExact();
    }

    /// The index of a row, or -1 when it does not fit the table.
    int index(DeckRow row) {
        @Nullable Integer known = indexes.get(row);
        if (known != null) {
            return known;
        }
        int index = fits(row) ? rows.size() : -1;
        indexes.put(row, index);
        if (index >= 0) {
            if (index == rate.length) {
                grow();
            }
            rows.add(row);
            minimumSeconds[index] = row.minimumSeconds();
            incrementSeconds[index] = row.incrementSeconds();
            rate[index] = scaled(row.ratePerMinute()).longValueExact();
            setupSixtyfold[index] =
                    scaled(row.setup()).multiply(BigDecimal.valueOf(60)).longValueExact();
        }
        return index;
    }

    private boolean fits(DeckRow row) {
        BigDecimal sixtyfold = scaled(row.setup()).multiply(BigDecimal.valueOf(60));
        return isLong(scaled(row.ratePerMinute())) && isLong(sixtyfold);
    }

    private static boolean isLong(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0
                && number.toBigInteger().bitLength() < Long.SIZE - 1;
    }

    private BigDecimal scaled(BigDecimal number) {
        return number.movePointRight(scale);
    }

    private void grow() {
        int length = rate.length * 2;
        minimumSeconds = Arrays.copyOf(minimumSeconds, length);
        incrementSeconds = Arrays.copyOf(incrementSeconds, length);
        rate = Arrays.copyOf(rate, length);
        setupSixtyfold = Arrays.copyOf(setupSixtyfold, length);
    }

    DeckRow row(int index) {
        return rows.get(index);
    }

    long billedSeconds(int index, long seconds) {
        long minimum = minimumSeconds[index];
        if (seconds <= minimum) {
            return minimum;
        }
        long increment = incrementSeconds[index];
        return minimum + (seconds - minimum + increment - 1) / increment * increment;
    }

    /// The rounded price of billed seconds, in 10^-9; [#TOO_LARGE] when it does not fit.
    long chargeNanos(int index, long billedSeconds) {
        long high = Math.multiplyHigh(rate[index], billedSeconds);
        long low = rate[index] * billedSeconds;
        long sixtyfold = low + setupSixtyfold[index];
        if (high != 0 || low < 0 || sixtyfold < 0) {
            return TOO_LARGE;
        }
        long units = rounded(sixtyfold / divisor, sixtyfold % divisor);
        return Math.multiplyHigh(units, nanosPerUnit) != 0 || units * nanosPerUnit < 0
                ? TOO_LARGE
                : units * nanosPerUnit;
    }

    private long rounded(long quotient, long rest) {
        boolean up =
                switch (rounding) {
                    case DOWN -> false;
                    case UP -> rest > 0;
                    case HALF_UP -> rest >= divisor - rest;
                    case HALF_EVEN ->
                            rest > divisor - rest
                                    || (rest == divisor - rest && (quotient & 1) == 1);
                };
        return up ? quotient + 1 : quotient;
    }
}
