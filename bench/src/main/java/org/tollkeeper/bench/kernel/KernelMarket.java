package org.tollkeeper.bench.kernel;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BandPolicy;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Carrier;
import org.tollkeeper.model.ChargeRounding;
import org.tollkeeper.model.Company;
import org.tollkeeper.model.Cycle;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckList;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.DurationRounding;
import org.tollkeeper.model.LateUsage;
import org.tollkeeper.model.Settlement;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.Tax;
import org.tollkeeper.model.TierMode;
import org.tollkeeper.rating.CallSide;
import org.tollkeeper.rating.kernel.CallColumns;

/// A deck of many codes and calls to them, drawn from a seed. Every code has a price that ended and
/// one that holds, half of them a third that begins in the middle of the calls' month; a third of
/// the codes have prices of their own for two origin sets, a quarter for a time band with holidays.
final class KernelMarket {

    static final int BLOCK_CALLS = 8_192;
    static final int BLOCKS = 16;
    static final String CARRIER = "ACME";

    private static final Currency USD = Currency.getInstance("USD");
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final LocalDateTime FIRST = LocalDateTime.of(2024, 1, 1, 0, 0);
    private static final LocalDateTime MIDDLE = LocalDateTime.of(2024, 6, 16, 0, 0);
    private static final Instant MONTH = Instant.parse("2024-06-01T00:00:00Z");
    private static final long MONTH_MS = 30 * 86_400_000L;
    private static final String[] CALLING = {
        "4930123456", "447911123456", "3312345678", "13035550100", "919812345678", "77012345678"
    };

    private final RandomGenerator random;
    private final List<DeckRow> rows = new ArrayList<>();
    private final List<String> codes;

    KernelMarket(long seed, int codeCount) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        codes = codes(codeCount);
        codes.forEach(this::price);
    }

    int rowCount() {
        return rows.size();
    }

    /// Codes of two to eight digits, most of them under others.
    private List<String> codes(int count) {
        Set<String> drawn = new LinkedHashSet<>();
        while (drawn.size() < count) {
            int length = drawn.size() < 90 ? 2 : 4 + random.nextInt(5);
            StringBuilder code = new StringBuilder();
            code.append(1 + random.nextInt(9));
            while (code.length() < length) {
                code.append(random.nextInt(10));
            }
            drawn.add(code.toString());
        }
        return List.copyOf(drawn);
    }

    private void price(String code) {
        List<String> origins = new ArrayList<>(List.of(""));
        if (random.nextInt(3) == 0) {
            origins.add("EEA");
            origins.add("UK");
        }
        List<String> bands = random.nextInt(4) == 0 ? List.of("peak", Deck.OFF_PEAK) : List.of("");
        boolean changes = random.nextBoolean();
        for (String origin : origins) {
            for (String band : bands) {
                add(code, origin, band, null, FIRST);
                add(code, origin, band, FIRST, changes ? MIDDLE : null);
                if (changes) {
                    add(code, origin, band, MIDDLE, null);
                }
            }
        }
    }

    private void add(
            String code,
            String origin,
            String band,
            @Nullable LocalDateTime effective,
            @Nullable LocalDateTime expires) {
        int[][] blocks = {{1, 1}, {6, 6}, {30, 6}, {60, 60}};
        int[] block = blocks[code.length() % blocks.length];
        rows.add(
                new DeckRow(
                        rows.size() + 1,
                        "DECK",
                        code,
                        "Destination " + code.substring(0, 2),
                        BigDecimal.valueOf(1 + random.nextInt(20_000), 5),
                        random.nextInt(10) == 0 ? new BigDecimal("0.001") : BigDecimal.ZERO,
                        block[0],
                        block[1],
                        effective,
                        expires,
                        band,
                        BigDecimal.ZERO,
                        origin,
                        null,
                        false));
    }

    Book book() {
        Deck deck =
                new Deck(
                        "DECK",
                        "deck.csv",
                        USD,
                        List.of(
                                new Deck.BandWindow(
                                        "peak",
                                        EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                                        8 * 60,
                                        20 * 60,
                                        false)),
                        Set.of(LocalDate.of(2024, 6, 3), LocalDate.of(2024, 6, 20)));
        Agreement agreement =
                new Agreement(
                        "ACME-2024",
                        CARRIER,
                        LocalDate.of(2024, 1, 1),
                        null,
                        USD,
                        ZONE,
                        Cycle.MONTHLY,
                        30,
                        List.of(new DeckList(Side.SELL, "", List.of("DECK"))),
                        new Settlement.SenderKeepsAll(),
                        false,
                        DurationRounding.UP,
                        6,
                        ChargeRounding.HALF_UP,
                        TierMode.GRADUATED,
                        BandPolicy.BY_START,
                        List.of(),
                        false,
                        LateUsage.CORRECT,
                        Tax.NONE);
        Company company =
                new Company(
                        "Us",
                        List.of(),
                        "GB",
                        "",
                        USD,
                        ZoneId.of("UTC"),
                        "INV",
                        new Company.Bank("", "", ""),
                        "");
        return new Book(
                company,
                List.of(new Carrier(CARRIER, CARRIER, "", "", "", "GB", "", "", "")),
                List.of(),
                List.of(),
                List.of(agreement),
                List.of(deck),
                rows,
                Set.of(),
                Map.of("EEA", Set.of("49", "33", "31", "43"), "UK", Set.of("44")),
                Map.of(),
                List.of(),
                Map.of(),
                List.of());
    }

    /// Blocks of calls over the whole month, in the order in which they were answered.
    List<CallColumns> calls() {
        long[] connectMs =
                random.longs((long) BLOCKS * BLOCK_CALLS, 0, MONTH_MS)
                        .map(offset -> MONTH.toEpochMilli() + offset)
                        .sorted()
                        .toArray();
        List<CallColumns> blocks = new ArrayList<>();
        for (int from = 0; from < connectMs.length; from += BLOCK_CALLS) {
            CallColumns block = new CallColumns(BLOCK_CALLS);
            for (int i = from; !block.isFull(); i++) {
                block.add(
                        connectMs[i],
                        1 + random.nextInt(600_000),
                        Digits.of(CALLING[random.nextInt(CALLING.length)]).packed(),
                        called().packed(),
                        0);
            }
            blocks.add(block);
        }
        return blocks;
    }

    private Digits called() {
        StringBuilder number = new StringBuilder(codes.get(random.nextInt(codes.size())));
        while (number.length() < 11) {
            number.append(random.nextInt(10));
        }
        return Digits.of(number.toString());
    }

    /// A line of a block as the plain rater takes it.
    static CallSide side(CallColumns calls, int line) {
        return new CallSide(
                Side.SELL,
                CARRIER,
                "",
                new Digits(calls.calling[line]),
                new Digits(calls.called[line]),
                new Digits(calls.routing[line]),
                Instant.ofEpochMilli(calls.connectMs[line]),
                calls.durationMs[line]);
    }
}
