package org.tollkeeper.rating.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.SuspenseReason;
import org.tollkeeper.rating.BookText;
import org.tollkeeper.rating.CallSide;
import org.tollkeeper.rating.Charge;
import org.tollkeeper.rating.Outcome;
import org.tollkeeper.rating.RandomBook;
import org.tollkeeper.rating.Rater;
import org.tollkeeper.rating.Suspended;
import org.tollkeeper.rating.TieredDestinations;

/// The kernel says what the rater says, and allocates nothing.
class RatingKernelTest {

    private static final String[] CARRIERS = {"ACME", "BETA", "GAMMA", "NOBODY"};

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void random_books_and_calls_have_one_price(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        RandomBook books = new RandomBook(random);
        for (int i = 0; i < 8; i++) {
            Book book = books.book();
            Rater rater = new Rater(book);
            RatingKernel.Shared shared =
                    new RatingKernel.Shared(book, rater, new TieredDestinations(rater));
            for (String carrier : CARRIERS) {
                for (Side side : Side.values()) {
                    RatingKernel kernel = new RatingKernel(shared, carrier, side, "");
                    CallColumns calls = calls(books, random, 300);
                    ChargeColumns charges = new ChargeColumns(calls.count);
                    kernel.rate(calls, charges);
                    for (int line = 0; line < calls.count; line++) {
                        compare(rater, kernel, carrier, side, calls, charges, line);
                    }
                }
            }
        }
    }

    private static CallColumns calls(RandomBook books, RandomGenerator random, int count) {
        CallColumns calls = new CallColumns(count);
        long from = RandomBook.FIRST_DAY.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        while (!calls.isFull()) {
            calls.add(
                    from + random.nextLong(RandomBook.DAYS * 86_400_000L),
                    books.durationMs(),
                    books.calling().packed(),
                    books.called().packed(),
                    random.nextInt(9) == 0 ? books.called().packed() : 0);
        }
        return calls;
    }

    private static void compare(
            Rater rater,
            RatingKernel kernel,
            String carrier,
            Side side,
            CallColumns calls,
            ChargeColumns charges,
            int line) {
        CallSide call =
                new CallSide(
                        side,
                        carrier,
                        "",
                        new Digits(calls.calling[line]),
                        new Digits(calls.called[line]),
                        new Digits(calls.routing[line]),
                        Instant.ofEpochMilli(calls.connectMs[line]),
                        calls.durationMs[line]);
        byte status = charges.status[line];
        if (status == ChargeColumns.ASK_RATER) {
            return;
        }
        Outcome outcome = rater.rate(call, 0);
        switch (outcome) {
            case Suspended(SuspenseReason reason) ->
                    assertThat((int) status).as("%s", call).isEqualTo(reason.code());
            case Charge charge -> {
                int agreement = charges.agreement[line];
                assertThat(status).as("%s", call).isEqualTo(ChargeColumns.PRICED);
                assertThat(kernel.agreement(agreement)).isEqualTo(charge.agreement());
                assertThat(kernel.row(agreement, charges.row[line])).isEqualTo(charge.firstRow());
                assertThat(charges.actualSeconds[line]).isEqualTo(charge.actualSeconds());
                assertThat(charges.billedSeconds[line]).isEqualTo(charge.billedSeconds());
                assertThat(charges.chargeNanos[line]).as("%s", call).isEqualTo(charge.nanos());
                assertThat(charge.parts()).hasSize(1);
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "by-start over a band,       agreement A bands=by-start sell=S,       0.5,            0",
        "a split with one row,       agreement A bands=split-carry sell=T,    0.5,            0",
        "a split with two,           agreement A bands=split-carry sell=S,    0.5,            -1",
        "tiers,                      agreement A sell=U,                      0.5,            -1",
        "the most of 63 bits,        agreement A decimals=9 sell=T,           153722867.280912930, 0",
        "more than 63 bits,          agreement A decimals=9 sell=T,           153722867.280912931, -1",
        "more decimals than fit,     agreement A decimals=9 sell=T,           0.12345678901234567, -1",
        "nobody,                     agreement A carrier=BETA sell=T,         0.5,            8",
        "nothing on the side,        agreement A buy=T,                       0.5,            8",
        "no code,                    agreement A sell=V,                      0.5,            9",
    })
    void only_what_takes_more_than_a_call_is_left_to_the_rater(
            String name, String agreement, String rate, byte status) {
        Book book =
                BookText.of(
                        agreement
                                + """

                                deck S band=peak:mon-fri:08:00-20:00
                                row S,44,UK,%1$s,,,,,,peak
                                row S,44,UK,%1$s,,,,,,offpeak
                                deck T band=peak:mon-fri:08:00-20:00
                                row T,44,UK,%1$s
                                deck U
                                row U,44,UK,%1$s
                                row U,44,UK,0.1,,,,,,,5
                                deck V
                                row V,49,Germany,%1$s
                                """
                                        .formatted(rate));
        Rater rater = new Rater(book);
        RatingKernel kernel =
                new RatingKernel(
                        new RatingKernel.Shared(book, rater, new TieredDestinations(rater)),
                        "ACME",
                        Side.SELL,
                        "");
        CallColumns calls = new CallColumns(1);
        long connectMs = Instant.parse("2026-05-01T07:59:30Z").toEpochMilli();
        calls.add(connectMs, 60_000, 0, Digits.of("442079460000").packed(), 0);
        ChargeColumns charges = new ChargeColumns(1);
        kernel.rate(calls, charges);
        assertThat(charges.status[0]).isEqualTo(status);
        compare(rater, kernel, "ACME", Side.SELL, calls, charges, 0);
    }

    /// 32 bits of seconds with a sign end on 2038-01-19T03:14:07Z.
    @ParameterizedTest(name = "{0}: row {1}")
    @CsvSource({
        "2026-05-01T12:00:00Z, 1",
        "2038-01-19T03:14:07Z, 1",
        "2038-01-19T03:14:08Z, 1",
        "2039-05-31T23:59:59Z, 1",
        "2039-06-01T00:00:00Z, 2",
        "2049-12-31T23:59:59Z, 2",
        "2050-01-01T00:00:00Z, 3",
        "2099-12-30T23:59:59Z, 3",
    })
    void prices_may_begin_and_end_far_away(Instant connectAt, int row) {
        Book book =
                BookText.of(
                        """
                        agreement A sell=S
                        deck S
                        row S,4420,London,0.1,,,,,2039-06-01
                        row S,4420,London,0.2,,,,2039-06-01,2050-01-01
                        row S,44,UK,0.3,,,,,2099-12-31
                        """);
        Rater rater = new Rater(book);
        RatingKernel kernel =
                new RatingKernel(
                        new RatingKernel.Shared(book, rater, new TieredDestinations(rater)),
                        "ACME",
                        Side.SELL,
                        "");
        CallColumns calls = new CallColumns(1);
        calls.add(connectAt.toEpochMilli(), 60_000, 0, Digits.of("442079460000").packed(), 0);
        ChargeColumns charges = new ChargeColumns(1);
        kernel.rate(calls, charges);
        assertThat(charges.status[0]).isEqualTo(ChargeColumns.PRICED);
        assertThat(kernel.row(charges.agreement[0], charges.row[0]).ratePerMinute())
                .isEqualByComparingTo(BigDecimal.valueOf(row, 1));
        compare(rater, kernel, "ACME", Side.SELL, calls, charges, 0);
    }

    @Test
    void a_call_costs_no_byte_of_memory() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        RandomBook books = new RandomBook(random);
        Book book = books.book();
        Rater rater = new Rater(book);
        RatingKernel kernel =
                new RatingKernel(
                        new RatingKernel.Shared(book, rater, new TieredDestinations(rater)),
                        "ACME",
                        Side.SELL,
                        "");
        CallColumns calls = calls(books, random, 2_000);
        ChargeColumns charges = new ChargeColumns(calls.count);
        for (int i = 0; i < 50; i++) {
            kernel.rate(calls, charges);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            kernel.rate(calls, charges);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        // what asking for the count itself allocates is less than a byte a call
        assertThat(least / calls.count).isZero();
    }
}
