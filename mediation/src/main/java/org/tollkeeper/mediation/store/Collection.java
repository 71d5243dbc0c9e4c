package org.tollkeeper.mediation.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.db.book.StoredBook;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.mediation.collect.Fetch;
import org.tollkeeper.mediation.collect.Fetch.Fetched;
import org.tollkeeper.mediation.collect.RemoteFile;
import org.tollkeeper.mediation.collect.RemoteFolder;
import org.tollkeeper.mediation.collect.RemoteFolder.RefusedException;
import org.tollkeeper.model.Pickup;

/// Collecting: what is new in the pickups of the book comes into the inbox. A host that is down, or
/// a file that cannot be had, is part of the answer and stops nothing else. The caller holds the
/// run lock.
public final class Collection {

    private static final Comparator<RemoteFile> BYTE_ORDER =
            Comparator.comparing(
                    file -> file.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private final Database database;
    private final Hosts hosts;

    public Collection(Database database, Hosts hosts) {
        this.database = database;
        this.hosts = hosts;
    }

    /// How the folder of a pickup is reached.
    @FunctionalInterface
    public interface Hosts {
        RemoteFolder open(Pickup pickup) throws IOException;
    }

    /// Visits every pickup of the newest book.
    ///
    /// @param progress is told how many more bytes came
    public Collected collect(Run run, Path inbox, LongConsumer progress) {
        try (Connection connection = database.connect()) {
            List<Pickup> pickups = StoredBook.pickups(connection, StoredBook.current(connection));
            connection.commit();
            CollectedFiles register = new CollectedFiles(connection, run);
            List<Collected.Visit> visits = new ArrayList<>();
            for (Pickup pickup : pickups) {
                Visiting visiting =
                        new Visiting(connection, register, run, pickup, inbox, progress);
                Collected.Visit visit = visiting.visit();
                register.note(visit);
                connection.commit();
                visits.add(visit);
            }
            return new Collected(List.copyOf(visits));
        } catch (SQLException e) {
            throw new DatabaseException("collecting failed: " + e.getMessage(), e);
        }
    }

    /// One visit, while it lasts.
    private final class Visiting {

        private final Connection connection;
        private final CollectedFiles register;
        private final Run run;
        private final Pickup pickup;
        private final LongConsumer progress;
        private final Fetch fetch;
        private final String address;
        private final List<String> refused = new ArrayList<>();
        private int fileCount;
        private long byteCount;
        private int leftCount;

        Visiting(
                Connection connection,
                CollectedFiles register,
                Run run,
                Pickup pickup,
                Path inbox,
                LongConsumer progress) {
            this.connection = connection;
            this.register = register;
            this.run = run;
            this.pickup = pickup;
            this.progress = progress;
            this.fetch = new Fetch(pickup, inbox);
            this.address =
                    "sftp://%s@%s:%d%s%s"
                            .formatted(
                                    pickup.user(),
                                    pickup.host(),
                                    pickup.port(),
                                    pickup.folder().startsWith("/") ? "" : "/",
                                    pickup.folder());
        }

        Collected.Visit visit() throws SQLException {
            String failure = null;
            try (RemoteFolder folder = hosts.open(pickup)) {
                Set<RemoteFile> known = register.known(pickup);
                List<RemoteFile> wanted = wanted(folder, known);
                fetch.clearParts(new HashSet<>(wanted));
                for (RemoteFile file : wanted) {
                    take(folder, file);
                }
            } catch (IOException e) {
                connection.rollback();
                failure = address + ": " + reason(e);
            }
            return new Collected.Visit(
                    pickup.id(),
                    address,
                    fileCount,
                    byteCount,
                    leftCount,
                    List.copyOf(refused),
                    failure);
        }

        private static String reason(IOException e) {
            String message = e.getMessage();
            return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
        }

        /// What is to be fetched, in the byte order of its names; what was fetched and should have
        /// been moved is moved now.
        private List<RemoteFile> wanted(RemoteFolder folder, Set<RemoteFile> known)
                throws IOException {
            PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + pickup.files());
            long quietBefore = run.startedAt().getEpochSecond() - pickup.quietSeconds();
            List<RemoteFile> wanted = new ArrayList<>();
            List<RemoteFile> files = new ArrayList<>(folder.files());
            files.sort(BYTE_ORDER);
            for (RemoteFile file : files) {
                String fault = RemoteFile.fault(file.name());
                if (fault != null) {
                    refuse(file, fault);
                } else if (!file.isUnfinished() && glob.matches(Path.of(file.name()))) {
                    if (known.contains(file)) {
                        moveAway(folder, file);
                    } else if (file.sizeBytes() > pickup.maxMegabytes() * 1_000_000L) {
                        refuse(
                                file,
                                "it has %,d bytes; expected %,d,000,000 at most"
                                        .formatted(file.sizeBytes(), pickup.maxMegabytes()));
                    } else if (file.modifiedSeconds() > quietBefore) {
                        leftCount++;
                    } else {
                        wanted.add(file);
                    }
                }
            }
            return wanted;
        }

        private void take(RemoteFolder folder, RemoteFile file) throws IOException, SQLException {
            try {
                Fetched fetched = fetch.file(folder, file);
                if (fetched == null) {
                    leftCount++;
                    return;
                }
                register.enter(pickup, file, fetched);
                connection.commit();
                fileCount++;
                byteCount += file.sizeBytes();
                progress.accept(file.sizeBytes());
            } catch (RefusedException e) {
                refuse(file, reason(e));
                return;
            }
            moveAway(folder, file);
        }

        private void moveAway(RemoteFolder folder, RemoteFile file) throws IOException {
            if (pickup.moveTo().isEmpty()) {
                return;
            }
            try {
                folder.move(file.name(), pickup.moveTo());
            } catch (RefusedException e) {
                refuse(
                        file,
                        "it was collected but cannot be moved to %s: %s"
                                .formatted(pickup.moveTo(), reason(e)));
            }
        }

        private void refuse(RemoteFile file, String reason) {
            refused.add("%s: %s: %s".formatted(address, RemoteFile.shown(file.name()), reason));
        }
    }
}
