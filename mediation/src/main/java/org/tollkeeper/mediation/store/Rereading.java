package org.tollkeeper.mediation.store;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.tollkeeper.db.CopyLane;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.mediation.RecordRules;
import org.tollkeeper.mediation.decoder.CdrRecord;
import org.tollkeeper.mediation.decoder.RecordSink;
import org.tollkeeper.mediation.decoder.UndecodableException;
import org.tollkeeper.mediation.file.Archive;
import org.tollkeeper.mediation.file.CorruptFileException;
import org.tollkeeper.mediation.store.RereadFiles.Reread;

/// Mediates the records of a remediation's scope into the [ShadowTables], as a fresh start under
/// today's book would: the archived files in the order of their paths, each record judged anew.
final class Rereading {

    private final Connection connection;
    private final Archive archive;
    private final Run run;
    private final RemediationScope scope;
    private final KeyedBook book;
    private final ShadowTables shadow;
    private final RereadFiles files;
    private final LongConsumer progress;
    private final List<Remediated.Left> left = new ArrayList<>();
    private Batch.Memory memory;

    Rereading(
            Connection connection,
            Archive archive,
            Run run,
            RemediationScope scope,
            ShadowTables shadow,
            LongConsumer progress)
            throws SQLException {
        this.connection = connection;
        this.archive = archive;
        this.run = run;
        this.scope = scope;
        this.shadow = shadow;
        this.progress = progress;
        this.book = KeyedBook.read(connection, run.startedAt());
        this.files = new RereadFiles(connection, scope);
        this.memory = Batch.Memory.of(connection);
    }

    /// Reads everything, then lists what was read in `remediation.reread`.
    ///
    /// @return the files that cannot be read today: their records stay as they are
    List<Remediated.Left> read() throws SQLException, IOException {
        List<Reread> candidates = files.find();
        shadow.show();
        copyRun();
        for (Reread file : candidates) {
            read(file, files.exceptions(file), record -> holds(RecordRules.ownTime(record)));
        }
        shadow.hide();
        List<Reread> companions = files.companions();
        shadow.show();
        for (Reread file : companions) {
            read(file, files.exceptions(file), record -> false);
        }
        try (CopyLane lane = new CopyLane(connection)) {
            for (KeyedBook.Source source : new TreeMap<>(book.sources()).values()) {
                var _ = Orphans.close(lane, run, source, memory);
            }
        }
        shadow.hide();
        listReread();
        return left;
    }

    private boolean holds(@org.jspecify.annotations.Nullable Long ms) {
        return ms != null && scope.holds(ms);
    }

    private void copyRun() throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into run (id, command, started_at, state) overriding system value"
                                + " values (?, 'remediate', ?, 'running')")) {
            insert.setInt(1, run.id());
            insert.setTimestamp(2, Timestamp.from(run.startedAt()));
            insert.executeUpdate();
        }
    }

    private void read(Reread file, Map<Integer, Boolean> exceptions, Predicate<CdrRecord> others)
            throws SQLException, IOException {
        KeyedBook.Source source = book.sources().get(file.switchId());
        if (source == null) {
            left.add(new Remediated.Left(file.file(), "the book has no such switch today"));
            return;
        }
        Savepoint before = connection.setSavepoint();
        try (InputStream content = archive.open(file.archived());
                CopyLane lane = new CopyLane(connection)) {
            Batch batch = new Batch(lane, run, memory);
            enter(file, batch.publication());
            Intake intake = new Intake(batch, source, file.rank(), progress, null);
            Judged.Maker maker = intake.maker();
            source.decoder().decode(content, chosen(maker, exceptions, others));
            maker.finish();
            intake.finish();
            var _ = batch.finish();
            widen(file, intake);
            connection.releaseSavepoint(before);
        } catch (UndecodableException | CorruptFileException e) {
            connection.rollback(before);
            memory = Batch.Memory.of(connection);
            left.add(new Remediated.Left(file.file(), String.valueOf(e.getMessage())));
        }
    }

    private static RecordSink chosen(
            RecordSink records, Map<Integer, Boolean> exceptions, Predicate<CdrRecord> others) {
        return record -> {
            Boolean exception = exceptions.get(record.number());
            if (exception == null ? others.test(record) : exception) {
                records.accept(record);
            }
        };
    }

    private void enter(Reread file, int publication) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into remediation.cdr_file (id, switch, sha256, path, archived,
                            decoded_bytes, run, publication)
                        overriding system value
                        select ?, k.switch, decode(lpad(to_hex(k.file), 64, '0'), 'hex'), '', '', 0,
                            ?, ?
                        from remediation.file_rank k where k.file = ?
                        on conflict do nothing\
                        """)) {
            insert.setInt(1, file.rank());
            insert.setInt(2, run.id());
            insert.setInt(3, publication);
            insert.setInt(4, file.file());
            insert.executeUpdate();
        }
        try (PreparedStatement update =
                connection.prepareStatement(
                        "update remediation.file_rank set is_read = true where file = ?")) {
            update.setInt(1, file.file());
            update.executeUpdate();
        }
    }

    /// What the file's setups span may be another span under today's book.
    private void widen(Reread file, Intake intake) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        """
                        update remediation.cdr_file
                        set first_setup_ms = least(first_setup_ms, ?),
                            last_setup_ms = greatest(last_setup_ms, ?)
                        where id = ?\
                        """)) {
            update.setObject(1, intake.firstSetupMs(), java.sql.Types.BIGINT);
            update.setObject(2, intake.lastSetupMs(), java.sql.Types.BIGINT);
            update.setInt(3, file.rank());
            update.executeUpdate();
        }
    }

    /// Where a file has fewer records today, those that are gone count as read, too: nothing came
    /// of them.
    private void listReread() throws SQLException {
        ShadowTables.execute(
                connection,
                """
                create table remediation.reread as
                select k.file, x.record
                from (select file, record from remediation.call c
                      where not exists (select 1 from remediation.tombstone t
                                        where t.slice = c.slice and t.n = c.n)
                      union
                      select file, record from remediation.part where to_publication is null
                      union all
                      select file, record from remediation.suspense where to_publication is null
                      union all
                      select file, record from remediation.duplicate where to_publication is null
                      union all
                      select file, record from remediation.filtered where to_publication is null) x
                join remediation.file_rank k on k.rank = x.file;
                analyze remediation.reread;
                insert into remediation.reread
                select e.file, e.record from remediation.exception e
                join remediation.file_rank k on k.file = e.file and k.is_read
                where e.included and not exists (
                    select 1 from remediation.reread r
                    where r.file = e.file and r.record = e.record);
                create unique index on remediation.reread (file, record)\
                """);
    }
}
