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
import org.tollkeeper.db.BinaryCopy;
import org.tollkeeper.db.run.DayLeaves;
import org.tollkeeper.db.run.Run;
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

    private final Connection connection;
    private final Run run;
    private final Words words;
    private final DayLeaves leaves;
    private final Map<Integer, Slice> slices = new TreeMap<>();
    private final CallVolume volume = new CallVolume();

    CallSlices(Connection connection, Run run, Words words) {
        this.connection = connection;
        this.run = run;
        this.words = words;
        this.leaves = new DayLeaves(connection, "call");
    }

    /// Writes calls of one switch and tells where each is, in their order.
    List<Placed> write(int switchNumber, List<Unplaced> calls) throws SQLException {
        List<Placed> placed = new ArrayList<>(calls.size());
        Map<Integer, List<Placed>> byDay = new TreeMap<>();
        for (Unplaced call : calls) {
            int day = Key.epochDay(call.call().times().setupMs());
            Slice slice = slices.get(day);
            if (slice == null) {
                slice = new Slice(Slices.openCalls(connection, run, LocalDate.ofEpochDay(day)));
                slices.put(day, slice);
            }
            Placed row = new Placed(call.file(), call.call(), slice.id, ++slice.rowCount);
            count(slice, call.call());
            long setupMs = call.call().times().setupMs();
            volume.hours(slice.id, switchNumber)[CallVolume.hour(setupMs)]++;
            slice.digest += CallDigest.of(switchNumber, call.call());
            placed.add(row);
            byDay.computeIfAbsent(day, k -> new ArrayList<>()).add(row);
        }
        for (Map.Entry<Integer, List<Placed>> day : byDay.entrySet()) {
            copy(switchNumber, day.getKey(), day.getValue());
        }
        writeDetails(placed);
        return placed;
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

    private void copy(int switchNumber, int day, List<Placed> calls) throws SQLException {
        String leaf = leaves.ensure(LocalDate.ofEpochDay(day));
        int[][] numbers = new int[calls.size()][];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = wordsOf(calls.get(i).call());
        }
        try (BinaryCopy copy = BinaryCopy.into(connection, leaf, COLUMNS)) {
            for (int i = 0; i < numbers.length; i++) {
                write(copy, switchNumber, day, calls.get(i), numbers[i]);
            }
            var _ = copy.finish();
        }
    }

    private int[] wordsOf(Leg call) throws SQLException {
        return new int[] {
            words.id(call.ingress().trunk()),
            words.id(call.egress().trunk()),
            words.id(call.ingress().product()),
            words.id(call.egress().product()),
            words.id(call.ending().cause()),
            words.id(call.ending().sipCode()),
            words.id(call.ending().codec()),
            words.id(call.ending().mos()),
            words.id(call.attestation())
        };
    }

    private static void write(
            BinaryCopy copy, int switchNumber, int day, Placed row, int[] numbers) {
        Leg call = row.call();
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
        for (int number : numbers) {
            copy.writeInt(number);
        }
        PartRows.writeInt(copy, call.ending().pddMs());
        copy.writeText(call.callId());
        copy.writeText(call.legId());
    }

    private void writeDetails(List<Placed> calls) {
        List<Placed> detailed =
                calls.stream().filter(row -> !row.call().detail().isEmpty()).toList();
        if (detailed.isEmpty()) {
            return;
        }
        try (BinaryCopy copy =
                BinaryCopy.into(connection, "call_detail", List.of("slice", "n", "detail"))) {
            for (Placed row : detailed) {
                copy.startRow();
                copy.writeInt(row.slice());
                copy.writeInt(row.n());
                PartRows.writeDetail(copy, row.call().detail());
            }
            var _ = copy.finish();
        }
    }

    /// Makes every slice visible from `publication` on.
    void publish(int publication) throws SQLException {
        for (Slice slice : slices.values()) {
            Slices.publish(connection, slice.id, publication, slice.rowCount, slice.digest);
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
