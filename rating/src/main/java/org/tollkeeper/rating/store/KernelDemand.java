package org.tollkeeper.rating.store;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BandPolicy;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.ChargeRounding;
import org.tollkeeper.model.Side;
import org.tollkeeper.rating.Rater;

/// How many calls ask for what a kernel is compiled from. Kernels of equal terms share their
/// tables, so the calls of all carriers with such terms count together; as long as they are few,
/// the rater prices them in less time than compiling takes.
final class KernelDemand {

    private static final long FEWEST_CALLS = 1_024;

    /// About how many deck rows are compiled while the rater prices a call.
    private static final int ROWS_PER_CALL = 64;

    private final Rater rater;
    private final long worthCalls;
    private final Map<List<Terms>, Count> counts = new HashMap<>();

    /// What tables depend on, near enough.
    private record Terms(
            List<String> decks,
            ZoneId timeZone,
            BandPolicy bands,
            int chargeDecimals,
            ChargeRounding chargeRounding) {}

    /// A count that all share who have the same terms.
    static final class Count {
        private final long worthCalls;
        private long callCount;

        private Count(long worthCalls) {
            this.worthCalls = worthCalls;
        }

        void add(int calls) {
            callCount += calls;
        }

        boolean isWorthAKernel() {
            return callCount > worthCalls;
        }
    }

    KernelDemand(Book book, Rater rater) {
        this.rater = rater;
        this.worthCalls = Math.max(FEWEST_CALLS, book.deckRows().size() / ROWS_PER_CALL);
    }

    /// The count of those who share a carrier's terms.
    Count of(String carrier, Side side, String product) {
        List<Terms> terms = new ArrayList<>();
        for (Agreement agreement : rater.agreements(carrier)) {
            terms.add(
                    new Terms(
                            agreement.decks(side, product),
                            agreement.timeZone(),
                            agreement.bands(),
                            agreement.chargeDecimals(),
                            agreement.chargeRounding()));
        }
        return counts.computeIfAbsent(terms, t -> new Count(worthCalls));
    }
}
