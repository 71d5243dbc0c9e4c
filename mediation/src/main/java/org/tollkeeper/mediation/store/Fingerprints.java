package org.tollkeeper.mediation.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.tollkeeper.db.BinaryRows;
import org.tollkeeper.mediation.kernel.KeySet128;
import org.tollkeeper.mediation.kernel.SipHash128;

/// The keys of all records accepted so far.
///
/// The days a run is busy with are held in memory; of days it only touches, the database is asked,
/// many keys at a time. A day is held from its first record on, or once as many keys were looked up
/// in it as an eighth of those it has. The primary key of the table is the backstop.
final class Fingerprints {

    static final List<String> COLUMNS =
            List.of("day", "key_high", "key_low", "content", "file", "record", "slice", "n");

    /// Keys held at most, of all days together: half a GB.
    private static final int MOST_HELD_KEYS = 16_000_000;

    /// The record whose key was accepted first.
    ///
    /// @param slice 0 = it stands in `part`
    record Original(Key key, int file, int record, long content, int slice, int n) {}

    private final Key.Maker keys;

    /// By day, the one used last at the end.
    private final Map<Integer, KeySet128> held = new LinkedHashMap<>();

    private final Map<Integer, Long> asked = new HashMap<>();

    Fingerprints(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement(
                                "select hash_key_low, hash_key_high from installation");
                ResultSet row = select.executeQuery()) {
            row.next();
            keys = new Key.Maker(new SipHash128(row.getLong(1), row.getLong(2)));
        }
    }

    Key.Maker keys() {
        return keys;
    }

    /// Takes the keys that are new, in their order, and tells which they were. The caller inserts
    /// them, or drops this object when the transaction rolls back.
    boolean[] take(Batch batch, List<Key> chunk) throws SQLException {
        KeySet128 known = new KeySet128();
        for (Map.Entry<Integer, List<Key>> day : byDay(chunk).entrySet()) {
            KeySet128 set = held.remove(day.getKey());
            if (set != null) {
                held.put(day.getKey(), set);
            } else if (!hold(batch, day.getKey(), day.getValue().size())) {
                for (Original original : originals(batch, day.getValue())) {
                    known.add(original.key().high(), original.key().low());
                }
            }
        }
        boolean[] isNew = new boolean[chunk.size()];
        for (int i = 0; i < isNew.length; i++) {
            Key key = chunk.get(i);
            KeySet128 day = held.get(key.epochDay());
            isNew[i] = (day == null ? known : day).add(key.high(), key.low());
        }
        evict();
        return isNew;
    }

    /// Holds a day in memory if that is worth it.
    private boolean hold(Batch batch, int epochDay, int keyCount) throws SQLException {
        long askedCount = asked.merge(epochDay, (long) keyCount, Long::sum);
        KeySet128 set = new KeySet128();
        if (batch.prints().isEmpty(epochDay)) {
            held.put(epochDay, set);
            return true;
        }
        String leaf = batch.prints().indexed(epochDay);
        Connection connection = batch.connection();
        long size = sizeUpTo(connection, leaf, 8 * askedCount + 1);
        if (size > 8 * askedCount || size > MOST_HELD_KEYS) {
            return false;
        }
        if (size > 0) {
            try (PreparedStatement select =
                    connection.prepareStatement("select key_high, key_low from " + leaf)) {
                select.setFetchSize(20_000);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        set.add(row.getLong(1), row.getLong(2));
                    }
                }
            }
        }
        held.put(epochDay, set);
        return true;
    }

    private static long sizeUpTo(Connection connection, String leaf, long most)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select count(*) from (select 1 from " + leaf + " limit ?) x")) {
            select.setLong(1, most);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void evict() {
        long keyCount = 0;
        for (KeySet128 set : held.values()) {
            keyCount += set.size();
        }
        while (keyCount > MOST_HELD_KEYS) {
            Map.Entry<Integer, KeySet128> oldest = held.entrySet().iterator().next();
            keyCount -= oldest.getValue().size();
            held.remove(oldest.getKey());
            asked.remove(oldest.getKey());
        }
    }

    /// The accepted records that have these keys.
    static List<Original> originals(Batch batch, List<Key> wanted) throws SQLException {
        List<Original> originals = new ArrayList<>();
        for (Map.Entry<Integer, List<Key>> day : byDay(wanted).entrySet()) {
            String leaf = batch.prints().indexed(day.getKey());
            Connection connection = batch.connection();
            // One leaf at a time and one row after the other by its key, whatever PostgreSQL
            // thinks of a leaf that may be as new as this transaction.
            try (PreparedStatement select =
                    connection.prepareStatement(
                            """
                            select f.key_high, f.key_low, f.file, f.record, f.content, f.slice, f.n
                            from unnest(?, ?) k (high, low)
                            cross join lateral (
                                select * from %s f
                                where f.day = ? and f.key_high = k.high and f.key_low = k.low
                                offset 0) f\
                            """
                                    .formatted(leaf))) {
                select.setArray(1, longs(connection, day.getValue(), Key::high));
                select.setArray(2, longs(connection, day.getValue(), Key::low));
                select.setObject(3, LocalDate.ofEpochDay(day.getKey()));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        originals.add(
                                new Original(
                                        new Key(day.getKey(), row.getLong(1), row.getLong(2)),
                                        row.getInt(3),
                                        row.getInt(4),
                                        row.getLong(5),
                                        row.getInt(6),
                                        row.getInt(7)));
                    }
                }
            }
        }
        return originals;
    }

    private static Array longs(Connection connection, List<Key> keys, ToLongFunction<Key> half)
            throws SQLException {
        Long[] values = new Long[keys.size()];
        Arrays.setAll(values, i -> half.applyAsLong(keys.get(i)));
        return connection.createArrayOf("int8", values);
    }

    private static Map<Integer, List<Key>> byDay(List<Key> keys) {
        Map<Integer, List<Key>> byDay = new TreeMap<>();
        for (Key key : keys) {
            byDay.computeIfAbsent(key.epochDay(), day -> new ArrayList<>()).add(key);
        }
        return byDay;
    }

    /// Writes the key of a record accepted in this transaction.
    static void insert(Batch batch, Original original) throws SQLException {
        BinaryRows copy = batch.prints().of(original.key().epochDay());
        copy.startRow();
        copy.writeDate(original.key().epochDay());
        copy.writeLong(original.key().high());
        copy.writeLong(original.key().low());
        copy.writeLong(original.content());
        copy.writeInt(original.file());
        copy.writeInt(original.record());
        copy.writeInt(original.slice());
        copy.writeInt(original.n());
    }

    /// Writes where calls are now whose rows were replaced.
    static void move(Batch batch, List<Original> moved) throws SQLException {
        for (Original original : moved) {
            String leaf = batch.prints().indexed(original.key().epochDay());
            try (PreparedStatement update =
                    batch.connection()
                            .prepareStatement(
                                    """
                                    update %s
                                    set content = ?, file = ?, record = ?, slice = ?, n = ?
                                    where day = ? and key_high = ? and key_low = ?\
                                    """
                                            .formatted(leaf))) {
                update.setLong(1, original.content());
                update.setInt(2, original.file());
                update.setInt(3, original.record());
                update.setInt(4, original.slice());
                update.setInt(5, original.n());
                update.setObject(6, LocalDate.ofEpochDay(original.key().epochDay()));
                update.setLong(7, original.key().high());
                update.setLong(8, original.key().low());
                update.executeUpdate();
            }
        }
    }
}
