package org.tollkeeper.mediation.store;

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
import org.tollkeeper.db.BinaryRows;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.mediation.Leg;
import org.tollkeeper.mediation.Part;
import org.tollkeeper.mediation.Verdict;
import org.tollkeeper.mediation.decoder.CdrRecord;
import org.tollkeeper.mediation.decoder.RecordKind;
import org.tollkeeper.mediation.store.CallSlices.Placed;
import org.tollkeeper.mediation.store.CallSlices.Unplaced;
import org.tollkeeper.mediation.store.Fingerprints.Original;
import org.tollkeeper.mediation.store.PartRows.Group;
import org.tollkeeper.model.SuspenseReason;

/// Takes the judged records of one file into a batch: finds duplicates, and writes calls, parts,
/// suspense and counts. Nothing of it is visible before the batch's transaction ends.
final class Intake {

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

    private static final List<String> FILTERED_COLUMNS =
            List.of("file", "record", "from_publication");

    private final Batch batch;
    private final KeyedBook.Source source;
    private final int file;
    private final LongConsumer progress;
    private final @Nullable Map<Integer, SuspenseReason> reopened;

    private final List<Leg> good = new ArrayList<>();
    private final List<Verdict.Suspended> suspended = new ArrayList<>();
    private final List<Integer> filtered = new ArrayList<>();
    private final Map<Integer, Outcome> released = new HashMap<>();
    private final Set<Group> touched = new LinkedHashSet<>();
    private long firstSetupMs = Long.MAX_VALUE;
    private long lastSetupMs = Long.MIN_VALUE;
    private @Nullable Long fileSequence;

    /// @param reopened null = all records are new; else the suspended records that are offered
    ///   again, and why they were suspended
    Intake(
            Batch batch,
            KeyedBook.Source source,
            int file,
            LongConsumer progress,
            @Nullable Map<Integer, SuspenseReason> reopened) {
        this.batch = batch;
        this.source = source;
        this.file = file;
        this.progress = progress;
        this.reopened = reopened;
    }

    /// What judges the file's records for this intake, and passes them on to it.
    Judged.Maker maker() {
        return new Judged.Maker(
                source.rules(), n -> reopened == null || reopened.containsKey(n), this::take);
    }

    /// The file's next records.
    void take(Judged records) {
        firstSetupMs = Math.min(firstSetupMs, records.firstSetupMs());
        lastSetupMs = Math.max(lastSetupMs, records.lastSetupMs());
        fileSequence = records.fileSequence();
        try {
            for (Verdict verdict : records.verdicts()) {
                take(verdict);
            }
            flush();
            if (touched.size() >= CHUNK_GROUPS) {
                join();
            }
        } catch (SQLException e) {
            throw new DatabaseException(
                    "records of file " + file + " cannot be written: " + e.getMessage(), e);
        }
        progress.accept(records.verdicts().size());
    }

    private void take(Verdict verdict) throws SQLException {
        switch (verdict) {
            case Verdict.Suspended held -> {
                if (reopened == null || reopened.get(held.record().number()) != held.reason()) {
                    suspended.add(held);
                }
            }
            case Verdict.Filtered held -> filtered.add(held.record().number());
            case Verdict.Good passed -> add(passed.leg());
        }
    }

    /// A whole call whose parts came before it in this file waits until they are joined: the first
    /// to be complete stays.
    private void add(Leg leg) throws SQLException {
        if (leg.source().kind() != RecordKind.FULL) {
            touched.add(new Group(leg.callId(), leg.legId()));
        } else if (!touched.isEmpty() && touched.contains(new Group(leg.callId(), leg.legId()))) {
            flush();
            join();
        }
        good.add(leg);
    }

    /// Joins the parts that are left; the file's records are all taken then.
    void finish() throws SQLException {
        join();
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

    private void flush() throws SQLException {
        acceptGood();
        release();
        writeSuspended();
        writeFiltered();
        good.clear();
        suspended.clear();
        filtered.clear();
        released.clear();
    }

    private void acceptGood() throws SQLException {
        int switchNumber = source.number();
        List<Key> keys = new ArrayList<>(good.size());
        for (Leg leg : good) {
            keys.add(batch.fingerprints().keys().of(switchNumber, leg));
        }
        boolean[] isNew = batch.fingerprints().take(batch, keys);
        List<Unplaced> calls = new ArrayList<>(good.size());
        List<Key> callKeys = new ArrayList<>(good.size());
        int partCount = 0;
        int duplicateCount = 0;
        for (int i = 0; i < isNew.length; i++) {
            Leg leg = good.get(i);
            if (!isNew[i]) {
                batch.duplicates().add(switchNumber, file, leg, leg, keys.get(i));
                duplicateCount++;
                reopen(leg.source().record(), Outcome.DUPLICATE);
            } else if (leg.source().kind() == RecordKind.FULL) {
                calls.add(new Unplaced(file, leg));
                callKeys.add(keys.get(i));
                reopen(leg.source().record(), Outcome.CALL);
            } else {
                PartRows.insert(batch, switchNumber, new Part(file, leg));
                Fingerprints.insert(batch, print(keys.get(i), leg, 0, 0));
                partCount++;
                reopen(leg.source().record(), Outcome.SUSPENDED);
            }
        }
        List<Placed> placed = batch.slices().write(switchNumber, calls);
        for (int i = 0; i < placed.size(); i++) {
            Placed row = placed.get(i);
            Fingerprints.insert(batch, print(callKeys.get(i), row.call(), row.slice(), row.n()));
        }
        settle(Outcome.CALL, placed.size());
        settle(Outcome.SUSPENDED, partCount);
        settle(Outcome.DUPLICATE, duplicateCount);
    }

    private Original print(Key key, Leg leg, int slice, int n) {
        return new Original(key, file, leg.source().record(), leg.source().content(), slice, n);
    }

    private void reopen(int record, Outcome outcome) {
        if (reopened != null) {
            released.put(record, outcome);
        }
    }

    private void settle(Outcome outcome, int count) {
        if (reopened == null) {
            batch.ledger().read(file, outcome, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            batch.ledger().move(file, Outcome.SUSPENDED, outcome, false);
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
                batch.connection()
                        .prepareStatement(
                                """
                                update suspense set to_publication = ?, released_as = ?
                                where file = ? and record = ? and to_publication is null\
                                """)) {
            for (Map.Entry<Integer, Outcome> record : released.entrySet()) {
                boolean isPart =
                        record.getValue() == Outcome.SUSPENDED && parts.contains(record.getKey());
                update.setInt(1, batch.publication());
                update.setString(2, isPart ? "part" : record.getValue().released());
                update.setInt(3, file);
                update.setInt(4, record.getKey());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private void writeSuspended() {
        for (Verdict.Suspended held : suspended) {
            CdrRecord record = held.record();
            BinaryRows copy = batch.rows("suspense", SUSPENSE_COLUMNS);
            copy.startRow();
            copy.writeInt(file);
            copy.writeInt(record.number());
            copy.writeText(record.callId());
            copy.writeText(record.legId());
            PartRows.writeLong(copy, record.setupMs());
            copy.writeTimestamp(1000 * batch.run().startedAt().toEpochMilli());
            copy.writeText(held.trunk());
            copy.writeLong(held.talkMs());
            copy.writeShort((short) held.reason().code());
            PartRows.writeLong(copy, held.cureMs());
            copy.writeInt(batch.publication());
        }
        settle(Outcome.SUSPENDED, suspended.size());
    }

    private void writeFiltered() {
        for (int record : filtered) {
            BinaryRows copy = batch.rows("filtered", FILTERED_COLUMNS);
            copy.startRow();
            copy.writeInt(file);
            copy.writeInt(record);
            copy.writeInt(batch.publication());
        }
        settle(Outcome.FILTERED, filtered.size());
    }

    /// Joins the groups that parts written since the last time belong to.
    private void join() throws SQLException {
        if (touched.isEmpty()) {
            return;
        }
        Joining joining = new Joining(batch, source.number());
        List<Group> groups = List.copyOf(touched);
        for (int from = 0; from < groups.size(); from += CHUNK_GROUPS) {
            joining.join(groups.subList(from, Math.min(groups.size(), from + CHUNK_GROUPS)));
        }
        touched.clear();
    }
}
