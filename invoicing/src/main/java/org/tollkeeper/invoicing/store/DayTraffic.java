package org.tollkeeper.invoicing.store;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Side;

/// What the calls set up on one day add up to, while they are counted.
final class DayTraffic {

    final Map<FlowKey, FlowSum> flows = new HashMap<>();
    final Map<EarningKey, EarningSum> earnings = new HashMap<>();
    final Map<Side, SideSum> sides = new HashMap<>();

    /// @param carrier its number
    /// @param currency null: calls without a charge
    record FlowKey(int carrier, Side side, String destination, @Nullable String currency) {}

    /// @param connectDay days since 1970-01-01
    /// @param carrier that sent the calls; 0 = our own network
    record EarningKey(
            int connectDay,
            int carrier,
            String destination,
            @Nullable String sellCurrency,
            @Nullable String buyCurrency) {}

    static final class FlowSum {
        long attempts;
        long answered;
        long effective;
        long talkMs;
        long billedSeconds;
        long pddMs;
        long pddCount;
        long mosCount;
        BigDecimal mos = BigDecimal.ZERO;
        final Nanos nanos = new Nanos();
    }

    static final class EarningSum {
        long calls;
        final Nanos sell = new Nanos();
        final Nanos buy = new Nanos();
    }

    static final class SideSum {
        long talkMs;
        long own;
        long ownMs;
        long unanswered;
        long charged;
        long chargedMs;
        long suspended;
        long suspendedMs;
    }

    /// A sum of amounts that are not negative, however large it grows.
    static final class Nanos {

        private long low;
        private BigDecimal more = BigDecimal.ZERO;

        void add(long nanos) {
            if (low > Long.MAX_VALUE - nanos) {
                more = sum();
                low = 0;
            }
            low += nanos;
        }

        BigDecimal sum() {
            return more.add(BigDecimal.valueOf(low));
        }
    }

    FlowSum flow(int carrier, Side side, String destination, @Nullable String currency) {
        return flows.computeIfAbsent(
                new FlowKey(carrier, side, destination, currency), any -> new FlowSum());
    }

    EarningSum earning(EarningKey key) {
        return earnings.computeIfAbsent(key, any -> new EarningSum());
    }

    SideSum side(Side side) {
        return sides.computeIfAbsent(side, any -> new SideSum());
    }
}
