package org.tollkeeper.rating;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Jurisdiction;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.SuspenseReason;
import org.tollkeeper.model.TierMode;

/// The price of one side of a call, rule by rule. Each step narrows the rows of the step before,
/// and there is no way back: the agreement in force, the first deck with a code the number begins
/// with, the longest such code, the origin of the caller, the jurisdiction, the time band, the
/// volume tier. All arithmetic is exact, and the amount is rounded once.
public final class Rater {

    private static final BigDecimal SIXTY = BigDecimal.valueOf(60);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE, 9);
    private static final int FEWEST_CALLING_DIGITS = 5;

    private final Book book;
    private final Map<String, List<Agreement>> agreementsByCarrier;
    private final Map<String, Deck> decksById;
    private final Map<String, List<DeckRow>> rowsByDeck;
    private final Map<String, Map<ZoneId, PriceList>> lists = new HashMap<>();

    public Rater(Book book) {
        this.book = book;
        agreementsByCarrier =
                book.agreements().stream().collect(Collectors.groupingBy(Agreement::carrier));
        decksById = book.decks().stream().collect(Collectors.toMap(Deck::id, deck -> deck));
        rowsByDeck = book.deckRows().stream().collect(Collectors.groupingBy(DeckRow::deck));
    }

    /// Prices one side of a call.
    ///
    /// @param volumeSeconds billed seconds of the call's agreement, side, destination and month:
    ///   under [TierMode#GRADUATED] those of the calls before this one, under [TierMode#ALL_UNITS]
    ///   those of the whole month
    public Outcome rate(CallSide call, long volumeSeconds) {
        return switch (tariff(call)) {
            case Suspended suspended -> suspended;
            case Tariff tariff -> charge(tariff, call, volumeSeconds);
        };
    }

    /// The rows that price a call, before its length and the volume are looked at.
    public Match tariff(CallSide call) {
        @Nullable Agreement agreement = agreement(call);
        if (agreement == null || !covers(agreement, call.side())) {
            return new Suspended(SuspenseReason.NO_AGREEMENT);
        }
        Digits number = pricedNumber(agreement, call);
        for (String deck : agreement.decks(call.side(), call.product())) {
            PriceList list = list(deck, agreement.timeZone());
            List<DeckRow> rows = list.longestMatch(number, call.connectAt());
            if (rows.stream().anyMatch(DeckRow::blocked)) {
                return new Suspended(SuspenseReason.BLOCKED);
            }
            if (!rows.isEmpty()) {
                rows = ofOrigin(rows, call.calling());
                rows = ofJurisdiction(rows, number, call, list);
                @Nullable Tariff tariff = Tariff.of(agreement, list, rows, call.connectAt());
                return tariff == null ? new Suspended(SuspenseReason.NO_RATE) : tariff;
            }
        }
        return new Suspended(SuspenseReason.NO_RATE);
    }

    /// All agreements of a carrier.
    public List<Agreement> agreements(String carrier) {
        return agreementsByCarrier.getOrDefault(carrier, List.of());
    }

    /// The carrier's agreement in force when the call was answered.
    public @Nullable Agreement agreement(CallSide call) {
        for (Agreement agreement : agreements(call.carrier())) {
            if (agreement.inForceAt(call.connectAt())) {
                return agreement;
            }
        }
        return null;
    }

    /// Whether the agreement has any deck for a side; else it is none for that side.
    public static boolean covers(Agreement agreement, Side side) {
        return agreement.deckLists().stream()
                .anyMatch(decks -> decks.side() == side && !decks.decks().isEmpty());
    }

    /// The routing number where the agreement rates by it and there is one, else the called number.
    static Digits pricedNumber(Agreement agreement, CallSide call) {
        return agreement.routingNumber() && !call.routing().isNone()
                ? call.routing()
                : call.called();
    }

    /// The decks of one side of an agreement as it reads them, of all products.
    public List<PriceList> lists(Agreement agreement, Side side) {
        return agreement.deckLists().stream()
                .filter(decks -> decks.side() == side)
                .flatMap(decks -> decks.decks().stream())
                .distinct()
                .map(deck -> list(deck, agreement.timeZone()))
                .toList();
    }

    /// A deck as agreements of a zone read it.
    public PriceList list(String deck, ZoneId zone) {
        return lists.computeIfAbsent(deck, id -> new HashMap<>())
                .computeIfAbsent(
                        zone,
                        z ->
                                new PriceList(
                                        Objects.requireNonNull(decksById.get(deck)),
                                        rowsByDeck.getOrDefault(deck, List.of()),
                                        z));
    }

    /// The rows of the origin set that holds the longest prefix of the caller's number; rows
    /// without origin where no set holds one. Of two sets that hold the same prefix, the first by
    /// name.
    List<DeckRow> ofOrigin(List<DeckRow> rows, Digits calling) {
        String origin = "";
        int longest = 0;
        Set<String> origins =
                rows.stream().map(DeckRow::origin).collect(Collectors.toCollection(TreeSet::new));
        for (String candidate : origins) {
            int length = originPrefix(candidate, calling).length();
            if (length > longest) {
                origin = candidate;
                longest = length;
            }
        }
        String chosen = origin;
        return rows.stream().filter(row -> row.origin().equals(chosen)).toList();
    }

    /// The longest prefix of the caller's number in an origin set; empty when there is none.
    String originPrefix(String origin, Digits calling) {
        String digits = calling.toString();
        Set<String> prefixes = book.origins().getOrDefault(origin, Set.of());
        if (calling.length() < FEWEST_CALLING_DIGITS) {
            return "";
        }
        for (int length = digits.length(); length > 0; length--) {
            if (prefixes.contains(digits.substring(0, length))) {
                return digits.substring(0, length);
            }
        }
        return "";
    }

    private List<DeckRow> ofJurisdiction(
            List<DeckRow> rows, Digits number, CallSide call, PriceList list) {
        return rows.stream().allMatch(row -> row.jurisdiction() == null)
                ? rows
                : ofJurisdiction(
                        rows,
                        jurisdiction(call.calling(), number),
                        list.clock().bandAt(call.connectAt()));
    }

    /// Where rows carry a jurisdiction: the rows of the call's; else the rows without one; else the
    /// dearer of those there are.
    ///
    /// @param band of the connect instant
    public static List<DeckRow> ofJurisdiction(
            List<DeckRow> rows, Jurisdiction jurisdiction, String band) {
        List<DeckRow> its = rowsOf(rows, jurisdiction);
        if (its.isEmpty()) {
            its = rowsOf(rows, null);
        }
        return its.isEmpty() ? dearer(rows, band) : its;
    }

    /// How the states of both numbers compare.
    Jurisdiction jurisdiction(Digits calling, Digits number) {
        @Nullable String from = state(calling);
        @Nullable String to = state(number);
        if (from == null || to == null) {
            return Jurisdiction.INDETERMINATE;
        }
        return from.equals(to) ? Jurisdiction.INTRASTATE : Jurisdiction.INTERSTATE;
    }

    /// The state of a North American number's area and exchange code; null when unknown.
    @Nullable String state(Digits number) {
        String digits = number.toString();
        return digits.startsWith("1") && digits.length() >= 7
                ? book.nanpStates().get(digits.substring(1, 7))
                : null;
    }

    private static List<DeckRow> rowsOf(List<DeckRow> rows, @Nullable Jurisdiction jurisdiction) {
        return rows.stream().filter(row -> row.jurisdiction() == jurisdiction).toList();
    }

    /// The rows of the jurisdiction that is dearer in the band of the connect instant at the lowest
    /// tier: by rate, then by setup, then the first by name.
    private static List<DeckRow> dearer(List<DeckRow> rows, String band) {
        Map<Jurisdiction, DeckRow> prices = new HashMap<>();
        for (Jurisdiction jurisdiction : Jurisdiction.values()) {
            @Nullable Ladder ladder =
                    Tariff.ladderAt(Tariff.ladders(rowsOf(rows, jurisdiction)), band);
            if (ladder != null) {
                prices.put(jurisdiction, ladder.first());
            }
        }
        return prices.entrySet().stream()
                .max(
                        Map.Entry.<Jurisdiction, DeckRow>comparingByValue(
                                        Comparator.comparing(DeckRow::ratePerMinute)
                                                .thenComparing(DeckRow::setup))
                                .thenComparing(
                                        entry -> entry.getKey().label(), Comparator.reverseOrder()))
                .map(entry -> rowsOf(rows, entry.getKey()))
                .orElse(List.of());
    }

    /// Prices a call by its tariff: duration, blocks, tiers, amount.
    public static Outcome charge(Tariff tariff, CallSide call, long volumeSeconds) {
        Agreement agreement = tariff.agreement();
        long seconds = Meter.seconds(call.durationMs(), agreement.duration());
        if (seconds == 0) {
            return free(tariff, volumeSeconds);
        }
        @Nullable List<Meter.Run> runs = Meter.runs(tariff, call.connectAt(), seconds);
        if (runs == null) {
            return new Suspended(SuspenseReason.NO_RATE);
        }
        if (runs.stream().mapToLong(Meter.Run::billedSeconds).sum() > Integer.MAX_VALUE) {
            return new Suspended(SuspenseReason.OVERFLOW);
        }
        return price(agreement, tiered(runs, agreement.tiers(), volumeSeconds));
    }

    /// A call that comes to 0 seconds: counted, in the tier of the second that would come next, but
    /// without first block and setup fee.
    private static Charge free(Tariff tariff, long volumeSeconds) {
        Agreement agreement = tariff.agreement();
        BigDecimal nothing = BigDecimal.ZERO.setScale(agreement.chargeDecimals());
        Ladder ladder = tariff.connectLadder();
        int rung = ladder.rungAfter(before(agreement.tiers(), volumeSeconds));
        Charge.Part part = new Charge.Part(ladder.rungs().get(rung), 0, 0, nothing);
        return new Charge(agreement, List.of(part), 0, 0, nothing);
    }

    /// The volume after which the next second is priced. The tier that a month's total exceeds is
    /// the tier of its last second.
    private static long before(TierMode mode, long volumeSeconds) {
        return switch (mode) {
            case GRADUATED -> volumeSeconds;
            case ALL_UNITS -> volumeSeconds - 1;
        };
    }

    /// A row and the seconds it prices.
    private record Stretch(DeckRow row, int actualSeconds, int billedSeconds) {}

    /// Cuts the runs where a tier ends. Talk fills the billed seconds of a run from the front.
    private static List<Stretch> tiered(List<Meter.Run> runs, TierMode mode, long volumeSeconds) {
        List<Stretch> stretches = new ArrayList<>();
        long before = before(mode, volumeSeconds);
        for (Meter.Run run : runs) {
            Ladder ladder = run.ladder();
            long actualLeft = run.actualSeconds();
            long billedLeft = run.billedSeconds();
            while (billedLeft > 0) {
                int rung = ladder.rungAfter(before);
                long billed =
                        mode == TierMode.ALL_UNITS
                                ? billedLeft
                                : Math.min(billedLeft, ladder.secondsLeft(rung, before));
                long actual = Math.min(actualLeft, billed);
                stretches.add(new Stretch(ladder.rungs().get(rung), (int) actual, (int) billed));
                actualLeft -= actual;
                billedLeft -= billed;
                before += mode == TierMode.ALL_UNITS ? 0 : billed;
            }
        }
        return stretches;
    }

    private static Outcome price(Agreement agreement, List<Stretch> stretches) {
        BigDecimal setup = stretches.getFirst().row().setup();
        BigDecimal sixtyfold = setup.multiply(SIXTY);
        for (Stretch stretch : stretches) {
            sixtyfold = sixtyfold.add(sixtyfold(stretch));
        }
        BigDecimal amount = rounded(agreement, sixtyfold);
        if (amount.compareTo(MOST) > 0 || stretches.size() > Short.MAX_VALUE) {
            return new Suspended(SuspenseReason.OVERFLOW);
        }
        List<Charge.Part> parts = new ArrayList<>();
        BigDecimal others = BigDecimal.ZERO;
        for (Stretch stretch : stretches.subList(1, stretches.size())) {
            BigDecimal part = rounded(agreement, sixtyfold(stretch));
            parts.add(part(stretch, part));
            others = others.add(part);
        }
        parts.addFirst(part(stretches.getFirst(), amount.subtract(others)));
        return new Charge(
                agreement,
                List.copyOf(parts),
                stretches.stream().mapToInt(Stretch::actualSeconds).sum(),
                stretches.stream().mapToInt(Stretch::billedSeconds).sum(),
                amount);
    }

    private static Charge.Part part(Stretch stretch, BigDecimal amount) {
        return new Charge.Part(
                stretch.row(), stretch.actualSeconds(), stretch.billedSeconds(), amount);
    }

    /// Sixty times the exact price of the seconds, which has no end in decimals itself.
    private static BigDecimal sixtyfold(Stretch stretch) {
        return stretch.row().ratePerMinute().multiply(BigDecimal.valueOf(stretch.billedSeconds()));
    }

    private static BigDecimal rounded(Agreement agreement, BigDecimal sixtyfold) {
        return sixtyfold.divide(
                SIXTY, agreement.chargeDecimals(), agreement.chargeRounding().mode());
    }
}
