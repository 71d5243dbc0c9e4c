package org.tollkeeper.rating.store;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tollkeeper.model.Side;

/// A slice of charges that is being written: its number, how many rows it has so far, their digest,
/// and their sums for settlement.
final class OpenSlice {

    final int id;
    final int carrier;
    final Side side;
    final Set<Integer> days = new HashSet<>();
    final Map<TrafficKey, TrafficSum> sums = new HashMap<>();
    long rowCount;
    long digest;

    /// A line of settlement on one local day.
    record TrafficKey(int agreement, LocalDate day, int rateLine) {}

    /// What a line adds up to.
    static final class TrafficSum {
        int callCount;
        long actualSeconds;
        long billedSeconds;
        long chargeNanosHigh;
        long chargeNanosLow;

        /// Adds an amount; the sum is high × 10^18 + low.
        void addNanos(long nanos) {
            chargeNanosLow += nanos % CARRY;
            chargeNanosHigh += nanos / CARRY;
            chargeNanosHigh += chargeNanosLow / CARRY;
            chargeNanosLow %= CARRY;
        }

        static final long CARRY = 1_000_000_000_000_000_000L;
    }

    OpenSlice(int id, int carrier, Side side) {
        this.id = id;
        this.carrier = carrier;
        this.side = side;
    }

    TrafficSum sum(int agreement, LocalDate day, int rateLine) {
        return sums.computeIfAbsent(
                new TrafficKey(agreement, day, rateLine), key -> new TrafficSum());
    }

    void addRow(long rowDigest) {
        rowCount++;
        digest += rowDigest;
    }
}
