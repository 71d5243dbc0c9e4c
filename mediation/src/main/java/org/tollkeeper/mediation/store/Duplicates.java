package org.tollkeeper.mediation.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tollkeeper.db.BinaryRows;
import org.tollkeeper.mediation.Leg;

/// Writes the records whose key was accepted before, once the originals are seen to have the key
/// and not its hash only.
///
/// They wait in the temporary table `waiting_duplicate`, however many they are: an original is
/// found by the index of the leaf it stands in, and a leaf that is being loaded has none. Building
/// it early would cost every later row of the leaf an entry of its own.
final class Duplicates {

    private static final List<String> COLUMNS =
            List.of(
                    "file",
                    "record",
                    "call_id",
                    "leg_id",
                    "setup_ms",
                    "content",
                    "switch",
                    "day",
                    "key_high",
                    "key_low",
                    "keyed_ms");

    private final Batch batch;
    private final Map<Integer, Long> waiting = new TreeMap<>();
    private boolean hasTable;

    Duplicates(Batch batch) {
        this.batch = batch;
    }

    /// Takes a record whose key is known. Its original is looked up later, with many others, when
    /// the days they stand in have their indexes.
    ///
    /// @param keyed what has the key they share: the record itself, or the call it is a part of
    void add(int switchNumber, int file, Leg leg, Leg keyed, Key key) throws SQLException {
        if (!hasTable) {
            createTable();
            hasTable = true;
        }
        BinaryRows copy = batch.rows("waiting_duplicate", COLUMNS);
        copy.startRow();
        copy.writeInt(file);
        copy.writeInt(leg.source().record());
        copy.writeText(leg.callId());
        copy.writeText(leg.legId());
        copy.writeLong(leg.times().setupMs());
        copy.writeLong(leg.source().content());
        copy.writeShort((short) switchNumber);
        copy.writeDate(key.epochDay());
        copy.writeLong(key.high());
        copy.writeLong(key.low());
        copy.writeLong(keyed.times().setupMs());
        waiting.merge(key.epochDay(), 1L, Long::sum);
    }

    private void createTable() throws SQLException {
        try (Statement statement = batch.connection().createStatement()) {
            // A remediation's batches share a transaction.
            statement.execute("drop table if exists waiting_duplicate");
            statement.execute(
                    """
                    create temporary table waiting_duplicate (file integer, record integer,
                        call_id text, leg_id text, setup_ms bigint, content bigint,
                        switch smallint, day date, key_high bigint, key_low bigint,
                        keyed_ms bigint)
                    on commit drop\
                    """);
        }
    }

    /// Writes the records that wait. Due before a call changes its place, and before the
    /// transaction ends.
    void settle() throws SQLException {
        if (waiting.isEmpty()) {
            return;
        }
        for (Map.Entry<Integer, Long> day : waiting.entrySet()) {
            settle(day.getKey(), day.getValue());
        }
        try (Statement statement = batch.connection().createStatement()) {
            statement.execute("truncate waiting_duplicate");
        }
        waiting.clear();
    }

    private void settle(int epochDay, long count) throws SQLException {
        String found = found(batch.prints().indexed(epochDay));
        String sharesKey = sharesKey(batch.calls().indexed(epochDay));
        LocalDate day = LocalDate.ofEpochDay(epochDay);
        Connection connection = batch.connection();
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into duplicate (file, record, call_id, leg_id, setup_ms,
                            original_file, original_record, differs, from_publication)
                        select w.file, w.record, w.call_id, w.leg_id, w.setup_ms,
                            f.file, f.record, f.content <> w.content, %d
                        %s and %s\
                        """
                                .formatted(batch.publication(), found, sharesKey))) {
            insert.setObject(1, day);
            long written = insert.executeLargeUpdate();
            if (written != count) {
                throw new IllegalStateException(
                        "%d of %d records of %s share a fingerprint, but not a key, with a record"
                                        .formatted(count - written, count, day)
                                + " accepted before; the first is "
                                + first(connection, day, found, sharesKey));
            }
        }
    }

    /// The rows that wait of a day, and their originals.
    ///
    /// @param leaf of fingerprints
    private static String found(String leaf) {
        return """
        from waiting_duplicate w
        cross join lateral (
            select * from %s f
            where f.day = w.day and f.key_high = w.key_high and f.key_low = w.key_low
            offset 0) f
        where w.day = ?\
        """
                .formatted(leaf);
    }

    /// Whether the original has the key of the row that waits. One original after the other by its
    /// key (`offset 0`): PostgreSQL knows nothing yet of a leaf that is as new as this transaction,
    /// and might hash all of it.
    ///
    /// @param leaf of calls
    private static String sharesKey(String leaf) {
        return """
        case when f.slice = 0 then exists (
            select from part p
            where p.file = f.file and p.record = f.record and p.call_id = w.call_id
                and p.leg_id = w.leg_id and p.setup_ms = w.keyed_ms and p.switch = w.switch
            offset 0)
        else exists (
            select from %s c
            where c.day = w.day and c.slice = f.slice and c.n = f.n and c.call_id = w.call_id
                and c.leg_id = w.leg_id and c.setup_ms = w.keyed_ms and c.switch = w.switch
            offset 0)
        end\
        """
                .formatted(leaf);
    }

    private static String first(Connection connection, LocalDate day, String found, String shares)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        select file, record from waiting_duplicate where day = ?
                        except all select w.file, w.record %s and %s
                        order by file, record limit 1\
                        """
                                .formatted(found, shares))) {
            select.setObject(1, day);
            select.setObject(2, day);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return "record %d of file %d".formatted(row.getInt(2), row.getInt(1));
            }
        }
    }
}
