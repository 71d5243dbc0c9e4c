package org.tollkeeper.rating.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tollkeeper.db.BinaryCopy;
import org.tollkeeper.db.run.DayLeaves;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.SuspenseReason;
import org.tollkeeper.rating.Charge;
import org.tollkeeper.rating.FieldDigest;
import org.tollkeeper.rating.PricingDigest;

/// Writes charges, their parts and suspended sides, a block at a time, and keeps the sums and the
/// digest of each slice. What a row's digest covers is what exports print of it.
final class ChargeWriter {

    private static final int BLOCK_ROWS = 32_768;
    private static final long MS_PER_DAY = 86_400_000;

    private static final List<String> CHARGE_COLUMNS =
            List.of(
                    "day",
                    "slice",
                    "call_day",
                    "call_slice",
                    "call_n",
                    "side",
                    "carrier",
                    "agreement",
                    "deck_row",
                    "connect_ms",
                    "actual_seconds",
                    "billed_seconds",
                    "charge_nanos",
                    "part_count");
    private static final List<String> PART_COLUMNS =
            List.of(
                    "slice",
                    "call_slice",
                    "call_n",
                    "side",
                    "n",
                    "deck_row",
                    "actual_seconds",
                    "billed_seconds",
                    "charge_nanos");
    private static final List<String> SUSPENSE_COLUMNS =
            List.of(
                    "slice",
                    "call_day",
                    "call_slice",
                    "call_n",
                    "side",
                    "carrier",
                    "connect_ms",
                    "reason");
    private static final List<String> SUM_COLUMNS =
            List.of(
                    "slice",
                    "agreement",
                    "side",
                    "day",
                    "rate_line",
                    "call_count",
                    "actual_seconds",
                    "billed_seconds",
                    "charge_nanos");

    private final Connection connection;
    private final BookNumbers numbers;
    private final DayLeaves leaves;
    private final LocalDays localDays = new LocalDays();
    private long[] rowDigests = new long[1024];
    private final List<ChargeRow> charges = new ArrayList<>();
    private final List<PartRow> parts = new ArrayList<>();
    private final List<SuspenseRow> suspended = new ArrayList<>();
    private final List<SumRow> sums = new ArrayList<>();
    private long chargeCount;
    private long suspendedCount;

    private record ChargeRow(
            OpenSlice slice,
            CallKey call,
            int agreement,
            int deckRow,
            long connectMs,
            int actualSeconds,
            int billedSeconds,
            long chargeNanos,
            int partCount) {}

    private record PartRow(OpenSlice slice, CallKey call, int n, Charge.Part part) {}

    private record SumRow(OpenSlice slice, OpenSlice.TrafficKey key, OpenSlice.TrafficSum sum) {}

    private record SuspenseRow(
            OpenSlice slice, CallKey call, long connectMs, SuspenseReason reason) {}

    ChargeWriter(Connection connection, BookNumbers numbers) {
        this.connection = connection;
        this.numbers = numbers;
        this.leaves = new DayLeaves(connection, "charge");
    }

    long chargeCount() {
        return chargeCount;
    }

    long suspendedCount() {
        return suspendedCount;
    }

    void add(OpenSlice slice, CallKey call, long connectMs, Charge charge) throws SQLException {
        List<Charge.Part> all = charge.parts();
        if (all.size() == 1) {
            addWhole(
                    slice,
                    call,
                    connectMs,
                    charge.agreement(),
                    charge.firstRow(),
                    charge.actualSeconds(),
                    charge.billedSeconds(),
                    charge.nanos());
            return;
        }
        int agreement = numbers.agreement(charge.agreement().id());
        LocalDate day = localDays.of(connectMs, charge.agreement().timeZone());
        long digest = FieldDigest.mixed(callDigest(call), agreement);
        for (int i = 0; i < all.size(); i++) {
            Charge.Part part = all.get(i);
            long nanos = Charge.nanos(part.amount());
            int actual = part.actualSeconds();
            int billed = part.billedSeconds();
            digest = digest(digest, part.row(), actual, billed, nanos);
            if (!slice.isDraft()) {
                slice.sum(agreement, day, numbers.rateLine(part.row()))
                        .add(i == 0 ? 1 : 0, actual, billed, nanos);
                parts.add(new PartRow(slice, call, i + 1, part));
            }
        }
        add(
                new ChargeRow(
                        slice,
                        call,
                        agreement,
                        charge.firstRow().id(),
                        connectMs,
                        charge.actualSeconds(),
                        charge.billedSeconds(),
                        charge.nanos(),
                        all.size()),
                digest);
    }

    /// A charge of one part.
    void addWhole(
            OpenSlice slice,
            CallKey call,
            long connectMs,
            Agreement priced,
            DeckRow row,
            int actual,
            int billed,
            long nanos)
            throws SQLException {
        int agreement = numbers.agreement(priced.id());
        LocalDate day = localDays.of(connectMs, priced.timeZone());
        if (!slice.isDraft()) {
            slice.sum(agreement, day, numbers.rateLine(row)).add(1, actual, billed, nanos);
        }
        long digest =
                digest(FieldDigest.mixed(callDigest(call), agreement), row, actual, billed, nanos);
        add(
                new ChargeRow(
                        slice, call, agreement, row.id(), connectMs, actual, billed, nanos, 0),
                digest);
    }

    private void add(ChargeRow row, long digest) throws SQLException {
        row.slice().addRow(digest);
        if (row.slice().isDraft()) {
            return;
        }
        row.slice().addDay((int) Math.floorDiv(row.connectMs(), MS_PER_DAY));
        charges.add(row);
        chargeCount++;
        flushWhenFull();
    }

    void suspend(OpenSlice slice, CallKey call, long connectMs, SuspenseReason reason)
            throws SQLException {
        long digest = FieldDigest.mixed(callDigest(call), reason.code());
        slice.addRow(FieldDigest.mixed(digest, -1));
        if (slice.isDraft()) {
            return;
        }
        suspended.add(new SuspenseRow(slice, call, connectMs, reason));
        suspendedCount++;
        flushWhenFull();
    }

    private long digest(long before, DeckRow row, int actual, int billed, long nanos) {
        long digest = FieldDigest.mixed(before, digestOf(row));
        digest = FieldDigest.mixed(digest, actual);
        digest = FieldDigest.mixed(digest, billed);
        return FieldDigest.mixed(digest, nanos);
    }

    private static long callDigest(CallKey call) {
        return FieldDigest.mixed(FieldDigest.mixed(call.epochDay(), call.slice()), call.n());
    }

    private long digestOf(DeckRow row) {
        int id = row.id();
        if (id >= rowDigests.length) {
            rowDigests = Arrays.copyOf(rowDigests, id * 2);
        }
        if (rowDigests[id] == 0) {
            rowDigests[id] = PricingDigest.digestOf(row);
        }
        return rowDigests[id];
    }

    private void flushWhenFull() throws SQLException {
        if (charges.size() + parts.size() + suspended.size() >= BLOCK_ROWS) {
            flush();
        }
    }

    /// Writes what is waiting.
    void flush() throws SQLException {
        if (!charges.isEmpty()) {
            Set<Long> days = new TreeSet<>();
            charges.forEach(row -> days.add(Math.floorDiv(row.connectMs(), MS_PER_DAY)));
            for (long day : days) {
                leaves.ensure(LocalDate.ofEpochDay(day));
            }
            writeCharges();
        }
        if (!parts.isEmpty()) {
            writeParts();
        }
        if (!suspended.isEmpty()) {
            writeSuspended();
        }
        if (!sums.isEmpty()) {
            writeSums();
        }
        charges.clear();
        parts.clear();
        suspended.clear();
    }

    private void writeCharges() {
        try (BinaryCopy copy = BinaryCopy.into(connection, "charge", CHARGE_COLUMNS)) {
            for (ChargeRow row : charges) {
                copy.startRow();
                copy.writeDate(Math.floorDiv(row.connectMs(), MS_PER_DAY));
                copy.writeInt(row.slice().id);
                copy.writeDate(row.call().epochDay());
                copy.writeInt(row.call().slice());
                copy.writeInt(row.call().n());
                copy.writeShort((short) row.slice().side.code());
                copy.writeShort((short) row.slice().carrier);
                copy.writeInt(row.agreement());
                copy.writeInt(row.deckRow());
                copy.writeLong(row.connectMs());
                copy.writeInt(row.actualSeconds());
                copy.writeInt(row.billedSeconds());
                copy.writeLong(row.chargeNanos());
                copy.writeShort((short) row.partCount());
            }
            copy.finish();
        }
    }

    private void writeParts() {
        try (BinaryCopy copy = BinaryCopy.into(connection, "charge_part", PART_COLUMNS)) {
            for (PartRow row : parts) {
                copy.startRow();
                copy.writeInt(row.slice().id);
                copy.writeInt(row.call().slice());
                copy.writeInt(row.call().n());
                copy.writeShort((short) row.slice().side.code());
                copy.writeShort((short) row.n());
                copy.writeInt(row.part().row().id());
                copy.writeInt(row.part().actualSeconds());
                copy.writeInt(row.part().billedSeconds());
                copy.writeLong(Charge.nanos(row.part().amount()));
            }
            copy.finish();
        }
    }

    private void writeSuspended() {
        try (BinaryCopy copy = BinaryCopy.into(connection, "charge_suspense", SUSPENSE_COLUMNS)) {
            for (SuspenseRow row : suspended) {
                copy.startRow();
                copy.writeInt(row.slice().id);
                copy.writeDate(row.call().epochDay());
                copy.writeInt(row.call().slice());
                copy.writeInt(row.call().n());
                copy.writeShort((short) row.slice().side.code());
                copy.writeShort((short) row.slice().carrier);
                copy.writeLong(row.connectMs());
                copy.writeShort((short) row.reason().code());
            }
            copy.finish();
        }
    }

    /// Takes the sums of a slice that no further charge comes to.
    void finish(OpenSlice slice) {
        slice.sums.forEach((key, sum) -> sums.add(new SumRow(slice, key, sum)));
        slice.sums.clear();
        if (sums.size() >= BLOCK_ROWS) {
            writeSums();
        }
    }

    private void writeSums() {
        try (BinaryCopy copy = BinaryCopy.into(connection, "traffic_sum", SUM_COLUMNS)) {
            sums.forEach(row -> writeSum(copy, row.slice(), row.key(), row.sum()));
            copy.finish();
        }
        sums.clear();
    }

    private static void writeSum(
            BinaryCopy copy, OpenSlice slice, OpenSlice.TrafficKey key, OpenSlice.TrafficSum sum) {
        copy.startRow();
        copy.writeInt(slice.id);
        copy.writeInt(key.agreement());
        copy.writeShort((short) slice.side.code());
        copy.writeDate(key.day().toEpochDay());
        copy.writeInt(key.rateLine());
        copy.writeInt(sum.callCount);
        copy.writeLong(sum.actualSeconds);
        copy.writeLong(sum.billedSeconds);
        copy.writeNumeric(new BigDecimal(sum.chargeNanos()));
    }
}
