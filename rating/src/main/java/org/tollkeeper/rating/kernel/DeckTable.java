package org.tollkeeper.rating.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BandPolicy;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Jurisdiction;
import org.tollkeeper.rating.Ladder;
import org.tollkeeper.rating.PriceList;
import org.tollkeeper.rating.Rater;
import org.tollkeeper.rating.Tariff;

/// A deck as one agreement reads it, resolved in advance as far as a deck can be:
///
/// ```
/// number ── trie ──▶ its codes, longest first
/// code + connect instant ── segments ──▶ cell          rows in force never change within a segment
/// cell + calling number ── origins ──▶ choice
/// choice + jurisdiction + band ── leaves ──▶ deck row, or why there is none
/// ```
///
/// Every arrow is an array read, the origin's and the jurisdiction's only where rows name one.
final class DeckTable {

    static final int NO_ROW = -1;
    static final int BLOCKED = -2;
    static final int ASK_RATER = -3;

    private static final int NO_CELL = -1;
    private static final int BLOCKED_CELL = -2;

    private final Agreement agreement;
    private final Set<String> tiered;
    private final RowTable rows;
    private final OriginTable origins;
    private final BandTable bands;

    private final DigitTrie codes = new DigitTrie();
    private final IntColumn firstSegment = new IntColumn();
    private final LongColumn segmentFromMs = new LongColumn();
    private final IntColumn segmentCell = new IntColumn();
    private final IntColumn firstChoice = new IntColumn();
    private final IntColumn choiceOrigin = new IntColumn();
    private final IntColumn choiceLeaf = new IntColumn();
    private final IntColumn choiceHasJurisdiction = new IntColumn();
    private final IntColumn leafRow = new IntColumn();
    private final int[] found = new int[16];

    /// @param tiered destinations that need the volume
    DeckTable(
            Agreement agreement,
            PriceList list,
            Set<String> tiered,
            RowTable rows,
            OriginTable origins) {
        this.agreement = agreement;
        this.tiered = tiered;
        this.rows = rows;
        this.origins = origins;
        this.bands = new BandTable(list.deck(), agreement.timeZone());
        firstSegment.add(0);
        firstChoice.add(0);
        new TreeMap<>(list.pricesByCode())
                .forEach((code, prices) -> {
                    addSegments(prices);
                    codes.put(code, firstSegment.size() - 1);
                });
    }

    private void addSegments(List<PriceList.Price> prices) {
        Set<Instant> cuts = new TreeSet<>();
        cuts.add(Instant.MIN);
        for (PriceList.Price price : prices) {
            cuts.add(price.from());
            cuts.add(price.end());
        }
        Map<List<DeckRow>, Integer> cells = new HashMap<>();
        for (Instant cut : cuts) {
            List<DeckRow> inForce =
                    prices.stream()
                            .filter(price -> price.inForceAt(cut))
                            .map(PriceList.Price::row)
                            .toList();
            segmentFromMs.add(cut.equals(Instant.MIN) ? Long.MIN_VALUE : ms(cut));
            segmentCell.add(cells.computeIfAbsent(inForce, this::addCell));
        }
        firstSegment.add(segmentCell.size());
    }

    private static long ms(Instant instant) {
        return instant.equals(Instant.MAX) ? Long.MAX_VALUE : instant.toEpochMilli();
    }

    private int addCell(List<DeckRow> inForce) {
        if (inForce.isEmpty()) {
            return NO_CELL;
        }
        if (inForce.stream().anyMatch(DeckRow::blocked)) {
            return BLOCKED_CELL;
        }
        Map<String, List<DeckRow>> byOrigin = new TreeMap<>();
        for (DeckRow row : inForce) {
            byOrigin.computeIfAbsent(row.origin(), origin -> new ArrayList<>()).add(row);
        }
        byOrigin.forEach((origin, ofOrigin) -> {
            choiceOrigin.add(origins.index(origin));
            choiceLeaf.add(leafRow.size());
            boolean anyJurisdiction = ofOrigin.stream().anyMatch(row -> row.jurisdiction() != null);
            choiceHasJurisdiction.add(anyJurisdiction ? 1 : 0);
            for (Jurisdiction jurisdiction : Jurisdiction.values()) {
                addLeaves(ofOrigin, anyJurisdiction ? jurisdiction : null);
            }
        });
        firstChoice.add(choiceOrigin.size());
        return firstChoice.size() - 2;
    }

    private void addLeaves(List<DeckRow> ofOrigin, @Nullable Jurisdiction jurisdiction) {
        for (String band : bands.bands()) {
            List<DeckRow> left =
                    jurisdiction == null
                            ? ofOrigin
                            : Rater.ofJurisdiction(ofOrigin, jurisdiction, band);
            leafRow.add(leaf(Tariff.ladders(left), band));
        }
    }

    private int leaf(Map<String, Ladder> ladders, String band) {
        @Nullable Ladder ladder = Tariff.ladderAt(ladders, band);
        if (ladder == null) {
            return NO_ROW;
        }
        boolean cutByBands =
                agreement.bands() != BandPolicy.BY_START
                        && !(ladders.size() == 1 && ladder.first().band().isEmpty());
        if (cutByBands
                || ladder.rungs().size() > 1
                || tiered.contains(ladder.first().destination())) {
            return ASK_RATER;
        }
        int index = rows.index(ladder.first());
        return index < 0 ? ASK_RATER : index;
    }

    /// The row that prices a call, [#BLOCKED], [#ASK_RATER], [#NO_ROW] when the deck's code has no
    /// row for it; [Integer#MIN_VALUE] when no code of the deck matches.
    int rowOf(long number, long calling, long connectMs, boolean shortCode, StateTable states) {
        int count = shortCode ? exactCode(number) : codes.prefixesOf(number, found);
        while (count-- > 0) {
            int cell = cellAt(found[count] - 1, connectMs);
            if (cell == BLOCKED_CELL) {
                return BLOCKED;
            }
            if (cell != NO_CELL) {
                return leafOf(cell, number, calling, connectMs, states);
            }
        }
        return Integer.MIN_VALUE;
    }

    private int exactCode(long number) {
        found[0] = codes.exactly(number);
        return found[0] == 0 ? 0 : 1;
    }

    private int cellAt(int code, long connectMs) {
        int segment = firstSegment.get(code + 1) - 1;
        while (segmentFromMs.get(segment) > connectMs) {
            segment--;
        }
        return segmentCell.get(segment);
    }

    private int leafOf(int cell, long number, long calling, long connectMs, StateTable states) {
        int choice = -1;
        int longest = -1;
        for (int i = firstChoice.get(cell); i < firstChoice.get(cell + 1); i++) {
            int length = origins.prefixLength(choiceOrigin.get(i), calling);
            if (length > longest) {
                choice = i;
                longest = length;
            }
        }
        if (choice < 0) {
            return NO_ROW;
        }
        int jurisdiction =
                choiceHasJurisdiction.get(choice) == 0 ? 0 : states.jurisdiction(calling, number);
        int band = bands.bandAt(connectMs);
        return leafRow.get(choiceLeaf.get(choice) + jurisdiction * bands.bands().size() + band);
    }
}
