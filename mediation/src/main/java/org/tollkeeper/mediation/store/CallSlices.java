package org.tollkeeper.mediation.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tollkeeper.db.BinaryRows;
import org.tollkeeper.db.run.LeafRows;
import org.tollkeeper.db.run.Slices;
import org.tollkeeper.db.run.Words;
import org.tollkeeper.mediation.Leg;
import org.tollkeeper.model.Side;

/// The slices of calls that one transaction writes: one per UTC day of setup, opened when the day's
/// first call comes, published together.
final class CallSlices {

    static final List<String> COLUMNS =
            List.of(
                    "day",
                    "slice",
                    "n",
                    "file",
                    "record",
                    "setup_ms",
                    "connect_ms",
                    "release_ms",
                    "duration_ms",
                    "calling",
                    "called",
                    "routing",
                    "switch",
                    "ingress_carrier",
                    "egress_carrier",
                    "ingress_trunk",
                    "egress_trunk",
                    "ingress_product",
                    "egress_product",
                    "cause",
                    "sip_code",
                    "codec",
                    "mos",
                    "attestation",
                    "pdd_ms",
                    "call_id",
                    "leg_id");

    private static final List<String> DETAIL_COLUMNS = List.of("slice", "n", "detail");

    /// A call in its place.
    ///
    /// @param file number of the file it stands in
    record Placed(int file, Leg call, int slice, int n) {}

    /// A call that has no place yet.
    record Unplaced(int file, Leg call) {}

    private record SumKey(int carrier, int side, int connectDay) {}

    private static final class Slice {
        private final int id;
        private int rowCount;
        private long digest;
        private final Map<SumKey, long[]> sums = new LinkedHashMap<>();

        Slice(int id) {
            this.id = id;
        }
    }

    private final Batch batch;
    private final Words words;
    private final LeafRows rows;
    private final Map<Integer, Slice> slices = new TreeMap<>();
    private final CallVolume volume = new CallVolume();

    CallSlices(Batch batch, Words words, LeafRows rows) {
        this.batch = batch;
        this.words = words;
        this.rows = rows;
    }

    /// Writes calls of one switch and tells where each is, in their order.
    List<Placed> write(int switchNumber, List<Unplaced> calls) throws SQLException {
        List<Placed> placed = new ArrayList<>(calls.size());
        for (Unplaced unplaced : calls) {
            Leg call = unplaced.call();
            int day = Key.epochDay(call.times().setupMs());
            Slice slice = slice(day);
            Placed row = new Placed(unplaced.file(), call, slice.id, ++slice.rowCount);
            count(slice, call);
            volume.hours(slice.id, switchNumber)[CallVolume.hour(call.times().setupMs())]++;
            slice.digest += CallDigest.of(switchNumber, call);
            placed.add(row);
            write(switchNumber, day, row);
            writeDetail(row);
        }
        return placed;
    }

    private Slice slice(int day) throws SQLException {
        Slice slice = slices.get(day);
        if (slice == null) {
            slice =
                    new Slice(
                            Slices.openCalls(
                                    batch.connection(), batch.run(), LocalDate.ofEpochDay(day)));
            slices.put(day, slice);
        }
        return slice;
    }

    private static void count(Slice slice, Leg call) {
        Long connectMs = call.times().connectMs();
        if (connectMs == null || call.times().durationMs() == 0) {
            return;
        }
        int day = Key.epochDay(connectMs);
        count(slice, new SumKey(call.ingress().carrier(), Side.SELL.code(), day), call);
        count(slice, new SumKey(call.egress().carrier(), Side.BUY.code(), day), call);
    }

    private static void count(Slice slice, SumKey key, Leg call) {
        if (key.carrier() != 0) {
            long[] sum = slice.sums.computeIfAbsent(key, k -> new long[2]);
            sum[0]++;
            sum[1] += call.times().durationMs();
        }
    }

    private int word(String text) throws SQLException {
        int known = words.known(text);
        if (known >= 0) {
            return known;
        }
        // The words ask by this connection.
        var _ = batch.connection();
        return words.id(text);
    }

    private void write(int switchNumber, int day, Placed row) throws SQLException {
        Leg call = row.call();
        int ingressTrunk = word(call.ingress().trunk());
        int egressTrunk = word(call.egress().trunk());
        int ingressProduct = word(call.ingress().product());
        int egressProduct = word(call.egress().product());
        int cause = word(call.ending().cause());
        int sipCode = word(call.ending().sipCode());
        int codec = word(call.ending().codec());
        int mos = word(call.ending().mos());
        int attestation = word(call.attestation());
        BinaryRows copy = rows.of(day);
        copy.startRow();
        copy.writeDate(day);
        copy.writeInt(row.slice());
        copy.writeInt(row.n());
        copy.writeInt(row.file());
        copy.writeInt(call.source().record());
        copy.writeLong(call.times().setupMs());
        PartRows.writeLong(copy, call.times().connectMs());
        PartRows.writeLong(copy, call.times().releaseMs());
        copy.writeLong(call.times().durationMs());
        copy.writeLong(call.numbers().calling().packed());
        copy.writeLong(call.numbers().called().packed());
        copy.writeLong(call.numbers().routing().packed());
        copy.writeShort((short) switchNumber);
        copy.writeShort((short) call.ingress().carrier());
        copy.writeShort((short) call.egress().carrier());
        copy.writeInt(ingressTrunk);
        copy.writeInt(egressTrunk);
        copy.writeInt(ingressProduct);
        copy.writeInt(egressProduct);
        copy.writeInt(cause);
        copy.writeInt(sipCode);
        copy.writeInt(codec);
        copy.writeInt(mos);
        copy.writeInt(attestation);
        PartRows.writeInt(copy, call.ending().pddMs());
        copy.writeText(call.callId());
        copy.writeText(call.legId());
    }

    private void writeDetail(Placed row) {
        if (!row.call().detail().isEmpty()) {
            BinaryRows copy = batch.rows("call_detail", DETAIL_COLUMNS);
            copy.startRow();
            copy.writeInt(row.slice());
            copy.writeInt(row.n());
            PartRows.writeDetail(copy, row.call().detail());
        }
    }

    /// Makes every slice visible from `publication` on.
    void publish() throws SQLException {
        Connection connection = batch.connection();
        for (Slice slice : slices.values()) {
            Slices.publish(connection, slice.id, batch.publication(), slice.rowCount, slice.digest);
        }
        volume.write(connection);
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into call_sum (slice, carrier, side, connect_day, call_count,"
                                + " talk_ms) values (?, ?, ?, ?, ?, ?)")) {
            for (Slice slice : slices.values()) {
                for (Map.Entry<SumKey, long[]> sum : slice.sums.entrySet()) {
                    insert.setInt(1, slice.id);
                    insert.setInt(2, sum.getKey().carrier());
                    insert.setInt(3, sum.getKey().side());
                    insert.setObject(4, LocalDate.ofEpochDay(sum.getKey().connectDay()));
                    insert.setLong(5, sum.getValue()[0]);
                    insert.setLong(6, sum.getValue()[1]);
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    /// Takes calls out of what is visible, because others stand for them now.
    static void takeOut(Connection connection, List<Place> places, int publication)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into tombstone (slice, n, publication) values (?, ?, ?)")) {
            for (Place place : places) {
                insert.setInt(1, place.slice());
                insert.setInt(2, place.n());
                insert.setInt(3, publication);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /// Where a call is.
    record Place(LocalDate day, int slice, int n) {}
}
