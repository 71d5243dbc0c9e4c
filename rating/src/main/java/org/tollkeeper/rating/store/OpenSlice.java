package org.tollkeeper.rating.store;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tollkeeper.db.LongIndex;
import org.tollkeeper.model.Side;

/// A slice of charges that is being written: its number, how many rows it has so far, their digest,
/// and their sums for settlement.
final class OpenSlice {

    private static final int DRAFT = 0;

    final int id;
    final int carrier;
    final Side side;
    final Set<Integer> days = new HashSet<>();
    private List<TrafficSum> sums = new ArrayList<>();
    private LongIndex partyNumbers = new LongIndex();
    private LongIndex lineNumbers = new LongIndex();
    long rowCount;
    long digest;
    private int lastDay = Integer.MIN_VALUE;

    /// What a line of settlement adds up to on one local day. An amount is high × 10^18 + low
    /// nanos.
    static final class TrafficSum {
        private static final long CARRY = 1_000_000_000_000_000_000L;

        final int agreement;
        final LocalDate day;
        final int rateLine;
        int callCount;
        long actualSeconds;
        long billedSeconds;
        private long nanosHigh;
        private long nanosLow;

        private TrafficSum(int agreement, LocalDate day, int rateLine) {
            this.agreement = agreement;
            this.day = day;
            this.rateLine = rateLine;
        }

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
        long party = (long) agreement << Integer.SIZE | (day.toEpochDay() & 0xffff_ffffL);
        long line = (long) partyNumbers.of(party) << Integer.SIZE | rateLine;
        int number = lineNumbers.of(line);
        if (number == sums.size()) {
            sums.add(new TrafficSum(agreement, day, rateLine));
        }
        return sums.get(number);
    }

    /// The sums so far, which the slice then holds no more.
    List<TrafficSum> takeSums() {
        List<TrafficSum> taken = sums;
        sums = new ArrayList<>();
        partyNumbers = new LongIndex();
        lineNumbers = new LongIndex();
        return taken;
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
