package org.tollkeeper.rating;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Jurisdiction;
import org.tollkeeper.model.WallClock;

/// A deck as one agreement reads it: its rows by code, with their validity in instants of the
/// agreement's zone.
public final class PriceList {

    private final Deck deck;
    private final BandClock clock;
    private final Map<String, List<Price>> pricesByCode;
    private final int mostDigits;

    /// A row and a span of time in which it holds.
    ///
    /// @param from inclusive
    /// @param end exclusive
    public record Price(DeckRow row, Instant from, Instant end) {
        public boolean inForceAt(Instant instant) {
            return !instant.isBefore(from) && instant.isBefore(end);
        }
    }

    /// What no two rows of a deck share at one instant.
    private record Key(
            String code,
            String band,
            BigDecimal tierFromMinutes,
            String origin,
            @Nullable Jurisdiction jurisdiction) {

        static Key of(DeckRow row) {
            return new Key(
                    row.code(),
                    row.band(),
                    row.tierFromMinutes().stripTrailingZeros(),
                    row.origin(),
                    row.jurisdiction());
        }
    }

    public PriceList(Deck deck, List<DeckRow> rows, ZoneId zone) {
        this.deck = deck;
        this.clock = new BandClock(deck, zone);
        List<DeckRow> byCode = new ArrayList<>(rows);
        byCode.sort(Comparator.comparing(DeckRow::code));
        pricesByCode = LinkedHashMap.newLinkedHashMap(byCode.size());
        Instants instants = new Instants(zone);
        int longest = 0;
        int end;
        for (int first = 0; first < byCode.size(); first = end) {
            String code = byCode.get(first).code();
            longest = Math.max(longest, code.length());
            end = first + 1;
            while (end < byCode.size() && byCode.get(end).code().equals(code)) {
                end++;
            }
            pricesByCode.put(code, pricesOf(byCode.subList(first, end), instants));
        }
        mostDigits = longest;
    }

    private static List<Price> pricesOf(List<DeckRow> ofCode, Instants instants) {
        if (ofCode.size() == 1) {
            return List.of(price(ofCode.getFirst(), instants));
        }
        Map<Key, List<DeckRow>> rowsByKey = new LinkedHashMap<>();
        for (DeckRow row : ofCode) {
            rowsByKey.computeIfAbsent(Key.of(row), key -> new ArrayList<>(2)).add(row);
        }
        List<Price> prices = new ArrayList<>(ofCode.size());
        rowsByKey.values().forEach(sameKey -> addPrices(sameKey, instants, prices));
        return prices;
    }

    /// Of rows with one key whose validities overlap, the one with the later `effective` holds.
    private static void addPrices(List<DeckRow> rows, Instants instants, List<Price> prices) {
        if (rows.size() == 1) {
            prices.add(price(rows.getFirst(), instants));
            return;
        }
        List<LocalDateTime> cuts =
                rows.stream()
                        .flatMap(row -> Stream.of(effective(row), expires(row)))
                        .distinct()
                        .sorted()
                        .toList();
        for (int i = 0; i + 1 < cuts.size(); i++) {
            LocalDateTime from = cuts.get(i);
            Instant end = instants.of(cuts.get(i + 1));
            rows.stream()
                    .filter(row -> !effective(row).isAfter(from) && expires(row).isAfter(from))
                    .max(Comparator.comparing(PriceList::effective))
                    .ifPresent(row -> prices.add(new Price(row, instants.of(from), end)));
        }
    }

    private static Price price(DeckRow row, Instants instants) {
        return new Price(row, instants.of(effective(row)), instants.of(expires(row)));
    }

    private static LocalDateTime effective(DeckRow row) {
        @Nullable LocalDateTime effective = row.effective();
        return effective == null ? LocalDateTime.MIN : effective;
    }

    private static LocalDateTime expires(DeckRow row) {
        @Nullable LocalDateTime expires = row.expires();
        return expires == null ? LocalDateTime.MAX : expires;
    }

    /// Instants of a zone, of which a deck has few.
    private static final class Instants {

        private final ZoneId zone;
        private final Map<LocalDateTime, Instant> known = new HashMap<>();

        Instants(ZoneId zone) {
            this.zone = zone;
            known.put(LocalDateTime.MIN, Instant.MIN);
            known.put(LocalDateTime.MAX, Instant.MAX);
        }

        Instant of(LocalDateTime local) {
            return known.computeIfAbsent(local, time -> WallClock.instant(time, zone));
        }
    }

    public Deck deck() {
        return deck;
    }

    public BandClock clock() {
        return clock;
    }

    /// Every price of the deck, by code; the codes in their order as texts.
    public Map<String, List<Price>> pricesByCode() {
        return Collections.unmodifiableMap(pricesByCode);
    }

    /// Every price the deck has for exactly this code, in force or not.
    public List<Price> pricesOf(String code) {
        return pricesByCode.getOrDefault(code, List.of());
    }

    /// The rows of exactly this code in force at an instant.
    public List<DeckRow> rowsOf(String code, Instant instant) {
        return pricesOf(code).stream()
                .filter(price -> price.inForceAt(instant))
                .map(Price::row)
                .toList();
    }

    /// The rows in force of the longest code that `number` begins with: first the validity, then
    /// the length. A short code is priced by exactly its own code. Empty where there is none.
    public List<DeckRow> longestMatch(Digits number, Instant instant) {
        String digits = number.toString();
        int shortest = number.isShortCode() ? digits.length() : 1;
        for (int length = Math.min(digits.length(), mostDigits); length >= shortest; length--) {
            List<DeckRow> rows = rowsOf(digits.substring(0, length), instant);
            if (!rows.isEmpty()) {
                return rows;
            }
        }
        return List.of();
    }
}
