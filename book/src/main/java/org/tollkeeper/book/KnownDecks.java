package org.tollkeeper.book;

import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.DeckList;
import org.tollkeeper.model.Side;

/// What agreements need to know of the decks.
final class KnownDecks {

    private static final String UNREAD_CURRENCY = "XXX";

    private final @Nullable List<DecksPage.Entry> entries;
    private final Map<String, Currency> currencies = new HashMap<>();
    private final Map<String, Set<String>> destinations;
    private final Set<String> used = new HashSet<>();

    /// @param entries null = not known
    /// @param destinations deck → what its rows name, for decks that could be read
    KnownDecks(@Nullable List<DecksPage.Entry> entries, Map<String, Set<String>> destinations) {
        this.entries = entries;
        this.destinations = destinations;
        if (entries != null) {
            entries.forEach(entry -> currencies.put(entry.deck().id(), entry.deck().currency()));
        }
    }

    /// Null = not known.
    @Nullable Set<String> names() {
        return entries == null ? null : currencies.keySet();
    }

    /// Null for a deck whose currency could not be read.
    @Nullable String currency(String deck) {
        @Nullable Currency currency = currencies.get(deck);
        String code = currency == null ? UNREAD_CURRENCY : currency.getCurrencyCode();
        return code.equals(UNREAD_CURRENCY) ? null : code;
    }

    /// Whether a deck of a side names a destination, or may: not every deck could be read.
    boolean priceOn(List<DeckList> lists, Side side, String destination) {
        return lists.stream()
                .filter(list -> list.side() == side)
                .flatMap(list -> list.decks().stream())
                .map(destinations::get)
                .anyMatch(known -> known == null || known.contains(destination));
    }

    void use(String deck) {
        used.add(deck);
    }

    void warnOfUnused(Findings findings) {
        if (entries != null) {
            for (DecksPage.Entry entry : entries) {
                if (!used.contains(entry.deck().id())) {
                    findings.warn(
                            entry.place(),
                            "the deck " + Field.quoted(entry.deck().id()) + " in no agreement",
                            "no call is priced by it");
                }
            }
        }
    }
}
