package org.tollkeeper.mediation.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.tollkeeper.db.BinaryCopy;
import org.tollkeeper.db.run.DayLeaves;
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

    private Duplicates() {}

    /// A record and the one accepted before it.
    ///
    /// @param keyed what has the key they share: the record itself, or the call it is a part of
    record Duplicate(int file, Leg leg, Leg keyed, Original original) {}

    static void insert(
            Connection connection, int switchNumber, int publication, List<Duplicate> duplicates)
            throws SQLException {
        if (duplicates.isEmpty()) {
            return;
        }
        confirm(connection, switchNumber, duplicates);
        try (BinaryCopy copy = BinaryCopy.into(connection, "duplicate", COLUMNS)) {
            for (Duplicate duplicate : duplicates) {
                Leg leg = duplicate.leg();
                Original original = duplicate.original();
                copy.startRow();
                copy.writeInt(duplicate.file());
                copy.writeInt(leg.source().record());
                copy.writeText(leg.callId());
                copy.writeText(leg.legId());
                copy.writeLong(leg.times().setupMs());
                copy.writeInt(original.file());
                copy.writeInt(original.record());
                copy.writeBoolean(original.content() != leg.source().content());
                copy.writeInt(publication);
            }
            var _ = copy.finish();
        }
    }

    private static void confirm(Connection connection, int switchNumber, List<Duplicate> duplicates)
            throws SQLException {
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
            String leaf = DayLeaves.leafOf("call", LocalDate.ofEpochDay(day.getKey()));
            confirm(
                    connection,
                    """
                    select count(*) from unnest(?, ?, ?, ?, ?) k (slice, n, call_id, leg_id, ms)
                    join %s c on c.slice = k.slice and c.n = k.n and c.call_id = k.call_id
                        and c.leg_id = k.leg_id and c.setup_ms = k.ms and c.switch = ?
                    where c.day = date '1970-01-01' + %d\
                    """
                            .formatted(leaf, day.getKey()),
                    switchNumber,
                    day.getValue(),
                    duplicate -> duplicate.original().slice(),
                    duplicate -> duplicate.original().n());
        }
        confirm(
                connection,
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
