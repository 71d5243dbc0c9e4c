package org.tollkeeper.rating;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BandPolicy;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.ChargeRounding;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.DurationRounding;
import org.tollkeeper.model.TierMode;

/// Books and numbers drawn at random, small enough that rules meet: few digits, few codes, prices
/// that begin and end within the months of the calls.
public final class RandomBook {

    public static final LocalDate FIRST_DAY = LocalDate.of(2024, 3, 1);

    /// Where price lists end that are meant to hold for ever.
    private static final LocalDateTime FAR_END = LocalDateTime.of(2099, 12, 31, 0, 0);

    public static final int DAYS = 40;

    private static final String[] ZONES = {
        "UTC",
        "Europe/Berlin",
        "America/Sao_Paulo",
        "Pacific/Auckland",
        "Asia/Kathmandu",
        "America/New_York",
        "Australia/Lord_Howe"
    };
    private static final String[] CODES = {
        "1", "1212", "1212555", "1312", "44", "447", "4474", "44740", "49", "4930", "91", "919",
        "9198", "911", "7"
    };
    private static final String[] BANDS = {
        "peak:mon-fri:08:00-20:00:false",
        "night:mon-sun:00:00-06:00 night:mon-sun:22:00-24:00",
        "weekend:sat-sun:00:00-24:00:true",
        "early:mon-sun:01:30-02:30",
    };
    private static final String[] BLOCKS = {
        "1,1", "6,6", "30,6", "60,60", "60,1", "60,11", "90,60"
    };

    private final RandomGenerator random;

    public RandomBook(RandomGenerator random) {
        this.random = random;
    }

    /// A book of a few carriers, each with one agreement or two that follow each other.
    public Book book() {
        List<Deck> decks = new ArrayList<>();
        List<DeckRow> rows = new ArrayList<>();
        List<Agreement> agreements = new ArrayList<>();
        for (String carrier : List.of("ACME", "BETA", "GAMMA")) {
            for (String side : List.of("SELL", "BUY", "SELL2")) {
                deck(carrier + "-" + side, decks, rows);
            }
            agreements.addAll(agreements(carrier));
        }
        Map<String, Set<String>> origins =
                Map.of(
                        "EEA", Set.of("49", "33", "43"),
                        "UK", Set.of("44"),
                        "UKMOB", Set.of("447"),
                        "NANP", Set.of("1"));
        Map<String, String> states =
                Map.of("212555", "NY", "315555", "NY", "312555", "IL", "201200", "NJ");
        return BookText.of(agreements, decks, rows, origins, states);
    }

    private List<Agreement> agreements(String carrier) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("carrier", carrier);
        keys.put("zone", pick(ZONES));
        keys.put("currency", pick("USD", "JPY", "KWD"));
        keys.put("sell", carrier + "-SELL," + carrier + "-SELL2");
        if (random.nextInt(5) > 0) {
            keys.put("buy", carrier + "-BUY");
        }
        terms(keys);
        if (random.nextInt(3) > 0) {
            return List.of(BookText.agreement(carrier + "-A", keys));
        }
        LocalDate change = FIRST_DAY.plusDays(random.nextInt(DAYS));
        keys.put("to", change.toString());
        Agreement first = BookText.agreement(carrier + "-A", keys);
        keys.remove("to");
        keys.put("from", change.plusDays(1 + random.nextInt(2)).toString());
        terms(keys);
        return List.of(first, BookText.agreement(carrier + "-B", keys));
    }

    private void terms(Map<String, String> keys) {
        keys.put("duration", pick(DurationRounding.values()).label());
        keys.put("decimals", String.valueOf(2 + random.nextInt(8)));
        keys.put("rounding", pick(ChargeRounding.values()).label());
        keys.put("tiers", pick(TierMode.values()).label());
        keys.put("bands", pick(BandPolicy.values()).label());
    }

    private void deck(String id, List<Deck> decks, List<DeckRow> rows) {
        List<Deck.BandWindow> windows = new ArrayList<>();
        Set<String> bands = new HashSet<>();
        if (random.nextInt(3) > 0) {
            for (String window : pick(BANDS).split(" ", -1)) {
                windows.add(BookText.window(window));
                bands.add(windows.getLast().band());
            }
            bands.add(Deck.OFF_PEAK);
        }
        Set<LocalDate> holidays =
                Set.of(FIRST_DAY.plusDays(random.nextInt(DAYS)), FIRST_DAY.minusDays(1));
        decks.add(new Deck(id, id + ".csv", Currency.getInstance("USD"), windows, holidays));
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < 9; i++) {
            codes.add(pick(CODES));
        }
        for (String code : codes) {
            rows(id, code, bands, rows);
        }
    }

    /// The rows of one code: bands or all hours, origins, jurisdictions, tiers, and a change of
    /// price.
    private void rows(String deck, String code, Set<String> bands, List<DeckRow> rows) {
        if (random.nextInt(25) == 0) {
            add(rows, deck, code, "", change(), null, "", "", "", "blocked");
        }
        List<String> origins = new ArrayList<>(List.of(""));
        if (random.nextInt(4) == 0) {
            origins.add(pick("EEA", "UK", "UKMOB", "NANP"));
        }
        List<String> jurisdictions = new ArrayList<>(List.of(""));
        if (code.startsWith("1") && random.nextInt(2) == 0) {
            jurisdictions = List.of("interstate", "intrastate");
        }
        List<String> hours = new ArrayList<>(List.of(""));
        if (!bands.isEmpty() && random.nextInt(2) == 0) {
            hours = new ArrayList<>(bands);
            if (random.nextInt(6) == 0) {
                hours.removeFirst();
            }
        }
        String block = pick(BLOCKS);
        for (String origin : origins) {
            for (String jurisdiction : jurisdictions) {
                for (String band : hours) {
                    List<String> bounds =
                            random.nextInt(3) == 0 ? List.of("0", "3", "10.5") : List.of("");
                    for (String bound : bounds) {
                        @Nullable LocalDateTime change = random.nextInt(3) == 0 ? change() : null;
                        if (change != null) {
                            add(
                                    rows,
                                    deck,
                                    code,
                                    block,
                                    null,
                                    change,
                                    band,
                                    bound,
                                    origin,
                                    jurisdiction);
                        }
                        add(
                                rows,
                                deck,
                                code,
                                block,
                                change,
                                random.nextInt(4) == 0 ? FAR_END : null,
                                band,
                                bound,
                                origin,
                                jurisdiction);
                    }
                }
            }
        }
    }

    private LocalDateTime change() {
        return FIRST_DAY
                .plusDays(random.nextInt(DAYS))
                .atTime(random.nextInt(24), 30 * random.nextInt(2));
    }

    private void add(
            List<DeckRow> rows,
            String deck,
            String code,
            String block,
            @Nullable LocalDateTime effective,
            @Nullable LocalDateTime expires,
            String band,
            String tier,
            String origin,
            String jurisdiction) {
        boolean blocked = jurisdiction.equals("blocked");
        String line =
                String.join(
                        ",",
                        deck,
                        code,
                        "D" + code.substring(0, Math.min(2, code.length())),
                        blocked ? "" : "0.%04d".formatted(random.nextInt(2000)),
                        blocked || random.nextInt(3) > 0 ? "" : "0.0%d".formatted(code.length()),
                        blocked ? "," : block,
                        effective == null ? "" : effective.toString(),
                        expires == null ? "" : expires.toString(),
                        band,
                        tier,
                        origin,
                        blocked ? "" : jurisdiction,
                        blocked ? "blocked" : "");
        rows.add(BookText.row(rows.size() + 1, line));
    }

    /// A called number, most of which some code matches.
    public Digits called() {
        String code = pick(CODES);
        if (random.nextInt(12) == 0) {
            return Digits.of(code);
        }
        if (random.nextInt(20) == 0) {
            return Digits.shortCode("911");
        }
        String number = code + "5551234567890".substring(random.nextInt(4));
        return Digits.of(number.substring(0, Math.min(number.length(), 6 + random.nextInt(9))));
    }

    public Digits calling() {
        return switch (random.nextInt(7)) {
            case 0 -> Digits.NONE;
            case 1 -> Digits.of("4930123456");
            case 2 -> Digits.of("442079460000");
            case 3 -> Digits.of("447911123456");
            case 4 -> Digits.of("13125550001");
            case 5 -> Digits.of("12125550001");
            default -> Digits.of("449");
        };
    }

    /// Milliseconds of talk: short, round, odd, and now and then for hours.
    public int durationMs() {
        return switch (random.nextInt(6)) {
            case 0 -> 1 + random.nextInt(1500);
            case 1 -> 1000 * (1 + random.nextInt(200));
            case 2 -> 1_000_000 + random.nextInt(20_000_000);
            default -> 1 + random.nextInt(400_000);
        };
    }

    @SafeVarargs
    final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
