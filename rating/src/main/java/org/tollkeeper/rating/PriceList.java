package org.tollkeeper.rating;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
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
    private final Map<String, List<Price>> pricesByCode = new HashMap<>();

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
        Map<Key, List<DeckRow>> rowsByKey = new HashMap<>();
        for (DeckRow row : rows) {
            rowsByKey.computeIfAbsent(Key.of(row), key -> new ArrayList<>()).add(row);
        }
        rowsByKey.forEach((key, sameKey) ->
                pricesByCode
                        .computeIfAbsent(key.code(), code -> new ArrayList<>())
                        .addAll(pricesOf(sameKey, zone)));
    }

    /// Of rows with one key whose validities overlap, the one with the later `effective` holds.
    private static List<Price> pricesOf(List<DeckRow> rows, ZoneId zone) {
        if (rows.size() == 1) {
            return List.of(price(rows.getFirst(), zone));
        }
        List<LocalDateTime> cuts =
                rows.stream()
                        .flatMap(row -> Stream.of(effective(row), expires(row)))
                        .distinct()
                        .sorted()
                        .toList();
        List<Price> prices = new ArrayList<>();
        for (int i = 0; i + 1 < cuts.size(); i++) {
            LocalDateTime from = cuts.get(i);
            Instant end = instant(cuts.get(i + 1), zone);
            rows.stream()
                    .filter(row -> !effective(row).isAfter(from) && expires(row).isAfter(from))
                    .max(Comparator.comparing(PriceList::effective))
                    .ifPresent(row -> prices.add(new Price(row, instant(from, zone), end)));
        }
        return prices;
    }

    private static Price price(DeckRow row, ZoneId zone) {
        return new Price(row, instant(effective(row), zone), instant(expires(row), zone));
    }

    private static LocalDateTime effective(DeckRow row) {
        @Nullable LocalDateTime effective = row.effective();
        return effective == null ? LocalDateTime.MIN : effective;
    }

    private static LocalDateTime expires(DeckRow row) {
        @Nullable LocalDateTime expires = row.expires();
        return expires == null ? LocalDateTime.MAX : expires;
    }

    private static Instant instant(LocalDateTime local, ZoneId zone) {
        if (local.equals(LocalDateTime.MIN)) {
            return Instant.MIN;
        }
        return local.equals(LocalDateTime.MAX) ? Instant.MAX : WallClock.instant(local, zone);
    }

    public Deck deck() {
        return deck;
    }

    public BandClock clock() {
        return clock;
    }

    /// Every price of the deck, by code.
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
        for (int length = digits.length(); length >= shortest; length--) {
            List<DeckRow> rows = rowsOf(digits.substring(0, length), instant);
            if (!rows.isEmpty()) {
                return rows;
            }
        }
        return List.of();
    }
}
