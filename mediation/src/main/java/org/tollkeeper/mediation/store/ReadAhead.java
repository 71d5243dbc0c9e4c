package org.tollkeeper.mediation.store;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.mediation.decoder.UndecodableException;
import org.tollkeeper.mediation.file.Archive;
import org.tollkeeper.mediation.file.Archive.Kept;
import org.tollkeeper.mediation.file.CorruptFileException;
import org.tollkeeper.mediation.file.InboxFile;

/// Reads the files of an inbox ahead of whoever writes their records: one thread takes them into
/// the archive, another decodes and judges them, each a little ahead of the next. What they find
/// comes out as items, in the order of the files.
final class ReadAhead implements AutoCloseable {

    private static final int ITEMS_AHEAD = 6;
    private static final int FILES_AHEAD = 2;

    /// What was found next.
    sealed interface Item {}

    /// A file is as it was when it was met last.
    record Unchanged() implements Item {}

    /// A file changed while it was read, or vanished.
    record Left(InboxFile found) implements Item {}

    /// The content of a file is known, or was read before in this run.
    record Known(InboxFile found, Kept kept) implements Item {}

    /// A file is to be read; its records follow, then [End] or [Undecodable].
    record Begin(InboxFile found, Kept kept) implements Item {}

    /// Records of the file that began last.
    record Records(Judged judged) implements Item {}

    /// The file that began last was read to its last byte.
    record End() implements Item {}

    /// The file that began last cannot be decoded whole.
    record Undecodable(String reason) implements Item {}

    private record Failed(Throwable cause) implements Item {}

    private record Done() implements Item {}

    private final Archive archive;
    private final KeyedBook book;
    private final boolean newRules;
    private final Connection connection;
    private final FileRegister register;
    private final Set<String> begun = new HashSet<>();
    private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(ITEMS_AHEAD);
    private final ExecutorService archiving = thread("archive");
    private final ExecutorService decoding = thread("decode");

    /// @param connection of its own, for looking up what files are known; closed with it
    /// @param newRules whether quarantined files are to be tried again
    ReadAhead(
            Archive archive,
            KeyedBook book,
            boolean newRules,
            Connection connection,
            Run run,
            List<InboxFile> files) {
        this.archive = archive;
        this.book = book;
        this.newRules = newRules;
        this.connection = connection;
        this.register = new FileRegister(connection, run);
        decoding.execute(() -> readAll(files));
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
    }

    /// The next item; null when all files are dealt with.
    ///
    /// @throws IOException if a file or the archive cannot be read or written
    @Nullable Item next() throws IOException, SQLException {
        Item item = taken();
        return switch (item) {
            case Done _ -> null;
            case Failed failed -> throw rethrown(failed.cause());
            case Unchanged _, Left _, Known _, Begin _, Records _, End _, Undecodable _ -> item;
        };
    }

    private Item taken() {
        try {
            return items.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while files were read");
        }
    }

    private static IllegalStateException rethrown(Throwable cause)
            throws IOException, SQLException {
        switch (cause) {
            case IOException e -> throw e;
            case SQLException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(cause);
        }
    }

    /// Stops reading.
    @Override
    public void close() throws SQLException {
        decoding.shutdownNow();
        archiving.shutdownNow();
        decoding.close();
        archiving.close();
        connection.close();
    }

    private void readAll(List<InboxFile> files) {
        try {
            FilesAhead ahead = new FilesAhead(files);
            for (Archived file = ahead.next(); file != null; file = ahead.next()) {
                read(file.found(), file.kept());
            }
            put(new Done());
        } catch (CancellationException e) {
            // Nobody waits for more.
            return;
        } catch (IOException | SQLException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void fail(Throwable cause) {
        try {
            items.put(new Failed(cause));
        } catch (InterruptedException e) {
            // Nobody waits for more.
            Thread.currentThread().interrupt();
        }
    }

    private void put(Item item) {
        try {
            items.put(item);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("reading was stopped");
        }
    }

    private void read(InboxFile found, @Nullable Kept kept) throws SQLException, IOException {
        if (kept == null) {
            put(new Left(found));
            return;
        }
        KeyedBook.Source source = book.source(found.switchId());
        FileRegister.Known known = register.ofContent(source.number(), kept);
        connection.commit();
        boolean isRead = known != null && !known.isQuarantined();
        if (isRead || !begun.add(found.switchId() + "/" + kept.sha256().hex())) {
            put(new Known(found, kept));
            return;
        }
        put(new Begin(found, kept));
        String corrupt = kept.corrupt();
        if (corrupt != null) {
            put(new Undecodable(corrupt));
            return;
        }
        Judged.Maker maker =
                new Judged.Maker(source.rules(), n -> true, judged -> put(new Records(judged)));
        try (InputStream content = archive.open(kept.path())) {
            source.decoder().decode(content, maker);
            maker.finish();
            put(new End());
        } catch (UndecodableException | CorruptFileException e) {
            put(new Undecodable(String.valueOf(e.getMessage())));
        }
    }

    private record Archived(InboxFile found, @Nullable Kept kept) {}

    /// The files that are not as they were, one after the other, the next ones on their way into
    /// the archive already.
    private final class FilesAhead {
        private final List<InboxFile> files;
        private final ArrayDeque<InboxFile> found = new ArrayDeque<>();
        private final ArrayDeque<Future<@Nullable Kept>> kept = new ArrayDeque<>();
        private int position;

        FilesAhead(List<InboxFile> files) {
            this.files = files;
        }

        @Nullable Archived next() throws SQLException, IOException {
            while (found.size() <= FILES_AHEAD && position < files.size()) {
                InboxFile file = files.get(position++);
                if (isUnchanged(file)) {
                    put(new Unchanged());
                } else {
                    found.add(file);
                    kept.add(archiving.submit(() -> archive.keep(file)));
                }
            }
            return found.isEmpty() ? null : new Archived(found.remove(), result(kept.remove()));
        }

        private boolean isUnchanged(InboxFile file) throws SQLException {
            FileRegister.Known sighted =
                    register.sighted(book.source(file.switchId()).number(), file);
            connection.commit();
            return sighted != null && !(sighted.isQuarantined() && newRules);
        }

        private static @Nullable Kept result(Future<@Nullable Kept> kept) throws IOException {
            try {
                return kept.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException cause) {
                    throw cause;
                }
                throw new IllegalStateException("a file cannot be archived", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("reading was stopped");
            }
        }
    }
}
