package org.tollkeeper.rating.store;

import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Side;
import org.tollkeeper.rating.CallSide;
import org.tollkeeper.rating.kernel.CallColumns;
import org.tollkeeper.rating.kernel.ChargeColumns;
import org.tollkeeper.rating.kernel.RatingKernel;

/// Calls of one carrier, side and product that wait to be priced together, by a kernel once that
/// pays.
final class SideCalls {

    private static final int BLOCK_CALLS = 256;

    final Key key;
    final CallColumns calls = new CallColumns(BLOCK_CALLS);
    final int[] n = new int[BLOCK_CALLS];
    final ChargeColumns charges = new ChargeColumns(BLOCK_CALLS);

    /// Of the charges that the kernel made.
    final DeckRow[] rows = new DeckRow[BLOCK_CALLS];

    @Nullable RatingKernel kernel;
    private final KernelDemand.Count demand;

    /// @param product a word
    record Key(int carrier, Side side, int product) {}

    SideCalls(Key key, KernelDemand.Count demand) {
        this.key = key;
        this.demand = demand;
    }

    void add(int callN, AnsweredCall call) {
        n[calls.count] = callN;
        calls.add(
                call.connectMs(), call.durationMs(), call.calling(), call.called(), call.routing());
    }

    CallSide side(int line, BookNumbers numbers) throws SQLException {
        return new CallSide(
                key.side(),
                numbers.carrier(key.carrier()),
                numbers.word(key.product()),
                new Digits(calls.calling[line]),
                new Digits(calls.called[line]),
                new Digits(calls.routing[line]),
                Instant.ofEpochMilli(calls.connectMs[line]),
                calls.durationMs[line]);
    }

    /// Whether the calls that wait go to a kernel. Asked once for each block.
    boolean areWorthAKernel() {
        demand.add(calls.count);
        return kernel != null || demand.isWorthAKernel();
    }
}
