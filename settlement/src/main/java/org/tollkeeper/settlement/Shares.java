package org.tollkeeper.settlement;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// How a total is spread over lines in proportion to their weights, by the largest remainder: each
/// line gets its share cut to whole units, and the units left over go one by one to the lines that
/// lost most by the cut, of equals to the earlier.
final class Shares {

    private Shares() {}

    /// Spreads a total.
    ///
    /// @param units of the total, 0 or more
    /// @param weights 0 or more; at least one above 0 unless the total is 0
    /// @return as many units a weight, which add up to the total
    static List<Long> of(long units, List<BigInteger> weights) {
        BigInteger whole = weights.stream().reduce(BigInteger.ZERO, BigInteger::add);
        if (units == 0) {
            return weights.stream().map(weight -> 0L).toList();
        }
        if (whole.signum() == 0) {
            throw new IllegalArgumentException(units + " units to spread over no weight");
        }
        List<Long> shares = new ArrayList<>();
        List<BigInteger> remainders = new ArrayList<>();
        long left = units;
        for (BigInteger weight : weights) {
            BigInteger[] cut = weight.multiply(BigInteger.valueOf(units)).divideAndRemainder(whole);
            shares.add(cut[0].longValueExact());
            remainders.add(cut[1]);
            left -= cut[0].longValueExact();
        }
        IntStream.range(0, weights.size())
                .boxed()
                .sorted(Comparator.<Integer, BigInteger>comparing(remainders::get).reversed())
                .limit(left)
                .forEach(line -> shares.set(line, shares.get(line) + 1));
        return List.copyOf(shares);
    }
}
