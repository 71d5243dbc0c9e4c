package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.TestDatabase;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.TierMode;
import org.tollkeeper.rating.BookText;
import org.tollkeeper.rating.CallSide;
import org.tollkeeper.rating.Charge;
import org.tollkeeper.rating.Match;
import org.tollkeeper.rating.Outcome;
import org.tollkeeper.rating.RandomBook;
import org.tollkeeper.rating.Rater;
import org.tollkeeper.rating.Tariff;

/// The charges are a pure function of the calls and the book: nights, order, late calls, books that
/// change and calls that go leave no trace in any digit.
class RatingLawTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void one_night_or_many_late_calls_and_another_book_end_like_a_fresh_start(long seed)
            throws SQLException, IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        RandomBook books = new RandomBook(random);
        Book first = books.book();
        Book second = random.nextBoolean() ? books.book() : half(first, books.book(), random);
        List<TestCall> calls = calls(books, random, 400);
        List<TestCall> taken = calls(books, random, 60);

        List<String> fresh;
        try (Database database = TestDatabase.fresh()) {
            TestTraffic traffic = new TestTraffic(database);
            traffic.load(second);
            traffic.mediate(calls);
            traffic.rate();
            fresh = traffic.state();
            assertThat(traffic.charges()).isEqualTo(expected(second, calls));
            assertThat(traffic.rate().publication()).isZero();
            traffic.rate(RandomBook.FIRST_DAY, RandomBook.FIRST_DAY.plusDays(RandomBook.DAYS));
            assertThat(
                            traffic.lines(
                                    "select count(*) from slice_life where to_publication is not null"))
                    .containsExactly("0");
            assertThat(traffic.state()).isEqualTo(fresh);
        }

        Collections.shuffle(calls, new Random(seed));
        try (Database database = TestDatabase.fresh()) {
            TestTraffic traffic = new TestTraffic(database);
            traffic.load(first);
            List<Integer> takenSlices = traffic.mediate(taken);
            traffic.mediate(calls.subList(0, 150));
            traffic.rate();
            traffic.mediate(calls.subList(150, 250));
            List<TestCall> doubled = new ArrayList<>(calls.subList(250, 300));
            traffic.rate();
            traffic.load(second);
            int slice = traffic.mediate(doubled.subList(0, 1)).getFirst();
            traffic.rate();
            traffic.tombstone(slice, 0);
            traffic.mediate(doubled);
            traffic.retire(takenSlices);
            traffic.rate();
            for (TestCall call : calls.subList(300, 304)) {
                traffic.mediate(List.of(call));
                traffic.rate();
            }
            traffic.mediate(calls.subList(304, 400));
            traffic.rate();
            assertThat(traffic.state()).isEqualTo(fresh);
            assertThat(traffic.rate().publication()).isZero();
        }
    }

    // 02:59:59 UTC is still the 12th in Santiago: the charge keeps its digits and changes its day,
    // and with it perhaps its period.
    @Test
    void another_time_zone_moves_a_charge_to_its_new_local_day() throws SQLException, IOException {
        String book = "agreement A zone=%s sell=S\ndeck S\nrow S,55,Brazil,0.60\n";
        Instant at = Instant.parse("2023-03-13T02:59:59Z");
        try (Database database = TestDatabase.fresh()) {
            TestTraffic traffic = new TestTraffic(database);
            traffic.load(BookText.of(book.formatted("America/Santiago")));
            traffic.mediate(
                    List.of(
                            new TestCall(
                                    "lon",
                                    "c",
                                    "",
                                    "ACME",
                                    "",
                                    Digits.NONE,
                                    Digits.of("5511987654321"),
                                    at,
                                    at,
                                    60_000)));
            traffic.rate();
            assertThat(traffic.lines("select day from traffic_sum")).containsExactly("2023-03-12");
            traffic.load(BookText.of(book.formatted("UTC")));
            traffic.rate();
            assertThat(
                            traffic.lines(
                                    "select t.day from traffic_sum t"
                                            + " join live_slice s on s.id = t.slice"))
                    .containsExactly("2023-03-13");
        }
    }

    /// The first book with some decks of the second.
    private static Book half(Book first, Book second, RandomGenerator random) {
        Set<String> swapped =
                first.decks().stream()
                        .map(Deck::id)
                        .filter(deck -> random.nextInt(3) == 0)
                        .collect(Collectors.toSet());
        List<Deck> decks = new ArrayList<>(first.decks());
        decks.removeIf(deck -> swapped.contains(deck.id()));
        second.decks().stream().filter(deck -> swapped.contains(deck.id())).forEach(decks::add);
        List<DeckRow> rows = new ArrayList<>(first.deckRows());
        rows.removeIf(row -> swapped.contains(row.deck()));
        second.deckRows().stream().filter(row -> swapped.contains(row.deck())).forEach(rows::add);
        return new Book(
                first.company(),
                first.carriers(),
                first.switches(),
                first.trunks(),
                first.agreements(),
                decks,
                rows,
                first.testNumbers(),
                first.origins(),
                first.nanpStates(),
                first.targets(),
                first.risk(),
                first.fxRates());
    }

    private static List<TestCall> calls(RandomBook books, RandomGenerator random, int count) {
        List<TestCall> calls = new ArrayList<>();
        String[] carriers = {"ACME", "BETA", "GAMMA", ""};
        for (int i = 0; i < count; i++) {
            Instant setup =
                    RandomBook.FIRST_DAY
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                            .plusMillis(random.nextLong(RandomBook.DAYS * 86_400_000L));
            calls.add(
                    new TestCall(
                            random.nextBoolean() ? "lon" : "Ny-1",
                            "c" + random.nextInt(1_000_000),
                            random.nextBoolean() ? "" : "b",
                            carriers[random.nextInt(4)],
                            carriers[random.nextInt(4)],
                            books.calling(),
                            books.called(),
                            setup,
                            setup.plusMillis(random.nextInt(90_000)),
                            books.durationMs()));
        }
        return calls;
    }

    /// The export as the plain rater gives it, call after call.
    private static List<String> expected(Book book, List<TestCall> calls) {
        Rater rater = new Rater(book);
        List<TestCall> ordered = new ArrayList<>(calls);
        ordered.sort(
                Comparator.comparing(TestCall::connectAt)
                        .thenComparing(TestCall::switchId)
                        .thenComparing(TestCall::callId)
                        .thenComparing(TestCall::legId)
                        .thenComparing(TestCall::setupAt));
        Map<String, Long> totals = new HashMap<>();
        expected(rater, ordered, totals, Map.of());
        return expected(rater, ordered, new HashMap<>(), totals);
    }

    private static List<String> expected(
            Rater rater,
            List<TestCall> calls,
            Map<String, Long> counters,
            Map<String, Long> totals) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "switch,call_id,leg_id,setup_at,side,carrier,agreement,deck,code,destination,origin,"
                        + "jurisdiction,band,tier_from,connect_at,duration_ms,billed_seconds,rate,"
                        + "setup,amount,currency");
        for (TestCall call : calls) {
            for (Side side : Side.values()) {
                String carrier = side == Side.BUY ? call.egressCarrier() : call.ingressCarrier();
                CallSide asked =
                        new CallSide(
                                side,
                                carrier,
                                "",
                                call.calling(),
                                call.called(),
                                Digits.NONE,
                                call.connectAt(),
                                call.durationMs());
                Match match = rater.tariff(asked);
                if (match instanceof Tariff tariff) {
                    String counter =
                            tariff.agreement().id()
                                    + side
                                    + tariff.destination()
                                    + YearMonth.from(
                                            call.connectAt().atZone(tariff.agreement().timeZone()));
                    boolean allUnits = tariff.agreement().tiers() == TierMode.ALL_UNITS;
                    long volume = (allUnits ? totals : counters).getOrDefault(counter, 0L);
                    Outcome outcome = Rater.charge(tariff, asked, volume);
                    if (outcome instanceof Charge charge) {
                        counters.merge(counter, (long) charge.billedSeconds(), Long::sum);
                        lines.add(line(call, side, carrier, charge));
                    }
                }
            }
        }
        return lines;
    }

    private static String line(TestCall call, Side side, String carrier, Charge charge) {
        DeckRow row = charge.firstRow();
        return String.join(
                ",",
                call.switchId(),
                call.callId(),
                call.legId(),
                millis(call.setupAt()),
                side.label(),
                carrier,
                charge.agreement().id(),
                row.deck(),
                row.code(),
                row.destination(),
                row.origin(),
                row.jurisdiction() == null ? "" : row.jurisdiction().label(),
                row.band(),
                row.tierFromMinutes().toPlainString(),
                millis(call.connectAt()),
                String.valueOf(call.durationMs()),
                String.valueOf(charge.billedSeconds()),
                row.ratePerMinute().toPlainString(),
                row.setup().toPlainString(),
                charge.amount().toPlainString(),
                charge.agreement().currency().toString());
    }

    private static String millis(Instant instant) {
        String text = instant.toString();
        return text.length() == 20 ? text.replace("Z", ".000Z") : text;
    }
}
