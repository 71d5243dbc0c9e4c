package org.tollkeeper.invoicing.store;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tollkeeper.db.LongIndex;
import org.tollkeeper.model.Side;

/// What the calls set up on one day add up to, while they are counted. Destinations and currencies
/// go by their numbers, currency 0 being none.
final class DayTraffic {

    static final int NO_CURRENCY = 0;

    private static final int CURRENCY_BITS = 8;
    private static final int DESTINATION_BITS = 24;
    private static final int DAY_BITS = 16;
    private static final int CARRIER_BITS = 16;

    final List<FlowSum> flows = new ArrayList<>();
    final List<EarningSum> earnings = new ArrayList<>();
    private final LongIndex flowNumbers = new LongIndex();
    private final LongIndex partyNumbers = new LongIndex();
    private final LongIndex earningNumbers = new LongIndex();
    private final Map<Side, SideSum> sides = new EnumMap<>(Side.class);
    private final int firstConnectDay;

    /// Calls of a carrier and side to a destination.
    static final class FlowSum {
        final int carrier;
        final Side side;
        final int destination;
        final int currency;
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

        private FlowSum(int carrier, Side side, int destination, int currency) {
            this.carrier = carrier;
            this.side = side;
            this.destination = destination;
            this.currency = currency;
        }
    }

    /// Calls with a charge on either side.
    static final class EarningSum {
        /// Days since 1970-01-01.
        final int connectDay;

        /// Of the carrier that sent the calls; 0 = our own network.
        final int carrier;

        final int destination;
        final int sellCurrency;
        final int buyCurrency;
        long calls;
        final Nanos sell = new Nanos();
        final Nanos buy = new Nanos();

        private EarningSum(
                int connectDay, int carrier, int destination, int sellCurrency, int buyCurrency) {
            this.connectDay = connectDay;
            this.carrier = carrier;
            this.destination = destination;
            this.sellCurrency = sellCurrency;
            this.buyCurrency = buyCurrency;
        }
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

    /// @param firstConnectDay days since 1970-01-01; no call was answered before it
    DayTraffic(int firstConnectDay) {
        this.firstConnectDay = firstConnectDay;
    }

    FlowSum flow(int carrier, Side side, int destination, int currency) {
        long key = within(carrier, CARRIER_BITS) << 2 | side.code();
        key = key << DESTINATION_BITS | within(destination, DESTINATION_BITS);
        key = key << CURRENCY_BITS | within(currency, CURRENCY_BITS);
        int number = flowNumbers.of(key);
        if (number == flows.size()) {
            flows.add(new FlowSum(carrier, side, destination, currency));
        }
        return flows.get(number);
    }

    EarningSum earning(
            int connectDay, int carrier, int destination, int sellCurrency, int buyCurrency) {
        long party = within(carrier, CARRIER_BITS) << DESTINATION_BITS;
        party |= within(destination, DESTINATION_BITS);
        long key = (long) partyNumbers.of(party) << DAY_BITS;
        key |= within(connectDay - firstConnectDay, DAY_BITS);
        key = key << CURRENCY_BITS | within(sellCurrency, CURRENCY_BITS);
        key = key << CURRENCY_BITS | within(buyCurrency, CURRENCY_BITS);
        int number = earningNumbers.of(key);
        if (number == earnings.size()) {
            earnings.add(
                    new EarningSum(connectDay, carrier, destination, sellCurrency, buyCurrency));
        }
        return earnings.get(number);
    }

    SideSum side(Side side) {
        return sides.computeIfAbsent(side, any -> new SideSum());
    }

    /// A number that must not run into its neighbour in a key.
    private static long within(int number, int bits) {
        if (number >>> bits != 0) {
            throw new IllegalStateException("%d has more than %d bits".formatted(number, bits));
        }
        return number;
    }
}
