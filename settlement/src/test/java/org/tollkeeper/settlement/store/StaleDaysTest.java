package org.tollkeeper.settlement.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Cycle;
import org.tollkeeper.model.Side;
import org.tollkeeper.settlement.Terms;

/// Settling what is stale comes to the same as settling everything, whatever happened in between.
class StaleDaysTest {

    private static final int SEED_COUNT = 8;
    private static final int STEP_COUNT = 12;

    static LongStream seeds() {
        Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, SEED_COUNT) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void settling_what_is_stale_is_settling_everything(long seed) throws SQLException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (Charged books = new Charged()) {
            books.know(new Terms().id("A").agreement(), new Terms().id("B").agreement());
            List<Integer> slices = new ArrayList<>();
            List<Agreement> agreements = List.of(terms(random, "A"), terms(random, "B"));
            for (int step = 0; step < STEP_COUNT; step++) {
                for (int i = random.nextInt(0, 6); i > 0; i--) {
                    change(books, slices, random);
                }
                if (random.nextInt(4) == 0) {
                    agreements =
                            random.nextInt(3) == 0
                                    ? List.of(agreements.getFirst())
                                    : List.of(agreements.getFirst(), terms(random, "B"));
                }
                LocalDate through = LocalDate.parse("2024-03-01").plusDays(random.nextInt(90));
                Settlements settlements =
                        new Settlements(books.connection, books.run, agreementCount -> {});
                Settled settled = settlements.settle(agreements, through);
                assertThat(settled.statementCount())
                        .isEqualTo(
                                books.count(
                                        "select count(*) from statement"
                                                + " where to_publication is null"));
                try (Statement statement = books.connection.createStatement()) {
                    statement.execute("create temp table kept as select * from settled");
                    statement.execute("delete from settled");
                    assertThat(settlements.settle(agreements, through))
                            .isEqualTo(new Settled(0, settled.statementCount(), 0));
                    statement.execute("delete from settled");
                    statement.execute("insert into settled select * from kept");
                    statement.execute("drop table kept");
                }
                books.connection.commit();
            }
        }
    }

    private static void change(Charged books, List<Integer> slices, RandomGenerator random)
            throws SQLException {
        if (!slices.isEmpty() && random.nextInt(3) == 0) {
            books.retire(slices.remove(/* index */ random.nextInt(slices.size())));
            return;
        }
        String day = LocalDate.parse("2024-01-01").plusDays(random.nextInt(150)).toString();
        slices.add(
                books.sum(
                        random.nextBoolean() ? "A" : "B",
                        random.nextBoolean() ? Side.BUY : Side.SELL,
                        day,
                        "UK",
                        "0.01",
                        "1 60 60 " + random.nextInt(1, 100)));
    }

    private static Agreement terms(RandomGenerator random, String id) {
        Terms terms =
                new Terms()
                        .id(id)
                        .cycle(random.nextBoolean() ? Cycle.MONTHLY : Cycle.HALF_MONTHLY)
                        .consecutivePeriods(random.nextInt(1, 4))
                        .imbalance("1.2");
        if (random.nextInt(3) == 0) {
            terms.commitment(Side.SELL, "3", "UK", "1");
        }
        return terms.agreement();
    }
}
