package org.tollkeeper.mediation.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.LongConsumer;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.mediation.file.Archive;

/// The stage as a whole: what is new in the inbox becomes calls, and records held back are offered
/// again once the book or the clock has mended their cause.
///
/// Files are taken in by batches; a batch is one transaction and one publication. Whatever stops a
/// run, files are there whole or not at all, and the next run goes on with those that are not:
/// there is no position to restart from. The caller holds the run lock.
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
        try (Night night = new Night(database, archive, run, progress)) {
            return night.mediate(inbox);
        } catch (SQLException e) {
            throw new DatabaseException("mediation failed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("mediation failed: " + e.getMessage(), e);
        }
    }

    /// Offers records held back to mediation again, under the newest book.
    public Totals recycle(Run run, SuspenseFilter meant, LongConsumer progress) {
        try (Night night = new Night(database, archive, run, progress)) {
            return night.recycle(meant, null);
        } catch (SQLException e) {
            throw new DatabaseException("recycling failed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("recycling failed: " + e.getMessage(), e);
        }
    }
}
