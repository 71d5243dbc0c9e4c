package org.tollkeeper.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Excess;
import org.tollkeeper.model.Measure;
import org.tollkeeper.model.Side;

/// What holds for any traffic. `-Dseed=` replays one seed.
class SettlementPropertyTest {

    private static final int SEED_COUNT = 200;

    static LongStream seeds() {
        Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, SEED_COUNT) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void lines_add_up_to_the_due_of_their_side_which_is_within_half_a_unit_of_the_exact_one(
            long seed) {
        RandomGenerator random = random(seed);
        Agreement terms = randomTerms(random).agreement();
        List<TrafficLine> lines = randomLines(random);
        Statement statement = Lines.january(terms, lines.toArray(TrafficLine[]::new));
        for (Side side : Side.values()) {
            long sum =
                    statement.lines().stream()
                            .filter(line -> line.countsFor() == side)
                            .mapToLong(line -> line.due().minorUnits())
                            .sum();
            assertThat(statement.total(side).due().minorUnits()).isEqualTo(sum);
            for (StatementLine line : statement.lines()) {
                assertThat(line.due().minorUnits()).isNotNegative();
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void exactly_at_the_ratio_nothing_is_due(long seed) {
        RandomGenerator random = random(seed);
        BigDecimal ratio = BigDecimal.valueOf(random.nextLong(100, 1000), 2);
        long lighter = random.nextLong(0, 1_000_000) * 100;
        long heavier =
                ratio.multiply(BigDecimal.valueOf(lighter)).toBigIntegerExact().longValueExact();
        Agreement terms =
                new Terms()
                        .excess(any(random, Excess.class))
                        .imbalance(ratio.toPlainString())
                        .agreement();
        Statement statement =
                Lines.january(
                        terms,
                        Lines.charged(Side.SELL, "A", heavier, heavier, "1000"),
                        Lines.charged(Side.BUY, "B", lighter, lighter, "1000"));
        assertThat(statement.total(Side.SELL).due().isZero()).isTrue();
        assertThat(statement.total(Side.BUY).due().isZero()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_other_carriers_statement_is_ours_with_the_sides_exchanged(long seed) {
        RandomGenerator random = random(seed);
        Agreement terms = randomTerms(random).netting().agreement();
        List<TrafficLine> lines = randomLines(random);
        Statement ours = Lines.january(terms, lines.toArray(TrafficLine[]::new));
        Statement theirs =
                Lines.january(
                        terms,
                        lines.stream()
                                .map(SettlementPropertyTest::exchanged)
                                .toArray(TrafficLine[]::new));
        assertThat(theirs.total(Side.BUY).due()).isEqualTo(ours.total(Side.SELL).due());
        assertThat(theirs.total(Side.SELL).due()).isEqualTo(ours.total(Side.BUY).due());
        assertThat(theirs.lines().getLast().due()).isEqualTo(ours.lines().getLast().due());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void over_ratio_grows_without_a_jump(long seed) {
        RandomGenerator random = random(seed);
        BigDecimal ratio = BigDecimal.valueOf(random.nextLong(100, 300), 2);
        long lighter = random.nextLong(1, 1_000_000);
        long heavier =
                ratio.multiply(BigDecimal.valueOf(lighter)).toBigInteger().longValueExact()
                        + random.nextLong(-3, 4);
        Agreement terms = new Terms().currency("KWD").imbalance(ratio.toPlainString()).agreement();
        BigDecimal before = due(terms, Math.max(0, heavier), lighter);
        BigDecimal after = due(terms, Math.max(0, heavier) + 1, lighter);
        // One second more at 0.06 a minute is 0.001, which is also the minor unit.
        assertThat(after.subtract(before)).isBetween(BigDecimal.ZERO, new BigDecimal("0.002"));
    }

    private static BigDecimal due(Agreement terms, long heavier, long lighter) {
        return Lines.january(
                        terms,
                        Lines.seconds(Side.SELL, "A", "0.06", heavier),
                        Lines.seconds(Side.BUY, "B", "0.06", lighter))
                .total(Side.SELL)
                .due()
                .amount();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_share_is_within_one_unit_of_its_exact_proportion(long seed) {
        RandomGenerator random = random(seed);
        List<BigInteger> weights = new ArrayList<>();
        BigInteger whole = BigInteger.ZERO;
        for (int i = random.nextInt(1, 20); i > 0; i--) {
            weights.add(BigInteger.valueOf(random.nextLong(0, 1L << random.nextInt(1, 60))));
            whole = whole.add(weights.getLast());
        }
        weights.add(BigInteger.ONE);
        whole = whole.add(BigInteger.ONE);
        long units = random.nextLong(0, 1_000_000);
        List<Long> shares = Shares.of(units, weights);
        assertThat(shares.stream().mapToLong(Long::longValue).sum()).isEqualTo(units);
        for (int i = 0; i < shares.size(); i++) {
            BigInteger off =
                    BigInteger.valueOf(shares.get(i))
                            .multiply(whole)
                            .subtract(weights.get(i).multiply(BigInteger.valueOf(units)));
            assertThat(off.abs()).isLessThan(whole);
        }
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static <T extends Enum<T>> T any(RandomGenerator random, Class<T> terms) {
        return List.copyOf(EnumSet.allOf(terms))
                .get(random.nextInt(terms.getEnumConstants().length));
    }

    private static Terms randomTerms(RandomGenerator random) {
        Terms terms =
                new Terms()
                        .currency(List.of("USD", "JPY", "KWD").get(random.nextInt(3)))
                        .excess(any(random, Excess.class))
                        .measure(any(random, Measure.class));
        if (random.nextBoolean()) {
            terms.fixedPrice("0.00" + random.nextInt(1, 1000));
        }
        return switch (random.nextInt(4)) {
            case 0 -> terms;
            case 1 -> terms.billAndKeep();
            default -> terms.imbalance(List.of("1", "1.2", "3.333").get(random.nextInt(3)));
        };
    }

    private static List<TrafficLine> randomLines(RandomGenerator random) {
        List<TrafficLine> lines = new ArrayList<>();
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            long actual = random.nextLong(0, 100_000);
            lines.add(
                    new TrafficLine(
                            Lines.key(
                                    any(random, Side.class),
                                    "D" + random.nextInt(5),
                                    "0.0" + random.nextInt(10)),
                            new Traffic(
                                    random.nextLong(0, 100),
                                    actual,
                                    actual + random.nextLong(0, 1000),
                                    actual == 0
                                            ? BigInteger.ZERO
                                            : BigInteger.valueOf(
                                                    random.nextLong(0, 100_000_000_000L)))));
        }
        return lines;
    }

    private static TrafficLine exchanged(TrafficLine line) {
        LineKey key = line.key();
        return new TrafficLine(
                new LineKey(
                        key.side() == Side.BUY ? Side.SELL : Side.BUY,
                        key.destination(),
                        key.ratePerMinute(),
                        key.band(),
                        key.tierFromMinutes(),
                        key.origin(),
                        key.jurisdiction()),
                line.traffic());
    }
}
