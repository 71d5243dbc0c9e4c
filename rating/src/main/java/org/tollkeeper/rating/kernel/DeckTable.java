package org.tollkeeper.rating.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BandPolicy;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Jurisdiction;
import org.tollkeeper.rating.Ladder;
import org.tollkeeper.rating.PriceList;
import org.tollkeeper.rating.Rater;
import org.tollkeeper.rating.Tariff;

/// A deck as one agreement reads it, resolved in advance as far as a deck can be:
///
/// ```
/// number ── trie ──▶ its longest code
/// code + connect instant ── segments ──▶ outcome       rows in force never change within a segment
/// outcome + calling number ── choices ──▶ outcome      only where rows name an origin
/// outcome + jurisdiction + band ── leaves ──▶ outcome  only where rows name a jurisdiction or band
///
/// outcome = a deck row (0 and above), why there is none (-1 to -4), or where to look on (below)
/// ```
///
/// A plain code costs its way through the trie, one segment and one row. Far memory is what a call
/// costs: a deck of 100,000 codes is larger than the nearer caches, so what is read together stands
/// together, and a segment is one `long` (see [CodeSegments]).
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
    private final CodeSegments segments = new CodeSegments(NO_CODE);
    // how many, and for each the origin and the outcome
    private final IntColumn choices = new IntColumn();
    // whether by jurisdiction, and the outcomes of each band, once or for each jurisdiction
    private final IntColumn leaves = new IntColumn();

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
        compile(list.pricesByCode());
        codes.finish();
    }

    /// @param pricesByCode in the order of the codes: a code comes before those that begin with it,
    ///   and they come one after the other
    private void compile(Map<String, List<PriceList.Price>> pricesByCode) {
        String[] shorter = new String[Digits.MOST_DIGITS + 1];
        int[] ends = new int[Digits.MOST_DIGITS + 1];
        int depth = 0;
        for (Map.Entry<String, List<PriceList.Price>> entry : pricesByCode.entrySet()) {
            String code = entry.getKey();
            while (depth > 0 && !code.startsWith(shorter[depth])) {
                depth--;
            }
            rows.beginCode();
            segments.begin(ends[depth]);
            addSegments(entry.getValue());
            codes.put(code, segments.end());
            depth++;
            shorter[depth] = code;
            ends[depth] = segments.end();
        }
    }

    private void addSegments(List<PriceList.Price> prices) {
        long[] cuts = new long[2 * prices.size() + 1];
        int count = 1;
        for (PriceList.Price price : prices) {
            if (isCutWithinSecond(price)) {
                segments.add(0, ASK_RATER);
                return;
            }
            cuts[count++] = CodeSegments.second(price.from());
            cuts[count++] = CodeSegments.second(price.end());
        }
        Arrays.sort(cuts);
        List<DeckRow> before = List.of();
        int outcome = NO_CODE;
        for (int i = 0; i < count && cuts[i] < CodeSegments.END_SECOND; i++) {
            if (i > 0 && cuts[i] == cuts[i - 1]) {
                continue;
            }
            List<DeckRow> inForce = inForce(prices, cuts[i]);
            if (!inForce.equals(before)) {
                outcome = outcome(inForce);
                before = inForce;
            }
            segments.add(cuts[i], outcome);
        }
    }

    private static List<DeckRow> inForce(List<PriceList.Price> prices, long second) {
        List<DeckRow> rows = new ArrayList<>(prices.size());
        for (PriceList.Price price : prices) {
            long from = CodeSegments.second(price.from());
            if (from <= second && second < CodeSegments.second(price.end())) {
                rows.add(price.row());
            }
        }
        return rows;
    }

    private static boolean isCutWithinSecond(PriceList.Price price) {
        return CodeSegments.isWithinSecond(price.from())
                || CodeSegments.isWithinSecond(price.end());
    }

    private int outcome(List<DeckRow> inForce) {
        if (inForce.isEmpty()) {
            return NO_CODE;
        }
        if (inForce.size() == 1 && isPlain(inForce.getFirst())) {
            return index(inForce.getFirst());
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

    /// Whether a row prices every call to its code by itself.
    private boolean isPlain(DeckRow row) {
        return !row.blocked() && row.origin().isEmpty() && isPlainOfOrigin(row);
    }

    /// Whether a row prices every call of its origin by itself, if it is not blocked.
    private boolean isPlainOfOrigin(DeckRow row) {
        return row.band().isEmpty()
                && row.jurisdiction() == null
                && !tiered.contains(row.destination());
    }

    private int index(DeckRow row) {
        int index = rows.index(row);
        return index < 0 ? ASK_RATER : index;
    }

    private int outcomeOfOrigin(List<DeckRow> ofOrigin) {
        if (ofOrigin.size() == 1 && isPlainOfOrigin(ofOrigin.getFirst())) {
            return index(ofOrigin.getFirst());
        }
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
        return index(ladder.first());
    }

    /// The row that prices a call, [#BLOCKED], [#ASK_RATER], [#NO_ROW] when the deck's code has no
    /// row for it, [#NO_CODE] when no code of the deck matches.
    int rowOf(long number, long calling, long connectMs, boolean shortCode, StateTable states) {
        int code = shortCode ? codes.exactly(number) : codes.longestPrefixOf(number);
        int outcome =
                shortCode ? segments.of(code, connectMs) : segments.ofLongest(code, connectMs);
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
            outcomes[lane] = segments.ofLongest(walk.found[lane], calls.connectMs[lines[lane]]);
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
