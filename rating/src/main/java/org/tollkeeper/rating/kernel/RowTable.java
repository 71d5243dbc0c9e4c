package org.tollkeeper.rating.kernel;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.ChargeRounding;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.rating.PriceList;

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
    private static final int FEW_ROWS = 4;

    // A row's terms stand together, so that a call reads one line of the cache.
    private static final int ROW_TERMS = 4;
    private static final int RATE = 0;
    private static final int SETUP_SIXTYFOLD = 1;
    private static final int MINIMUM_SECONDS = 2;
    private static final int INCREMENT_SECONDS = 3;

    private final List<DeckRow> rows = new ArrayList<>();
    private IdentityHashMap<DeckRow, Integer> indexesOfCode = new IdentityHashMap<>();
    private final ChargeRounding rounding;
    private final int scale;
    private final long divisor;
    private final long nanosPerUnit;
    private long[] terms = new long[16 * ROW_TERMS];

    /// @param lists whose rows the agreement may be priced by
    RowTable(Agreement agreement, List<PriceList> lists) {
        int needed = agreement.chargeDecimals();
        for (PriceList list : lists) {
            for (List<PriceList.Price> prices : list.pricesByCode().values()) {
                for (PriceList.Price price : prices) {
                    DeckRow row = price.row();
                    int most = Math.max(row.ratePerMinute().scale(), row.setup().scale());
                    needed = most <= MOST_SCALE ? Math.max(needed, most) : needed;
                }
            }
        }
        scale = needed;
        rounding = agreement.chargeRounding();
        divisor = 60 * power(scale - agreement.chargeDecimals());
        nanosPerUnit = power(9 - agreement.chargeDecimals());
    }

    private static long power(int exponent) {
        return BigDecimal.TEN.pow(exponent).longValueExact();
    }

    /// Goes to the next code, which has rows of its own.
    void beginCode() {
        if (!indexesOfCode.isEmpty()) {
            indexesOfCode = new IdentityHashMap<>(FEW_ROWS);
        }
    }

    /// The index of a row of the code begun last, or -1 when it does not fit the table.
    int index(DeckRow row) {
        @Nullable Integer known = indexesOfCode.get(row);
        if (known != null) {
            return known;
        }
        long rate = scaled(row.ratePerMinute(), 1);
        long setup = scaled(row.setup(), 60);
        int index = rate < 0 || setup < 0 ? -1 : rows.size();
        indexesOfCode.put(row, index);
        if (index >= 0) {
            int at = index * ROW_TERMS;
            if (at == terms.length) {
                terms = Arrays.copyOf(terms, terms.length * 2);
            }
            rows.add(row);
            terms[at + RATE] = rate;
            terms[at + SETUP_SIXTYFOLD] = setup;
            terms[at + MINIMUM_SECONDS] = row.minimumSeconds();
            terms[at + INCREMENT_SECONDS] = row.incrementSeconds();
        }
        return index;
    }

    /// A decimal of 0 or more, some times, in units of 10^-scale; -1 when it does not fit.
    private long scaled(BigDecimal number, int times) {
        if (number.signum() == 0) {
            return 0;
        }
        BigDecimal units = number.movePointRight(scale).multiply(BigDecimal.valueOf(times));
        boolean fits =
                units.stripTrailingZeros().scale() <= 0
                        && units.toBigInteger().bitLength() < Long.SIZE - 1;
        return fits ? units.longValueExact() : -1;
    }

    DeckRow row(int index) {
        return rows.get(index);
    }

    /// Reads a term of each row that is about to price, so that all are on their way from far
    /// memory before the first is waited for.
    ///
    /// @param outcomes rows, and others below 0
    /// @return of no use but to be kept, or the reads would be left out
    long touch(int[] outcomes, int lanes) {
        long sum = 0;
        for (int lane = 0; lane < lanes; lane++) {
            sum += outcomes[lane] < 0 ? 0 : terms[outcomes[lane] * ROW_TERMS];
        }
        return sum;
    }

    long billedSeconds(int index, long seconds) {
        long minimum = terms[index * ROW_TERMS + MINIMUM_SECONDS];
        if (seconds <= minimum) {
            return minimum;
        }
        long increment = terms[index * ROW_TERMS + INCREMENT_SECONDS];
        return minimum + (seconds - minimum + increment - 1) / increment * increment;
    }

    /// The rounded price of billed seconds, in 10^-9; [#TOO_LARGE] when it does not fit.
    long chargeNanos(int index, long billedSeconds) {
        long rate = terms[index * ROW_TERMS + RATE];
        long high = Math.multiplyHigh(rate, billedSeconds);
        long low = rate * billedSeconds;
        long sixtyfold = low + terms[index * ROW_TERMS + SETUP_SIXTYFOLD];
        if (high != 0 || low < 0 || sixtyfold < 0) {
            return TOO_LARGE;
        }
        long quotient = sixtyfold / divisor;
        long units = rounded(quotient, sixtyfold - quotient * divisor);
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
