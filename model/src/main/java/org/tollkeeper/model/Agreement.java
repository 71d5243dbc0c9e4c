package org.tollkeeper.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What we and a carrier have agreed for a span of time: decks, roundings, periods, settlement.
///
/// @param from first local day in force
/// @param to last local day, inclusive; null = open
/// @param timeZone of periods, bands and effective dates
/// @param dueDays from the document's date to its due date
/// @param chargeDecimals decimals kept per call, 2 to 9
public record Agreement(
        String id,
        String carrier,
        LocalDate from,
        @Nullable LocalDate to,
        Currency currency,
        ZoneId timeZone,
        Cycle cycle,
        int dueDays,
        List<DeckList> deckLists,
        Settlement settlement,
        boolean netting,
        DurationRounding duration,
        int chargeDecimals,
        ChargeRounding chargeRounding,
        TierMode tiers,
        BandPolicy bands,
        List<Commitment> commitments,
        boolean routingNumber,
        LateUsage lateUsage,
        Tax tax) {

    /// First instant in force.
    public Instant fromInstant() {
        return WallClock.instant(from.atStartOfDay(), timeZone);
    }

    /// First instant no longer in force; null = open.
    public @Nullable Instant endInstant() {
        return to == null ? null : WallClock.instant(to.plusDays(1).atStartOfDay(), timeZone);
    }

    public boolean inForceAt(Instant instant) {
        @Nullable Instant end = endInstant();
        return !instant.isBefore(fromInstant()) && (end == null || instant.isBefore(end));
    }

    /// The decks that price `product` on `side`, in order; empty when the agreement has none. A
    /// list without product serves every product that has no list of its own.
    public List<String> decks(Side side, String product) {
        List<String> general = List.of();
        for (DeckList list : deckLists) {
            if (list.side() == side && list.product().equals(product)) {
                return list.decks();
            }
            if (list.side() == side && list.product().isEmpty()) {
                general = list.decks();
            }
        }
        return general;
    }
}
