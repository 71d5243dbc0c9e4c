package org.tollkeeper.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Side;

/// What holds of every book and call.
class RaterPropertiesTest {

    private static final int CALLS = 400;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33, 34})
    void seconds_and_amounts_add_up_and_nothing_is_billed_short(long seed) {
        Draw draw = new Draw(seed);
        for (CallSide call : draw.calls()) {
            long volume = draw.random.nextLong(2_000);
            if (draw.rater.rate(call, volume) instanceof Charge charge) {
                List<Charge.Part> parts = charge.parts();
                assertThat(sum(parts, Charge.Part::billedSeconds))
                        .as("%s", call)
                        .isEqualTo(charge.billedSeconds());
                assertThat(sum(parts, Charge.Part::actualSeconds))
                        .as("%s", call)
                        .isEqualTo(charge.actualSeconds());
                assertThat(parts.stream().map(Charge.Part::amount).reduce(BigDecimal::add))
                        .as("%s", call)
                        .contains(charge.amount());
                assertThat(charge.billedSeconds()).isGreaterThanOrEqualTo(charge.actualSeconds());
                assertThat(charge.amount().signum()).isNotNegative();
                assertThat(charge.amount().scale()).isEqualTo(charge.agreement().chargeDecimals());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {41, 42, 43, 44})
    void a_longer_call_never_costs_less(long seed) {
        Draw draw = new Draw(seed);
        for (CallSide call : draw.calls()) {
            CallSide longer = lasting(call, call.durationMs() + draw.random.nextLong(200_000));
            long volume = draw.random.nextLong(2_000);
            if (draw.rater.rate(call, volume) instanceof Charge one
                    && draw.rater.rate(longer, volume) instanceof Charge other) {
                assertThat(other.amount()).as("%s", call).isGreaterThanOrEqualTo(one.amount());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {51, 52, 53, 54})
    void rows_of_the_past_the_future_and_other_decks_change_nothing(long seed) {
        Draw draw = new Draw(seed);
        Book book = draw.book;
        List<DeckRow> more = new ArrayList<>(book.deckRows());
        for (String deck : List.of("ACME-SELL", "BETA-BUY", "GAMMA-SELL2")) {
            more.add(BookText.row(1, deck + ",44740000,Old,9,,,,2001-01-01,2002-01-01"));
            more.add(BookText.row(2, deck + ",1212555,Future,,,,,2050-01-01,,,,,,blocked"));
        }
        more.add(BookText.row(3, "NOBODY,44,UK,,,,,,,,,,,blocked"));
        Rater other =
                new Rater(
                        BookText.of(
                                book.agreements(),
                                book.decks(),
                                more,
                                book.origins(),
                                book.nanpStates()));
        for (CallSide call : draw.calls()) {
            assertThat(other.rate(call, 100)).isEqualTo(draw.rater.rate(call, 100));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {61, 62, 63, 64})
    void cut_at_any_second_the_volume_prices_the_same_under_graduated_tiers(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Book book =
                BookText.of(
                        """
                        agreement A decimals=9 rounding=down sell=S
                        deck S
                        row S,44,UK,0.6
                        row S,44,UK,0.48,,,,,,,2.5
                        row S,44,UK,0.06,,,,,,,7
                        """);
        Rater rater = new Rater(book);
        for (int i = 0; i < CALLS; i++) {
            long whole = 2 + random.nextLong(1_000);
            long first = 1 + random.nextLong(whole - 1);
            long volume = random.nextLong(600);
            assertThat(uk(rater, first, volume).add(uk(rater, whole - first, volume + first)))
                    .isEqualByComparingTo(uk(rater, whole, volume));
        }
    }

    private static BigDecimal uk(Rater rater, long seconds, long volume) {
        CallSide call =
                new CallSide(
                        Side.SELL,
                        "ACME",
                        "",
                        Digits.NONE,
                        Digits.of("44123456"),
                        Digits.NONE,
                        Instant.parse("2026-05-01T10:00:00Z"),
                        seconds * 1000);
        return ((Charge) rater.rate(call, volume)).amount();
    }

    private static CallSide lasting(CallSide call, long ms) {
        return new CallSide(
                call.side(),
                call.carrier(),
                call.product(),
                call.calling(),
                call.called(),
                call.routing(),
                call.connectAt(),
                ms);
    }

    private static int sum(List<Charge.Part> parts, ToIntFunction<Charge.Part> field) {
        return parts.stream().mapToInt(field).sum();
    }

    /// A book, its rater and calls, drawn from a seed.
    private static final class Draw {

        private final RandomGenerator random;
        private final RandomBook books;
        private final Book book;
        private final Rater rater;

        Draw(long seed) {
            random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            books = new RandomBook(random);
            book = books.book();
            rater = new Rater(book);
        }

        List<CallSide> calls() {
            Instant from = RandomBook.FIRST_DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
            List<CallSide> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                calls.add(
                        new CallSide(
                                random.nextBoolean() ? Side.SELL : Side.BUY,
                                books.pick("ACME", "BETA", "GAMMA"),
                                "",
                                books.calling(),
                                books.called(),
                                Digits.NONE,
                                from.plusMillis(random.nextLong(RandomBook.DAYS * 86_400_000L)),
                                books.durationMs()));
            }
            return calls;
        }
    }
}
