package org.tollkeeper.app;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.tollkeeper.app.store.OpenRun;
import org.tollkeeper.app.store.Stages;
import org.tollkeeper.app.terminal.Progress;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseLocation;
import org.tollkeeper.model.DeliveryFinding;

/// A command at work: its database, its archive, its clock and where it shows progress.
///
/// @param archive the folder of raw files
public record Session(Database database, Path archive, Clock clock, PrintStream err)
        implements AutoCloseable {

    static Session open(DatabaseLocation location, Place place) {
        return new Session(
                Database.open(location),
                place.home().toAbsolutePath().normalize().resolve("archive"),
                place.clock(),
                System.err);
    }

    /// Begins a run under the lock; the caller closes it.
    OpenRun begin(String command) {
        return begin(command, "");
    }

    /// The same, with the reason that somebody gave for it.
    OpenRun begin(String command, String reason) {
        return OpenRun.begin(database, command, reason, clock);
    }

    /// Shows a stage's progress until closed.
    public Progress progress(String stage, String unit) {
        return Progress.begin(stage, unit, err);
    }

    /// What is wrong with what switches delivered until yesterday.
    List<DeliveryFinding> deliveries() {
        return new Stages(database).deliveries(null, clock);
    }

    @Override
    public void close() {
        database.close();
    }
}
