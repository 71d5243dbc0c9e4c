package org.tollkeeper.rating;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.DeckRow;

/// The rows that price a call whatever the hour and the volume: those of one code, origin and
/// jurisdiction, in force when it was answered.
public final class Tariff implements Match {

    private static final String ALL_HOURS = "";

    private final Agreement agreement;
    private final PriceList list;
    private final Map<String, Ladder> ladders;
    private final Ladder connectLadder;

    private Tariff(
            Agreement agreement,
            PriceList list,
            Map<String, Ladder> ladders,
            Ladder connectLadder) {
        this.agreement = agreement;
        this.list = list;
        this.ladders = ladders;
        this.connectLadder = connectLadder;
    }

    /// The tariff these rows make; null when no row prices the hour of the connect instant.
    static @Nullable Tariff of(
            Agreement agreement, PriceList list, List<DeckRow> rows, Instant connectAt) {
        Map<String, Ladder> ladders = ladders(rows);
        @Nullable Ladder ladder = ladderAt(ladders, list.clock().bandAt(connectAt));
        return ladder == null ? null : new Tariff(agreement, list, ladders, ladder);
    }

    /// The ladders these rows make, by band; the empty band is all hours.
    public static Map<String, Ladder> ladders(List<DeckRow> rows) {
        Map<String, Ladder> ladders = new HashMap<>();
        rows.stream()
                .collect(Collectors.groupingBy(DeckRow::band))
                .forEach((band, ofBand) -> ladders.put(band, Ladder.of(ofBand)));
        return ladders;
    }

    /// A row of the band is preferred to a row for all hours.
    public static @Nullable Ladder ladderAt(Map<String, Ladder> ladders, String band) {
        @Nullable Ladder ladder = ladders.get(band);
        return ladder != null ? ladder : ladders.get(ALL_HOURS);
    }

    public Agreement agreement() {
        return agreement;
    }

    public PriceList list() {
        return list;
    }

    /// The ladder of the connect instant; its setup fee is the call's, its destination the one the
    /// call counts for.
    public Ladder connectLadder() {
        return connectLadder;
    }

    public String destination() {
        return connectLadder.first().destination();
    }

    /// The ladder that prices what begins at `instant`; null when no row prices that hour.
    public @Nullable Ladder ladderAt(Instant instant) {
        return ladderAt(ladders, list.clock().bandAt(instant));
    }
}
