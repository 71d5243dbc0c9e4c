package org.tollkeeper.mediation.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.tollkeeper.db.BinaryRows;
import org.tollkeeper.mediation.Leg;
import org.tollkeeper.mediation.store.Fingerprints.Original;

/// Writes the records whose key was accepted before, once the originals are seen to have the key
/// and not its hash only.
final class Duplicates {

    private static final List<String> COLUMNS =
            List.of(
                    "file",
                    "record",
                    "call_id",
                    "leg_id",
                    "setup_ms",
                    "original_file",
                    "original_record",
                    "differs",
                    "from_publication");

    /// How many records may wait before their originals are looked up.
    private static final int MANY_WAITING = 50_000;

    /// A record and the one accepted before it.
    ///
    /// @param keyed what has the key they share: the record itself, or the call it is a part of
    record Duplicate(int file, Leg leg, Leg keyed, Original original) {}

    private record Waiting(int file, Leg leg, Key key) {}

    private final Batch batch;
    private final Map<Integer, List<Waiting>> waiting = new TreeMap<>();
    private int waitingCount;

    Duplicates(Batch batch) {
        this.batch = batch;
    }

    /// Takes a record whose key is known. Its original is looked up later, with many others, when
    /// the days they stand in have their indexes.
    void add(int switchNumber, int file, Leg leg, Key key) {
        waiting.computeIfAbsent(switchNumber, number -> new ArrayList<>())
                .add(new Waiting(file, leg, key));
        waitingCount++;
    }

    /// Writes the records that wait if they are many. The originals of all are written by now.
    void settleIfMany() throws SQLException {
        if (waitingCount >= MANY_WAITING) {
            settle();
        }
    }

    /// Writes the records that wait. Due before a call changes its place, and before the
    /// transaction ends.
    void settle() throws SQLException {
        for (Map.Entry<Integer, List<Waiting>> source : waiting.entrySet()) {
            settle(source.getKey(), source.getValue());
        }
        waiting.clear();
        waitingCount = 0;
    }

    private void settle(int switchNumber, List<Waiting> records) throws SQLException {
        Map<Key, Original> originals = new HashMap<>();
        List<Key> keys = records.stream().map(Waiting::key).distinct().toList();
        for (Original original : Fingerprints.originals(batch, keys)) {
            originals.put(original.key(), original);
        }
        List<Duplicate> duplicates = new ArrayList<>(records.size());
        for (Waiting record : records) {
            Original original = originals.get(record.key());
            if (original == null) {
                throw new IllegalStateException("a key is held but not stored: " + record.key());
            }
            duplicates.add(new Duplicate(record.file(), record.leg(), record.leg(), original));
        }
        insert(switchNumber, duplicates);
    }

    /// Writes records with their originals.
    void insert(int switchNumber, List<Duplicate> duplicates) throws SQLException {
        confirm(switchNumber, duplicates);
        for (Duplicate duplicate : duplicates) {
            Leg leg = duplicate.leg();
            Original original = duplicate.original();
            BinaryRows copy = batch.rows("duplicate", COLUMNS);
            copy.startRow();
            copy.writeInt(duplicate.file());
            copy.writeInt(leg.source().record());
            copy.writeText(leg.callId());
            copy.writeText(leg.legId());
            copy.writeLong(leg.times().setupMs());
            copy.writeInt(original.file());
            copy.writeInt(original.record());
            copy.writeBoolean(original.content() != leg.source().content());
            copy.writeInt(batch.publication());
        }
    }

    private void confirm(int switchNumber, List<Duplicate> duplicates) throws SQLException {
        Map<Integer, List<Duplicate>> byDay = new TreeMap<>();
        List<Duplicate> ofParts = new ArrayList<>();
        for (Duplicate duplicate : duplicates) {
            if (duplicate.original().slice() == 0) {
                ofParts.add(duplicate);
            } else {
                byDay.computeIfAbsent(duplicate.original().key().epochDay(), d -> new ArrayList<>())
                        .add(duplicate);
            }
        }
        for (Map.Entry<Integer, List<Duplicate>> day : byDay.entrySet()) {
            // One row after the other by the leaf's key: PostgreSQL knows nothing yet of a leaf
            // that is as new as this transaction, and might join it with all of them at once.
            String leaf = batch.calls().indexed(day.getKey());
            confirm(
                    batch.connection(),
                    """
                    select count(*) from unnest(?, ?, ?, ?, ?) k (slice, n, call_id, leg_id, ms)
                    cross join lateral (
                        select from %s c
                        where c.day = date '1970-01-01' + %d and c.slice = k.slice and c.n = k.n
                            and c.call_id = k.call_id and c.leg_id = k.leg_id
                            and c.setup_ms = k.ms and c.switch = ?
                        offset 0) c\
                    """
                            .formatted(leaf, day.getKey()),
                    switchNumber,
                    day.getValue(),
                    duplicate -> duplicate.original().slice(),
                    duplicate -> duplicate.original().n());
        }
        confirm(
                batch.connection(),
                """
                select count(*) from unnest(?, ?, ?, ?, ?) k (file, record, call_id, leg_id, ms)
                where exists (
                    select 1 from part p where p.file = k.file and p.record = k.record
                    and p.call_id = k.call_id and p.leg_id = k.leg_id and p.setup_ms = k.ms
                    and p.switch = ?)\
                """,
                switchNumber,
                ofParts,
                duplicate -> duplicate.original().file(),
                duplicate -> duplicate.original().record());
    }

    private static void confirm(
            Connection connection,
            String sql,
            int switchNumber,
            List<Duplicate> duplicates,
            Function<Duplicate, Integer> first,
            Function<Duplicate, Integer> second)
            throws SQLException {
        if (duplicates.isEmpty()) {
            return;
        }
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, array(connection, "int4", duplicates, first));
            select.setArray(2, array(connection, "int4", duplicates, second));
            select.setArray(3, array(connection, "text", duplicates, d -> d.keyed().callId()));
            select.setArray(4, array(connection, "text", duplicates, d -> d.keyed().legId()));
            select.setArray(
                    5, array(connection, "int8", duplicates, d -> d.keyed().times().setupMs()));
            select.setInt(6, switchNumber);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                if (row.getLong(1) != duplicates.size()) {
                    throw new IllegalStateException(
                            "%d of %d records share a fingerprint, but not a key, with a record"
                                            .formatted(
                                                    duplicates.size() - row.getLong(1),
                                                    duplicates.size())
                                    + " accepted before; the first is record "
                                    + duplicates.getFirst().leg().source().record());
                }
            }
        }
    }

    private static Array array(
            Connection connection,
            String type,
            List<Duplicate> duplicates,
            Function<Duplicate, ?> value)
            throws SQLException {
        return connection.createArrayOf(type, duplicates.stream().map(value).toArray());
    }
}
