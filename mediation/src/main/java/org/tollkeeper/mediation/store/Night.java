package org.tollkeeper.mediation.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.CopyLane;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.mediation.decoder.UndecodableException;
import org.tollkeeper.mediation.file.Archive;
import org.tollkeeper.mediation.file.Archive.Kept;
import org.tollkeeper.mediation.file.CorruptFileException;
import org.tollkeeper.mediation.file.Inbox;
import org.tollkeeper.mediation.file.InboxFile;

/// One execution of mediation: its connection, its book, and what it keeps from batch to batch.
///
/// A batch ends with a file. A file that proves undecodable after some of its records were taken
/// takes the batch back with it; the files before it are then taken once more, from the archive,
/// and end that batch. So nothing of a file is visible before its last byte was read, and every
/// file is read twice at most.
final class Night implements AutoCloseable {

    /// A file dealt with in the batch at hand.
    ///
    /// @param reason why it is quarantined; else empty
    private record Dealt(InboxFile found, Kept kept, Fate fate, String reason) {}

    private enum Fate {
        READ,
        /// Known by another name.
        REPEATED,
        /// Known by this name, with another size or time.
        KNOWN,
        QUARANTINED
    }

    private final Database database;
    private final Archive archive;
    private final Connection connection;
    private final CopyLane lane;
    private final Run run;
    private final LongConsumer progress;
    private final KeyedBook book;
    private final FileRegister register;
    private Batch.Memory memory;
    private @Nullable Batch batch;
    private final List<Dealt> dealt = new ArrayList<>();

    private int filesRead;
    private int filesRepeated;
    private int filesUnchanged;
    private final List<Mediated.Quarantined> quarantined = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private Totals totals = Totals.NONE;

    Night(Database database, Archive archive, Run run, LongConsumer progress) throws SQLException {
        this.database = database;
        this.archive = archive;
        this.run = run;
        this.progress = progress;
        this.connection = database.connect();
        this.lane = new CopyLane(connection);
        this.book = KeyedBook.read(connection, run.startedAt());
        this.register = new FileRegister(connection, run);
        this.memory = Batch.Memory.of(connection);
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            lane.close();
        }
    }

    Mediated mediate(Path folder) throws SQLException, IOException {
        Inbox inbox = Inbox.scan(folder, book.switches());
        boolean newRules = !HeldBack.offeredUnder(connection, book.digest());
        Instant now = run.startedAt();
        totals = recycle(SuspenseFilter.ALL, newRules ? null : now);
        try (ReadAhead files =
                new ReadAhead(archive, book, newRules, database.connect(), run, inbox.files())) {
            takeAll(files);
        }
        closeOrphans();
        if (newRules) {
            HeldBack.setOfferedUnder(lane.connection(), book.digest());
        }
        lane.connection().commit();
        return new Mediated(
                filesRead,
                filesRepeated,
                filesUnchanged,
                List.copyOf(quarantined),
                List.copyOf(left),
                inbox.strangers(),
                totals);
    }

    private void closeOrphans() throws SQLException {
        for (KeyedBook.Source source : new TreeMap<>(book.sources()).values()) {
            totals = totals.plus(Orphans.close(lane, run, source, memory));
            lane.connection().commit();
        }
    }

    private void takeAll(ReadAhead files) throws SQLException, IOException {
        ReadAhead.Item item = files.next();
        while (item != null) {
            switch (item) {
                case ReadAhead.Unchanged _ -> filesUnchanged++;
                case ReadAhead.Left file -> left.add(file.found().path());
                case ReadAhead.Known file -> known(file.found(), file.kept());
                case ReadAhead.Begin file -> take(files, file);
                case ReadAhead.Records _, ReadAhead.End _, ReadAhead.Undecodable _ ->
                        throw new IllegalStateException("no file began before " + item);
                default -> throw new IllegalStateException("not for others: " + item);
            }
            item = files.next();
        }
        commit();
    }

    /// Takes a file whose records come from the threads ahead. It is entered when its first records
    /// come, so that a file that is no such file at all costs nothing.
    private void take(ReadAhead files, ReadAhead.Begin began) throws SQLException, IOException {
        InboxFile found = began.found();
        Kept kept = began.kept();
        Reading reading = null;
        while (true) {
            switch (files.next()) {
                case ReadAhead.Records records -> {
                    reading = reading == null ? begin(found, kept) : reading;
                    reading.intake().take(records.judged());
                }
                case ReadAhead.End _ -> {
                    end(reading == null ? begin(found, kept) : reading);
                    return;
                }
                case ReadAhead.Undecodable undecodable -> {
                    if (reading != null) {
                        redo();
                    }
                    quarantine(found, kept, undecodable.reason());
                    return;
                }
                case null, default -> throw new IllegalStateException("a file has no end");
            }
        }
    }

    /// A file being read.
    private record Reading(InboxFile found, Kept kept, int file, Intake intake) {}

    private Reading begin(InboxFile found, Kept kept) throws SQLException {
        KeyedBook.Source source = book.source(found.switchId());
        Batch into = batch();
        int file = register.enter(source.number(), found, kept, into.publication());
        return new Reading(found, kept, file, new Intake(into, source, file, progress, null));
    }

    private void end(Reading reading) throws SQLException {
        reading.intake().finish();
        var _ = lane.connection();
        register.describe(reading.file(), reading.intake());
        register.sight(number(reading.found()), reading.found(), reading.file(), false);
        dealt.add(new Dealt(reading.found(), reading.kept(), Fate.READ, ""));
        if (batch().isFull()) {
            commit();
        }
    }

    private Batch batch() throws SQLException {
        Batch current = batch;
        if (current == null) {
            current = new Batch(lane, run, memory);
            batch = current;
        } else {
            var _ = lane.connection();
        }
        return current;
    }

    /// A file whose content was met before, in this run or an earlier one.
    private void known(InboxFile found, Kept kept) throws SQLException, IOException {
        var _ = lane.connection();
        FileRegister.Known known = register.ofContent(number(found), kept);
        if (known == null || known.isQuarantined()) {
            takeNow(found, kept);
            return;
        }
        boolean repeated = !known.path().equals(found.path());
        register.sight(number(found), found, known.file(), repeated);
        dealt.add(new Dealt(found, kept, repeated ? Fate.REPEATED : Fate.KNOWN, ""));
    }

    private void quarantine(InboxFile found, Kept kept, String reason) throws SQLException {
        var _ = lane.connection();
        int file = register.quarantine(number(found), found, kept, reason);
        register.sight(number(found), found, file, false);
        dealt.add(new Dealt(found, kept, Fate.QUARANTINED, reason));
    }

    /// Takes a file at once, without threads ahead.
    private void takeNow(InboxFile found, Kept kept) throws SQLException, IOException {
        if (kept.corrupt() != null) {
            quarantine(found, kept, kept.corrupt());
            return;
        }
        try (InputStream content = archive.open(kept.path())) {
            Reading reading = begin(found, kept);
            decode(content, book.source(found.switchId()), reading.intake());
            end(reading);
        } catch (UndecodableException | CorruptFileException e) {
            redo();
            quarantine(found, kept, String.valueOf(e.getMessage()));
        }
    }

    private static void decode(InputStream content, KeyedBook.Source source, Intake intake)
            throws IOException, UndecodableException {
        Judged.Maker maker = intake.maker();
        source.decoder().decode(content, maker);
        maker.finish();
    }

    /// Takes the batch back, and then its files once more but the one that cannot be taken.
    private void redo() throws SQLException, IOException {
        List<Dealt> before = List.copyOf(dealt);
        rollback();
        for (Dealt file : before) {
            switch (file.fate()) {
                case READ -> takeNow(file.found(), file.kept());
                case REPEATED, KNOWN -> known(file.found(), file.kept());
                case QUARANTINED -> quarantine(file.found(), file.kept(), file.reason());
            }
        }
        commit();
    }

    /// Ends the batch at hand.
    private void commit() throws SQLException {
        if (batch != null) {
            totals = totals.plus(batch.finish());
            batch = null;
        }
        lane.connection().commit();
        for (Dealt file : dealt) {
            switch (file.fate()) {
                case READ -> filesRead++;
                case REPEATED -> filesRepeated++;
                case KNOWN -> {}
                case QUARANTINED ->
                        quarantined.add(
                                new Mediated.Quarantined(
                                        file.found().switchId(),
                                        file.found().path(),
                                        file.reason()));
            }
        }
        dealt.clear();
    }

    private void rollback() throws SQLException {
        batch = null;
        dealt.clear();
        lane.rollback();
        memory = Batch.Memory.of(connection);
    }

    Totals recycle(SuspenseFilter meant, @Nullable Instant curedBy)
            throws SQLException, IOException {
        Totals gained = Totals.NONE;
        for (HeldBack.File held : HeldBack.files(lane.connection(), meant, curedBy)) {
            KeyedBook.Source source = book.sources().get(held.switchId());
            if (source != null) {
                gained = gained.plus(recycle(source, held));
            }
        }
        return gained;
    }

    private Totals recycle(KeyedBook.Source source, HeldBack.File held)
            throws SQLException, IOException {
        boolean done = false;
        try (InputStream content = archive.open(held.archived())) {
            Batch offered = new Batch(lane, run, memory);
            Intake intake = new Intake(offered, source, held.file(), progress, held.reasons());
            decode(content, source, intake);
            intake.finish();
            if (!offered.ledger().isEmpty()) {
                Totals gained = offered.finish();
                lane.connection().commit();
                done = true;
                return gained;
            }
            return Totals.NONE;
        } catch (UndecodableException | CorruptFileException e) {
            // The switch writes another format by now; its old records stay held back.
            return Totals.NONE;
        } finally {
            if (!done) {
                rollback();
            }
        }
    }

    private int number(InboxFile found) {
        return book.source(found.switchId()).number();
    }
}
