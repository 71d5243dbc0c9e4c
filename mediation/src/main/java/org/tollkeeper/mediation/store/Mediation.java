package org.tollkeeper.mediation.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.mediation.decoder.UndecodableException;
import org.tollkeeper.mediation.file.Archive;
import org.tollkeeper.mediation.file.Archive.Kept;
import org.tollkeeper.mediation.file.CorruptFileException;
import org.tollkeeper.mediation.file.Inbox;
import org.tollkeeper.mediation.file.InboxFile;

/// The stage as a whole: what is new in the inbox becomes calls, and records held back are offered
/// again once the book or the clock has mended their cause.
///
/// A file is one transaction and one publication. Whatever stops a run, files are there whole or
/// not at all, and the next run goes on with those that are not: there is no position to restart
/// from. The caller holds the run lock.
public final class Mediation {

    private final Database database;
    private final Archive archive;

    public Mediation(Database database, Archive archive) {
        this.database = database;
        this.archive = archive;
    }

    /// Mediates what is new in the inbox, after what is held back and may pass now.
    ///
    /// @param progress is told how many more records were dealt with
    /// @throws org.tollkeeper.mediation.decoder.MappingException if a switch's format or mapping
    ///   cannot be used; nothing was read then
    /// @throws UncheckedIOException if the inbox or the archive cannot be read or written; files
    ///   that were done before stay
    public Mediated mediate(Run run, Path inbox, LongConsumer progress) {
        try (Connection connection = database.connect()) {
            return new Night(connection, run, progress).mediate(inbox);
        } catch (SQLException e) {
            throw new DatabaseException("mediation failed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("mediation failed: " + e.getMessage(), e);
        }
    }

    /// Offers records held back to mediation again, under the newest book.
    public Totals recycle(Run run, SuspenseFilter meant, LongConsumer progress) {
        try (Connection connection = database.connect()) {
            return new Night(connection, run, progress).recycle(meant, null);
        } catch (SQLException e) {
            throw new DatabaseException("recycling failed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("recycling failed: " + e.getMessage(), e);
        }
    }

    /// One execution: its connection, its book and what it keeps from file to file.
    private final class Night {
        private final Connection connection;
        private final Run run;
        private final LongConsumer progress;
        private final KeyedBook book;
        private final FileRegister register;
        private Intake.Memory memory;

        private int filesRead;
        private int filesRepeated;
        private int filesUnchanged;
        private final List<Mediated.Quarantined> quarantined = new ArrayList<>();
        private final List<String> left = new ArrayList<>();
        private Totals totals = Totals.NONE;

        Night(Connection connection, Run run, LongConsumer progress) throws SQLException {
            this.connection = connection;
            this.run = run;
            this.progress = progress;
            this.book = KeyedBook.read(connection, run.startedAt());
            this.register = new FileRegister(connection, run);
            this.memory = Intake.Memory.of(connection);
            connection.commit();
        }

        Mediated mediate(Path folder) throws SQLException, IOException {
            Inbox inbox = Inbox.scan(folder, book.switches());
            boolean newRules = !HeldBack.offeredUnder(connection, book.digest());
            Instant now = run.startedAt();
            totals = recycle(SuspenseFilter.ALL, newRules ? null : now);
            for (InboxFile found : inbox.files()) {
                mediate(found, newRules);
            }
            closeOrphans();
            if (newRules) {
                HeldBack.setOfferedUnder(connection, book.digest());
            }
            connection.commit();
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
                totals = totals.plus(Orphans.close(connection, run, source, memory));
                connection.commit();
            }
        }

        private void mediate(InboxFile found, boolean newRules) throws SQLException, IOException {
            KeyedBook.Source source = source(found.switchId());
            FileRegister.Known sighted = register.sighted(source.number(), found);
            if (sighted != null && !(sighted.isQuarantined() && newRules)) {
                filesUnchanged++;
                return;
            }
            Kept kept = archive.keep(found);
            if (kept == null) {
                left.add(found.path());
                return;
            }
            FileRegister.Known known = register.ofContent(source.number(), kept);
            if (known != null && !known.isQuarantined()) {
                boolean repeated = !known.path().equals(found.path());
                filesRepeated += repeated ? 1 : 0;
                register.sight(source.number(), found, known.file(), repeated);
                connection.commit();
                return;
            }
            if (kept.corrupt() != null) {
                quarantine(source, found, kept, kept.corrupt());
                return;
            }
            read(source, found, kept);
        }

        private void read(KeyedBook.Source source, InboxFile found, Kept kept)
                throws SQLException, IOException {
            boolean done = false;
            try (InputStream content = archive.open(kept.path())) {
                int publication = run.publish(connection);
                int file = register.enter(source.number(), found, kept, publication);
                Intake intake =
                        new Intake(
                                connection, run, source, file, publication, memory, progress, null);
                source.decoder().decode(content, intake);
                Totals gained = intake.finish();
                register.describe(file, intake);
                register.sight(source.number(), found, file, false);
                connection.commit();
                done = true;
                filesRead++;
                totals = totals.plus(gained);
            } catch (UndecodableException | CorruptFileException e) {
                rollback();
                done = true;
                quarantine(source, found, kept, String.valueOf(e.getMessage()));
            } finally {
                if (!done) {
                    rollback();
                }
            }
        }

        private void quarantine(KeyedBook.Source source, InboxFile found, Kept kept, String reason)
                throws SQLException {
            int file = register.quarantine(source.number(), found, kept, reason);
            register.sight(source.number(), found, file, false);
            connection.commit();
            quarantined.add(new Mediated.Quarantined(found.switchId(), found.path(), reason));
        }

        Totals recycle(SuspenseFilter meant, @Nullable Instant curedBy)
                throws SQLException, IOException {
            Totals gained = Totals.NONE;
            for (HeldBack.File held : HeldBack.files(connection, meant, curedBy)) {
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
                int publication = run.publish(connection);
                Intake intake =
                        new Intake(
                                connection,
                                run,
                                source,
                                held.file(),
                                publication,
                                memory,
                                progress,
                                held.reasons());
                source.decoder().decode(content, intake);
                Totals gained = intake.finish();
                if (!intake.isIdle()) {
                    connection.commit();
                    done = true;
                }
                return gained;
            } catch (UndecodableException | CorruptFileException e) {
                // The switch writes another format by now; its old records stay held back.
                return Totals.NONE;
            } finally {
                if (!done) {
                    rollback();
                }
            }
        }

        private KeyedBook.Source source(String switchId) {
            KeyedBook.Source source = book.sources().get(switchId);
            if (source == null) {
                throw new IllegalStateException("no switch " + switchId + " in the book");
            }
            return source;
        }

        private void rollback() throws SQLException {
            connection.rollback();
            memory = Intake.Memory.of(connection);
        }
    }
}
