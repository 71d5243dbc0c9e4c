package org.tollkeeper.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// The reference data of one moment, as a whole and checked: what `load` reads from the book's
/// folder and what the stages read back from the database.
///
/// @param origins origin set → the calling-number prefixes in it
/// @param nanpStates NPA-NXX (six digits) → state
/// @param risk code → reason
public record Book(
        Company company,
        List<Carrier> carriers,
        List<Switch> switches,
        List<Trunk> trunks,
        List<Agreement> agreements,
        List<Deck> decks,
        List<DeckRow> deckRows,
        Set<String> testNumbers,
        Map<String, Set<String>> origins,
        Map<String, String> nanpStates,
        List<QualityTarget> targets,
        Map<String, String> risk,
        List<FxRate> fxRates,
        List<Pickup> pickups) {

    /// A book of files that come into the inbox by themselves.
    public Book(
            Company company,
            List<Carrier> carriers,
            List<Switch> switches,
            List<Trunk> trunks,
            List<Agreement> agreements,
            List<Deck> decks,
            List<DeckRow> deckRows,
            Set<String> testNumbers,
            Map<String, Set<String>> origins,
            Map<String, String> nanpStates,
            List<QualityTarget> targets,
            Map<String, String> risk,
            List<FxRate> fxRates) {
        this(
                company,
                carriers,
                switches,
                trunks,
                agreements,
                decks,
                deckRows,
                testNumbers,
                origins,
                nanpStates,
                targets,
                risk,
                fxRates,
                List.of());
    }
}
