package org.tollkeeper.rating.store;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.tollkeeper.db.CopyLane;
import org.tollkeeper.db.HeldRows;
import org.tollkeeper.db.run.LeafRows;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.SuspenseReason;
import org.tollkeeper.rating.Charge;
import org.tollkeeper.rating.FieldDigest;
import org.tollkeeper.rating.RowDigests;

/// Writes charges, their parts and suspended sides, a block at a time, and keeps the sums and the
/// digest of each slice. What a row's digest covers is what exports print of it and the local day
/// on which settlement counts it.
final class ChargeWriter {

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

    private final BookNumbers numbers;
    private final LeafRows charges;
    private final LocalDays localDays = new LocalDays();
    private final RowDigests rowDigests;
    private final RowBlocks parts;
    private final RowBlocks suspended;
    private final RowBlocks sums;
    private long chargeCount;
    private long suspendedCount;

    ChargeWriter(CopyLane lane, BookNumbers numbers, RowDigests rowDigests) {
        this.numbers = numbers;
        this.rowDigests = rowDigests;
        this.charges = new LeafRows(lane, "charge", CHARGE_COLUMNS);
        this.parts = new RowBlocks(lane, "charge_part", PART_COLUMNS);
        this.suspended = new RowBlocks(lane, "charge_suspense", SUSPENSE_COLUMNS);
        this.sums = new RowBlocks(lane, "traffic_sum", SUM_COLUMNS);
    }

    /// Says how many charges a UTC day of connect will get, about.
    void expect(LocalDate day, long expectedRows) {
        charges.expect(day, expectedRows);
    }

    long chargeCount() {
        return chargeCount;
    }

    long suspendedCount() {
        return suspendedCount;
    }

    /// Reads what charges by a row are written with, so that it is on its way from far memory.
    ///
    /// @return of no use but to be kept, or the reads would be left out
    long touch(DeckRow row) {
        return rowDigests.of(row) + numbers.knownRateLine(row);
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
        int agreement = numbers.agreement(charge.agreement());
        LocalDate day = localDays.of(connectMs, charge.agreement().timeZone());
        long digest = digest(call, agreement, day);
        for (int i = 0; i < all.size(); i++) {
            Charge.Part part = all.get(i);
            long nanos = Charge.nanos(part.amount());
            int actual = part.actualSeconds();
            int billed = part.billedSeconds();
            digest = digest(digest, part.row(), actual, billed, nanos);
            if (!slice.isDraft()) {
                slice.sum(agreement, day, numbers.rateLine(part.row()))
                        .add(i == 0 ? 1 : 0, actual, billed, nanos);
                addPart(slice, call, i + 1, part, nanos);
            }
        }
        add(
                slice,
                call,
                agreement,
                charge.firstRow().id(),
                connectMs,
                charge.actualSeconds(),
                charge.billedSeconds(),
                charge.nanos(),
                all.size(),
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
        int agreement = numbers.agreement(priced);
        LocalDate day = localDays.of(connectMs, priced.timeZone());
        if (!slice.isDraft()) {
            slice.sum(agreement, day, numbers.rateLine(row)).add(1, actual, billed, nanos);
        }
        long digest = digest(digest(call, agreement, day), row, actual, billed, nanos);
        add(slice, call, agreement, row.id(), connectMs, actual, billed, nanos, 0, digest);
    }

    private void add(
            OpenSlice slice,
            CallKey call,
            int agreement,
            int deckRow,
            long connectMs,
            int actualSeconds,
            int billedSeconds,
            long chargeNanos,
            int partCount,
            long digest)
            throws SQLException {
        slice.addRow(digest);
        if (slice.isDraft()) {
            return;
        }
        int day = (int) Math.floorDiv(connectMs, MS_PER_DAY);
        slice.addDay(day);
        chargeCount++;
        HeldRows rows = charges.of(day);
        rows.startRow();
        rows.writeDate(day);
        rows.writeInt(slice.id);
        rows.writeDate(call.epochDay());
        rows.writeInt(call.slice());
        rows.writeInt(call.n());
        rows.writeShort((short) slice.side.code());
        rows.writeShort((short) slice.carrier);
        rows.writeInt(agreement);
        rows.writeInt(deckRow);
        rows.writeLong(connectMs);
        rows.writeInt(actualSeconds);
        rows.writeInt(billedSeconds);
        rows.writeLong(chargeNanos);
        rows.writeShort((short) partCount);
    }

    private void addPart(OpenSlice slice, CallKey call, int n, Charge.Part part, long nanos) {
        HeldRows row = parts.startRow();
        row.writeInt(slice.id);
        row.writeInt(call.slice());
        row.writeInt(call.n());
        row.writeShort((short) slice.side.code());
        row.writeShort((short) n);
        row.writeInt(part.row().id());
        row.writeInt(part.actualSeconds());
        row.writeInt(part.billedSeconds());
        row.writeLong(nanos);
    }

    void suspend(OpenSlice slice, CallKey call, long connectMs, SuspenseReason reason) {
        long digest = FieldDigest.mixed(callDigest(call), reason.code());
        slice.addRow(FieldDigest.mixed(digest, -1));
        if (slice.isDraft()) {
            return;
        }
        suspendedCount++;
        HeldRows row = suspended.startRow();
        row.writeInt(slice.id);
        row.writeDate(call.epochDay());
        row.writeInt(call.slice());
        row.writeInt(call.n());
        row.writeShort((short) slice.side.code());
        row.writeShort((short) slice.carrier);
        row.writeLong(connectMs);
        row.writeShort((short) reason.code());
    }

    private static long digest(CallKey call, int agreement, LocalDate day) {
        return FieldDigest.mixed(FieldDigest.mixed(callDigest(call), agreement), day.toEpochDay());
    }

    private long digest(long before, DeckRow row, int actual, int billed, long nanos) {
        long digest = FieldDigest.mixed(before, rowDigests.of(row));
        digest = FieldDigest.mixed(digest, actual);
        digest = FieldDigest.mixed(digest, billed);
        return FieldDigest.mixed(digest, nanos);
    }

    private static long callDigest(CallKey call) {
        return FieldDigest.mixed(FieldDigest.mixed(call.epochDay(), call.slice()), call.n());
    }

    /// Takes the sums of a slice that no further charge comes to.
    void finish(OpenSlice slice) {
        slice.takeSums().forEach(sum -> addSum(slice, sum));
    }

    private void addSum(OpenSlice slice, OpenSlice.TrafficSum sum) {
        HeldRows row = sums.startRow();
        row.writeInt(slice.id);
        row.writeInt(sum.agreement);
        row.writeShort((short) slice.side.code());
        row.writeDate(sum.day.toEpochDay());
        row.writeInt(sum.rateLine);
        row.writeInt(sum.callCount);
        row.writeLong(sum.actualSeconds);
        row.writeLong(sum.billedSeconds);
        row.writeNumeric(new BigDecimal(sum.chargeNanos()));
    }

    /// Writes what is waiting, and makes new day leaves parts of their table. Nothing can be added
    /// afterwards.
    void close() throws SQLException {
        parts.send();
        suspended.send();
        sums.send();
        charges.finish();
    }
}
