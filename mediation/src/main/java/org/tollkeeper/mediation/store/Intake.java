package org.tollkeeper.mediation.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.BinaryCopy;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.db.run.DayLeaves;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.db.run.Words;
import org.tollkeeper.mediation.Leg;
import org.tollkeeper.mediation.Part;
import org.tollkeeper.mediation.Verdict;
import org.tollkeeper.mediation.decoder.CdrRecord;
import org.tollkeeper.mediation.decoder.RecordKind;
import org.tollkeeper.mediation.decoder.RecordSink;
import org.tollkeeper.mediation.store.CallSlices.Placed;
import org.tollkeeper.mediation.store.CallSlices.Unplaced;
import org.tollkeeper.mediation.store.Duplicates.Duplicate;
import org.tollkeeper.mediation.store.Fingerprints.Original;
import org.tollkeeper.mediation.store.PartRows.Group;
import org.tollkeeper.model.SuspenseReason;

/// Takes the records of one file in, within the caller's transaction: judges each, finds
/// duplicates, and writes calls, parts, suspense and counts a chunk at a time. Nothing of it is
/// visible before the caller commits.
final class Intake implements RecordSink {

    private static final int CHUNK_RECORDS = 20_000;
    private static final int CHUNK_GROUPS = 2_000;

    private static final List<String> SUSPENSE_COLUMNS =
            List.of(
                    "file",
                    "record",
                    "call_id",
                    "leg_id",
                    "setup_ms",
                    "mediated_at",
                    "trunk",
                    "talk_ms",
                    "reason",
                    "cure_ms",
                    "from_publication");

    /// What a run keeps from file to file; to be made anew after a rollback.
    record Memory(Words words, Fingerprints fingerprints) {
        static Memory of(Connection connection) throws SQLException {
            return new Memory(new Words(connection), new Fingerprints(connection));
        }
    }

    private final Connection connection;
    private final Run run;
    private final KeyedBook.Source source;
    private final int file;
    private final int publication;
    private final Fingerprints fingerprints;
    private final LongConsumer progress;
    private final @Nullable Map<Integer, SuspenseReason> reopened;
    private final DayLeaves fingerprintLeaves;
    private final CallSlices slices;
    private final Ledger ledger = new Ledger();

    private final List<Leg> good = new ArrayList<>();
    private final List<Verdict.Suspended> suspended = new ArrayList<>();
    private final List<Integer> filtered = new ArrayList<>();
    private final Map<Integer, Outcome> released = new HashMap<>();
    private final Set<Group> touched = new LinkedHashSet<>();
    private int chunkCount;
    private long firstSetupMs = Long.MAX_VALUE;
    private long lastSetupMs = Long.MIN_VALUE;
    private @Nullable Long fileSequence;

    /// @param reopened null = all records are new; else the suspended records that are offered
    ///   again, and why they were suspended: all others of the file are passed over
    Intake(
            Connection connection,
            Run run,
            KeyedBook.Source source,
            int file,
            int publication,
            Memory memory,
            LongConsumer progress,
            @Nullable Map<Integer, SuspenseReason> reopened) {
        this.connection = connection;
        this.run = run;
        this.source = source;
        this.file = file;
        this.publication = publication;
        this.fingerprints = memory.fingerprints();
        this.progress = progress;
        this.reopened = reopened;
        this.fingerprintLeaves = new DayLeaves(connection, "fingerprint");
        this.slices = new CallSlices(connection, run, memory.words());
    }

    @Override
    public void accept(CdrRecord record) {
        if (reopened != null && !reopened.containsKey(record.number())) {
            return;
        }
        if (record.setupMs() != null) {
            firstSetupMs = Math.min(firstSetupMs, record.setupMs());
            lastSetupMs = Math.max(lastSetupMs, record.setupMs());
        }
        switch (source.rules().judge(record)) {
            case Verdict.Suspended held -> {
                if (reopened == null || reopened.get(record.number()) != held.reason()) {
                    suspended.add(held);
                }
            }
            case Verdict.Filtered _ -> filtered.add(record.number());
            case Verdict.Good passed -> add(passed.leg());
        }
        if (++chunkCount == CHUNK_RECORDS) {
            flush();
        }
    }

    /// A whole call whose parts came before it in this file waits until they are joined: the first
    /// to be complete stays.
    private void add(Leg leg) {
        Group group = new Group(leg.callId(), leg.legId());
        if (leg.source().kind() != RecordKind.FULL) {
            touched.add(group);
        } else if (!touched.isEmpty() && touched.contains(group)) {
            flush();
            join();
        }
        good.add(leg);
    }

    @Override
    public void fileSequence(long sequence) {
        fileSequence = sequence;
    }

    /// Writes what is left, joins parts and publishes. What the run gains is returned.
    Totals finish() throws SQLException {
        flush();
        join();
        slices.publish(publication);
        ledger.write(connection, run);
        return ledger.ofRun();
    }

    /// Whether any record changed anything.
    boolean isIdle() {
        return ledger.isEmpty();
    }

    @Nullable Long firstSetupMs() {
        return firstSetupMs == Long.MAX_VALUE ? null : Long.valueOf(firstSetupMs);
    }

    @Nullable Long lastSetupMs() {
        return lastSetupMs == Long.MIN_VALUE ? null : Long.valueOf(lastSetupMs);
    }

    @Nullable Long fileSequence() {
        return fileSequence;
    }

    private void flush() {
        try {
            acceptGood();
            release();
            writeSuspended();
            writeFiltered();
        } catch (SQLException e) {
            throw new DatabaseException(
                    "records of file " + file + " cannot be written: " + e.getMessage(), e);
        }
        progress.accept(chunkCount);
        good.clear();
        suspended.clear();
        filtered.clear();
        released.clear();
        chunkCount = 0;
        if (touched.size() >= CHUNK_GROUPS) {
            join();
        }
    }

    private void acceptGood() throws SQLException {
        List<Key> keys = new ArrayList<>(good.size());
        for (Leg leg : good) {
            keys.add(fingerprints.keys().of(source.number(), leg));
        }
        boolean[] isNew = fingerprints.take(connection, fingerprintLeaves, keys);
        List<Unplaced> calls = new ArrayList<>();
        List<Key> callKeys = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        List<Original> prints = new ArrayList<>();
        List<Integer> known = new ArrayList<>();
        for (int i = 0; i < isNew.length; i++) {
            Leg leg = good.get(i);
            if (!isNew[i]) {
                known.add(i);
            } else if (leg.source().kind() == RecordKind.FULL) {
                calls.add(new Unplaced(file, leg));
                callKeys.add(keys.get(i));
                settle(leg.source().record(), Outcome.CALL);
            } else {
                parts.add(new Part(file, leg));
                prints.add(print(keys.get(i), leg, 0, 0));
                settle(leg.source().record(), Outcome.SUSPENDED);
            }
        }
        List<Placed> placed = slices.write(source.number(), calls);
        for (int i = 0; i < placed.size(); i++) {
            Placed row = placed.get(i);
            prints.add(print(callKeys.get(i), row.call(), row.slice(), row.n()));
        }
        Fingerprints.insert(connection, fingerprintLeaves, prints);
        PartRows.insert(connection, source.number(), publication, parts);
        acceptKnown(keys, known);
    }

    private Original print(Key key, Leg leg, int slice, int n) {
        return new Original(key, file, leg.source().record(), leg.source().content(), slice, n);
    }

    private void acceptKnown(List<Key> keys, List<Integer> known) throws SQLException {
        Map<Key, Original> originals = new HashMap<>();
        for (Original original :
                Fingerprints.originals(
                        connection,
                        fingerprintLeaves,
                        known.stream().map(keys::get).distinct().toList())) {
            originals.put(original.key(), original);
        }
        List<Duplicate> duplicates = new ArrayList<>();
        for (int i : known) {
            Original original = originals.get(keys.get(i));
            if (original == null) {
                throw new IllegalStateException("a key is held but not stored: " + keys.get(i));
            }
            duplicates.add(new Duplicate(file, good.get(i), good.get(i), original));
            settle(good.get(i).source().record(), Outcome.DUPLICATE);
        }
        Duplicates.insert(connection, source.number(), publication, duplicates);
    }

    private void settle(int record, Outcome outcome) {
        if (reopened == null) {
            ledger.read(file, outcome);
        } else {
            ledger.move(file, Outcome.SUSPENDED, outcome, false);
            released.put(record, outcome);
        }
    }

    /// Ends the suspense of records that were offered again and came out differently. It comes
    /// before new suspense of the same records is written.
    private void release() throws SQLException {
        if (reopened == null) {
            return;
        }
        for (Verdict.Suspended held : suspended) {
            released.put(held.record().number(), Outcome.SUSPENDED);
        }
        filtered.forEach(record -> released.put(record, Outcome.FILTERED));
        Set<Integer> parts = new LinkedHashSet<>();
        good.stream()
                .filter(leg -> leg.source().kind() != RecordKind.FULL)
                .forEach(leg -> parts.add(leg.source().record()));
        try (PreparedStatement update =
                connection.prepareStatement(
                        """
                        update suspense set to_publication = ?, released_as = ?
                        where file = ? and record = ? and to_publication is null\
                        """)) {
            for (Map.Entry<Integer, Outcome> record : released.entrySet()) {
                boolean isPart =
                        record.getValue() == Outcome.SUSPENDED && parts.contains(record.getKey());
                update.setInt(1, publication);
                update.setString(2, isPart ? "part" : record.getValue().released());
                update.setInt(3, file);
                update.setInt(4, record.getKey());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private void writeSuspended() {
        if (suspended.isEmpty()) {
            return;
        }
        try (BinaryCopy copy = BinaryCopy.into(connection, "suspense", SUSPENSE_COLUMNS)) {
            for (Verdict.Suspended held : suspended) {
                CdrRecord record = held.record();
                copy.startRow();
                copy.writeInt(file);
                copy.writeInt(record.number());
                copy.writeText(record.callId());
                copy.writeText(record.legId());
                PartRows.writeLong(copy, record.setupMs());
                copy.writeTimestamp(1000 * run.startedAt().toEpochMilli());
                copy.writeText(held.trunk());
                copy.writeLong(held.talkMs());
                copy.writeShort((short) held.reason().code());
                PartRows.writeLong(copy, held.cureMs());
                copy.writeInt(publication);
                if (reopened == null) {
                    ledger.read(file, Outcome.SUSPENDED);
                } else {
                    ledger.move(file, Outcome.SUSPENDED, Outcome.SUSPENDED, false);
                }
            }
            var _ = copy.finish();
        }
    }

    private void writeFiltered() {
        if (filtered.isEmpty()) {
            return;
        }
        try (BinaryCopy copy =
                BinaryCopy.into(
                        connection, "filtered", List.of("file", "record", "from_publication"))) {
            for (int record : filtered) {
                copy.startRow();
                copy.writeInt(file);
                copy.writeInt(record);
                copy.writeInt(publication);
                if (reopened == null) {
                    ledger.read(file, Outcome.FILTERED);
                } else {
                    ledger.move(file, Outcome.SUSPENDED, Outcome.FILTERED, false);
                }
            }
            var _ = copy.finish();
        }
    }

    /// Joins the groups that parts written since the last time belong to.
    private void join() {
        if (touched.isEmpty()) {
            return;
        }
        Joining joining =
                new Joining(
                        connection,
                        run.id(),
                        source.number(),
                        publication,
                        fingerprints,
                        fingerprintLeaves,
                        slices,
                        ledger);
        List<Group> groups = List.copyOf(touched);
        try {
            for (int from = 0; from < groups.size(); from += CHUNK_GROUPS) {
                joining.join(groups.subList(from, Math.min(groups.size(), from + CHUNK_GROUPS)));
            }
        } catch (SQLException e) {
            throw new DatabaseException(
                    "parts of file " + file + " cannot be joined: " + e.getMessage(), e);
        }
        touched.clear();
    }
}
