package org.tollkeeper.rating.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BandPolicy;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.ChargeRounding;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.DurationRounding;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.SuspenseReason;
import org.tollkeeper.rating.PriceList;
import org.tollkeeper.rating.Rater;
import org.tollkeeper.rating.TieredDestinations;

/// Prices columns of calls of one carrier, side and product. It says what [Rater] says, or asks for
/// it by [ChargeColumns#ASK_RATER]: where tiers need the volume, where a split needs the end of a
/// band, where a number of digits leaves 63 bits.
///
/// The book is compiled once into arrays (see [DeckTable], [BandTable], [RowTable]); a call then
/// costs a multiplication a digit, two divisions for its price and some reads of far memory, and
/// allocates nothing. Not safe for use by several threads: a kernel remembers the calls it is at
/// and the zone offset it last used.
public final class RatingKernel {

    private static final int GROUP_CALLS = 64;
    private static final int SHORT_CODE_BIT = 0x80;
    private static final byte NO_AGREEMENT = (byte) SuspenseReason.NO_AGREEMENT.code();
    private static final byte NO_RATE = (byte) SuspenseReason.NO_RATE.code();
    private static final byte BLOCKED = (byte) SuspenseReason.BLOCKED.code();

    private final List<Agreement> agreements = new ArrayList<>();
    private final long[] fromMs;
    private final long[] endMs;
    private final boolean[] covers;
    private final boolean[] byRoutingNumber;
    private final DurationRounding[] rounding;
    private final DeckTable[][] decks;
    private final RowTable[] rows;
    private final StateTable states;
    private final DigitTrie.Walk walk = new DigitTrie.Walk(GROUP_CALLS);
    private final int[] lines = new int[GROUP_CALLS];
    private final int[] outcomes = new int[GROUP_CALLS];

    @SuppressWarnings("unused") // kept, so that the reads are made
    private long touched;

    /// What all kernels of a book share: the tables of a deck list are compiled once, however many
    /// carriers are priced by it. Its kernels belong to one thread.
    public static final class Shared {
        private final Book book;
        private final Rater rater;
        private final TieredDestinations tiered;
        private final OriginTable origins;
        private final StateTable states;
        private final Map<Terms, Tables> tables = new HashMap<>();

        public Shared(Book book, Rater rater, TieredDestinations tiered) {
            this.book = book;
            this.rater = rater;
            this.tiered = tiered;
            this.origins = new OriginTable(book.origins());
            this.states = new StateTable(book.nanpStates());
        }

        private Tables tables(Agreement agreement, Side side, String product) {
            List<PriceList> lists =
                    agreement.decks(side, product).stream()
                            .map(deck -> rater.list(deck, agreement.timeZone()))
                            .toList();
            Terms terms =
                    new Terms(
                            lists,
                            tiered.ever(agreement, side),
                            agreement.bands(),
                            agreement.chargeDecimals(),
                            agreement.chargeRounding());
            return tables.computeIfAbsent(terms, key -> Tables.of(agreement, key, origins));
        }
    }

    /// All of an agreement that its tables depend on.
    ///
    /// @param tiered destinations that need the volume
    private record Terms(
            List<PriceList> lists,
            Set<String> tiered,
            BandPolicy bands,
            int chargeDecimals,
            ChargeRounding rounding) {}

    private record Tables(RowTable rows, List<DeckTable> decks) {

        static Tables of(Agreement agreement, Terms terms, OriginTable origins) {
            RowTable rows = new RowTable(agreement, terms.lists());
            return new Tables(
                    rows,
                    terms.lists().stream()
                            .map(l -> new DeckTable(agreement, l, terms.tiered(), rows, origins))
                            .toList());
        }
    }

    /// Compiles what prices a carrier's calls.
    ///
    /// @param product of the trunk; empty = none named
    public RatingKernel(Shared shared, String carrier, Side side, String product) {
        shared.book.agreements().stream()
                .filter(agreement -> agreement.carrier().equals(carrier))
                .sorted(Comparator.comparing(Agreement::from))
                .forEach(agreements::add);
        int count = agreements.size();
        fromMs = new long[count];
        endMs = new long[count];
        covers = new boolean[count];
        byRoutingNumber = new boolean[count];
        rounding = new DurationRounding[count];
        decks = new DeckTable[count][];
        rows = new RowTable[count];
        states = shared.states;
        for (int i = 0; i < count; i++) {
            Agreement agreement = agreements.get(i);
            @Nullable Instant end = agreement.endInstant();
            fromMs[i] = agreement.fromInstant().toEpochMilli();
            endMs[i] = end == null ? Long.MAX_VALUE : end.toEpochMilli();
            covers[i] = Rater.covers(agreement, side);
            byRoutingNumber[i] = agreement.routingNumber();
            rounding[i] = agreement.duration();
            Tables tables = shared.tables(agreement, side, product);
            rows[i] = tables.rows();
            decks[i] = tables.decks().toArray(DeckTable[]::new);
        }
    }

    public Agreement agreement(int index) {
        return agreements.get(index);
    }

    public DeckRow row(int agreement, int index) {
        return rows[agreement].row(index);
    }

    /// Prices the calls. Those that one deck prices go through it together, group by group: far
    /// memory is then waited for once, not once a call.
    public void rate(CallColumns calls, ChargeColumns charges) {
        for (int from = 0; from < calls.count; from += GROUP_CALLS) {
            rateGroup(calls, charges, from, Math.min(calls.count, from + GROUP_CALLS));
        }
    }

    private void rateGroup(CallColumns calls, ChargeColumns charges, int from, int end) {
        int lanes = 0;
        int deck = -1;
        for (int line = from; line < end; line++) {
            int agreement = agreementWithDeck(calls.connectMs[line]);
            long number = agreement < 0 ? 0 : number(calls, line, agreement);
            boolean joins = agreement >= 0 && (deck < 0 || deck == agreement);
            if (joins && (number & SHORT_CODE_BIT) == 0) {
                deck = agreement;
                lines[lanes] = line;
                walk.packed[lanes++] = number;
            } else {
                charges.status[line] = rate(calls, charges, line);
            }
        }
        if (lanes == 0) {
            return;
        }
        decks[deck][0].rowsOf(calls, lines, walk, lanes, states, outcomes);
        touched += rows[deck].touch(outcomes, lanes);
        for (int lane = 0; lane < lanes; lane++) {
            int line = lines[lane];
            charges.status[line] =
                    outcomes[lane] == DeckTable.NO_CODE && decks[deck].length > 1
                            ? rate(calls, charges, line)
                            : status(calls, charges, line, deck, outcomes[lane]);
        }
    }

    /// The agreement in force that has a deck; -1 where a call has to be looked at by itself.
    private int agreementWithDeck(long connectMs) {
        if (connectMs < BandTable.FIRST_MS || connectMs >= BandTable.END_MS) {
            return -1;
        }
        int agreement = agreementAt(connectMs);
        return agreement >= 0 && covers[agreement] && decks[agreement].length > 0 ? agreement : -1;
    }

    private long number(CallColumns calls, int line, int agreement) {
        return byRoutingNumber[agreement] && calls.routing[line] != 0
                ? calls.routing[line]
                : calls.called[line];
    }

    private byte rate(CallColumns calls, ChargeColumns charges, int line) {
        long connectMs = calls.connectMs[line];
        if (connectMs < BandTable.FIRST_MS || connectMs >= BandTable.END_MS) {
            return ChargeColumns.ASK_RATER;
        }
        int agreement = agreementAt(connectMs);
        if (agreement < 0 || !covers[agreement]) {
            return NO_AGREEMENT;
        }
        long number = number(calls, line, agreement);
        int row = rowOf(agreement, number, calls.calling[line], connectMs);
        return status(calls, charges, line, agreement, row);
    }

    private byte status(
            CallColumns calls, ChargeColumns charges, int line, int agreement, int outcome) {
        return switch (outcome) {
            case DeckTable.NO_ROW, DeckTable.NO_CODE -> NO_RATE;
            case DeckTable.BLOCKED -> BLOCKED;
            case DeckTable.ASK_RATER -> ChargeColumns.ASK_RATER;
            default -> price(calls, charges, line, agreement, outcome);
        };
    }

    private int agreementAt(long connectMs) {
        for (int i = 0; i < fromMs.length; i++) {
            if (fromMs[i] <= connectMs && connectMs < endMs[i]) {
                return i;
            }
        }
        return -1;
    }

    /// The row of the first deck with any matching code.
    private int rowOf(int agreement, long number, long calling, long connectMs) {
        boolean shortCode = (number & SHORT_CODE_BIT) != 0;
        for (DeckTable deck : decks[agreement]) {
            int row = deck.rowOf(number, calling, connectMs, shortCode, states);
            if (row != DeckTable.NO_CODE) {
                return row;
            }
        }
        return DeckTable.NO_CODE;
    }

    private byte price(CallColumns calls, ChargeColumns charges, int line, int agreement, int row) {
        long seconds = seconds(calls.durationMs[line], rounding[agreement]);
        long billed = seconds == 0 ? 0 : rows[agreement].billedSeconds(row, seconds);
        long nanos = seconds == 0 ? 0 : rows[agreement].chargeNanos(row, billed);
        if (billed > Integer.MAX_VALUE || nanos == RowTable.TOO_LARGE) {
            return ChargeColumns.ASK_RATER;
        }
        charges.agreement[line] = agreement;
        charges.row[line] = row;
        charges.actualSeconds[line] = (int) seconds;
        charges.billedSeconds[line] = (int) billed;
        charges.chargeNanos[line] = nanos;
        return ChargeColumns.PRICED;
    }

    private static long seconds(long durationMs, DurationRounding rounding) {
        return switch (rounding) {
            case UP -> (durationMs + 999) / 1000;
            case HALF_UP -> (durationMs + 500) / 1000;
            case DOWN -> durationMs / 1000;
        };
    }
}
