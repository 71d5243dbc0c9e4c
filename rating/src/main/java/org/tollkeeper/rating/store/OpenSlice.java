package org.tollkeeper.rating.store;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tollkeeper.model.Side;

/// A slice of charges that is being written: its number, how many rows it has so far, their digest,
/// and their sums for settlement.
final class OpenSlice {

    private static final int DRAFT = 0;

    final int id;
    final int carrier;
    final Side side;
    final Set<Integer> days = new HashSet<>();
    final Map<TrafficKey, TrafficSum> sums = new HashMap<>();
    long rowCount;
    long digest;
    private int lastDay = Integer.MIN_VALUE;

    /// A line of settlement on one local day.
    record TrafficKey(int agreement, LocalDate day, int rateLine) {}

    /// What a line adds up to. An amount is high × 10^18 + low nanos.
    static final class TrafficSum {
        private static final long CARRY = 1_000_000_000_000_000_000L;

        int callCount;
        long actualSeconds;
        long billedSeconds;
        private long nanosHigh;
        private long nanosLow;

        void add(int calls, int actual, int billed, long nanos) {
            callCount += calls;
            actualSeconds += actual;
            billedSeconds += billed;
            nanosLow += nanos % CARRY;
            nanosHigh += nanos / CARRY + nanosLow / CARRY;
            nanosLow %= CARRY;
        }

        BigInteger chargeNanos() {
            return BigInteger.valueOf(nanosHigh)
                    .multiply(BigInteger.valueOf(CARRY))
                    .add(BigInteger.valueOf(nanosLow));
        }
    }

    OpenSlice(int id, int carrier, Side side) {
        this.id = id;
        this.carrier = carrier;
        this.side = side;
    }

    /// A slice that is only counted and digested, to be compared with what stands.
    static OpenSlice draft(Unit unit) {
        return new OpenSlice(DRAFT, unit.carrier(), unit.side());
    }

    boolean isDraft() {
        return id == DRAFT;
    }

    TrafficSum sum(int agreement, LocalDate day, int rateLine) {
        return sums.computeIfAbsent(
                new TrafficKey(agreement, day, rateLine), key -> new TrafficSum());
    }

    void addDay(int epochDay) {
        if (epochDay != lastDay) {
            lastDay = epochDay;
            days.add(epochDay);
        }
    }

    void addRow(long rowDigest) {
        rowCount++;
        digest += rowDigest;
    }
}
