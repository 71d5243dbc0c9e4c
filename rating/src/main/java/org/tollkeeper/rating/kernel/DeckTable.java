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
/// code + connect instant ── segments ──▶ outcome       rows in force never change within a segment
/// outcome + calling number ── choices ──▶ outcome      only where rows name an origin
/// outcome + jurisdiction + band ── leaves ──▶ outcome  only where rows name a jurisdiction or band
///
/// outcome = a deck row (0 and above), why there is none (-1 to -4), or where to look on (below)
/// ```
///
/// A plain code costs its way through the trie, one segment and one row. Far memory is what a call
/// costs: a deck of 100,000 codes is larger than the nearer caches, so what is read together stands
/// together.
final class DeckTable {

    static final int NO_ROW = -1;
    static final int BLOCKED = -2;
    static final int ASK_RATER = -3;

    static final int NO_CODE = -4;

    private static final int LOOK_ON = -5;

    private final Agreement agreement;
    private final Set<String> tiered;
    private final RowTable rows;
    private final OriginTable origins;
    private final BandTable bands;

    private final DigitTrie codes = new DigitTrie();
    // a code's segments, the first since ever: from when, and the outcome
    private final LongColumn segments = new LongColumn();
    // how many, and for each the origin and the outcome
    private final IntColumn choices = new IntColumn();
    // whether by jurisdiction, and the outcomes of each band, once or for each jurisdiction
    private final IntColumn leaves = new IntColumn();
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
        new TreeMap<>(list.pricesByCode())
                .forEach((code, prices) -> {
                    addSegments(prices);
                    codes.put(code, segments.size() / 2);
                });
    }

    private void addSegments(List<PriceList.Price> prices) {
        Set<Instant> cuts = new TreeSet<>();
        cuts.add(Instant.MIN);
        for (PriceList.Price price : prices) {
            cuts.add(price.from());
            cuts.add(price.end());
        }
        Map<List<DeckRow>, Integer> outcomes = new HashMap<>();
        for (Instant cut : cuts) {
            List<DeckRow> inForce =
                    prices.stream()
                            .filter(price -> price.inForceAt(cut))
                            .map(PriceList.Price::row)
                            .toList();
            segments.add(cut.equals(Instant.MIN) ? Long.MIN_VALUE : ms(cut));
            segments.add(outcomes.computeIfAbsent(inForce, this::outcome));
        }
    }

    private static long ms(Instant instant) {
        return instant.equals(Instant.MAX) ? Long.MAX_VALUE : instant.toEpochMilli();
    }

    private int outcome(List<DeckRow> inForce) {
        if (inForce.isEmpty()) {
            return NO_CODE;
        }
        if (inForce.stream().anyMatch(DeckRow::blocked)) {
            return BLOCKED;
        }
        Map<String, List<DeckRow>> byOrigin = new TreeMap<>();
        for (DeckRow row : inForce) {
            byOrigin.computeIfAbsent(row.origin(), origin -> new ArrayList<>()).add(row);
        }
        Map<String, Integer> outcomes = new TreeMap<>();
        byOrigin.forEach((origin, rowsOfIt) -> outcomes.put(origin, outcomeOfOrigin(rowsOfIt)));
        @Nullable Integer anyOrigin = outcomes.get("");
        if (outcomes.size() == 1 && anyOrigin != null && anyOrigin > LOOK_ON) {
            return anyOrigin;
        }
        int at = choices.size();
        choices.add(outcomes.size());
        outcomes.forEach((origin, outcome) -> {
            choices.add(origins.index(origin));
            choices.add(outcome);
        });
        return LOOK_ON - at;
    }

    private int outcomeOfOrigin(List<DeckRow> ofOrigin) {
        boolean anyJurisdiction = ofOrigin.stream().anyMatch(row -> row.jurisdiction() != null);
        List<Integer> found = new ArrayList<>();
        if (anyJurisdiction) {
            for (Jurisdiction jurisdiction : Jurisdiction.values()) {
                for (String band : bands.bands()) {
                    found.add(leaf(Rater.ofJurisdiction(ofOrigin, jurisdiction, band), band));
                }
            }
        } else {
            for (String band : bands.bands()) {
                found.add(leaf(ofOrigin, band));
            }
        }
        if (found.stream().distinct().count() == 1) {
            return found.getFirst();
        }
        int at = leaves.size();
        leaves.add(anyJurisdiction ? 1 : 0);
        found.forEach(leaves::add);
        return LOOK_ON - at;
    }

    private int leaf(List<DeckRow> left, String band) {
        Map<String, Ladder> ladders = Tariff.ladders(left);
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
    /// row for it, [#NO_CODE] when no code of the deck matches.
    int rowOf(long number, long calling, long connectMs, boolean shortCode, StateTable states) {
        int count = shortCode ? exactCode(number) : codes.prefixesOf(number, found);
        int outcome = ofCodes(found, 0, count, connectMs);
        outcome = outcome > LOOK_ON ? outcome : ofOrigin(LOOK_ON - outcome, calling);
        return outcome > LOOK_ON
                ? outcome
                : ofLeaf(LOOK_ON - outcome, number, calling, connectMs, states);
    }

    /// The same for calls together, one step of all after the other. No number is a short code.
    ///
    /// @param lines of the calls, one a lane
    /// @param walk holds their numbers
    /// @param outcomes receives what [#rowOf] says
    void rowsOf(
            CallColumns calls,
            int[] lines,
            DigitTrie.Walk walk,
            int lanes,
            StateTable states,
            int[] outcomes) {
        codes.walk(walk, lanes);
        for (int lane = 0; lane < lanes; lane++) {
            outcomes[lane] =
                    ofCodes(
                            walk.found,
                            lane * DigitTrie.Walk.MOST_PREFIXES,
                            walk.foundCount[lane],
                            calls.connectMs[lines[lane]]);
        }
        for (int lane = 0; lane < lanes; lane++) {
            if (outcomes[lane] <= LOOK_ON) {
                outcomes[lane] = ofOrigin(LOOK_ON - outcomes[lane], calls.calling[lines[lane]]);
            }
        }
        for (int lane = 0; lane < lanes; lane++) {
            if (outcomes[lane] <= LOOK_ON) {
                int line = lines[lane];
                outcomes[lane] =
                        ofLeaf(
                                LOOK_ON - outcomes[lane],
                                walk.packed[lane],
                                calls.calling[line],
                                calls.connectMs[line],
                                states);
            }
        }
    }

    /// The outcome of the longest code with rows in force.
    ///
    /// @param from where the codes begin, shortest first
    private int ofCodes(int[] codesFound, int from, int count, long connectMs) {
        for (int i = from + count - 1; i >= from; i--) {
            int outcome = outcomeAt(codesFound[i] - 1, connectMs);
            if (outcome != NO_CODE) {
                return outcome;
            }
        }
        return NO_CODE;
    }

    private int exactCode(long number) {
        found[0] = codes.exactly(number);
        return found[0] == 0 ? 0 : 1;
    }

    /// @param segment the code's last one
    private int outcomeAt(int segment, long connectMs) {
        int at = 2 * segment;
        while (segments.get(at) > connectMs) {
            at -= 2;
        }
        return (int) segments.get(at + 1);
    }

    private int ofOrigin(int at, long calling) {
        int outcome = NO_ROW;
        int longest = -1;
        int end = at + 1 + 2 * choices.get(at);
        for (int choice = at + 1; choice < end; choice += 2) {
            int length = origins.prefixLength(choices.get(choice), calling);
            if (length > longest) {
                outcome = choices.get(choice + 1);
                longest = length;
            }
        }
        return outcome;
    }

    private int ofLeaf(int at, long number, long calling, long connectMs, StateTable states) {
        int jurisdiction = leaves.get(at) == 0 ? 0 : states.jurisdiction(calling, number);
        int band = bands.bandAt(connectMs);
        return leaves.get(at + 1 + jurisdiction * bands.bands().size() + band);
    }
}
