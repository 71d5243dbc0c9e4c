package org.tollkeeper.invoicing.store;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.traffic.CsvText;

/// The compressed call detail of one document while it is written. Rows are compressed by another
/// thread, in chunks whose bounds depend on the document's rows alone.
final class CallFile {

    private static final String HEADER =
            "switch,call_id,leg_id,setup_at,connect_at,duration_ms,calling,called,code,"
                    + "destination,origin,jurisdiction,band,tier_from,billed_seconds,rate,setup,"
                    + "amount,currency\n";

    private static final int CHUNK_BYTES = 1 << 15;
    private static final int CHUNK_ROOM_BYTES = CHUNK_BYTES + (1 << 12);
    private static final int COMPRESSED_BLOCK_BYTES = 1 << 13;

    private final Compressor compressor;
    private final ExecutorService thread;
    private final GZIPOutputStream compressed;
    private CsvText text = new CsvText(CHUNK_ROOM_BYTES);

    CallFile(OutputStream out, Compressor compressor) throws IOException {
        this.compressor = compressor;
        this.thread = compressor.next();
        this.compressed = quickly(out);
        text.ascii(HEADER);
    }

    /// Compresses at the speed at which rows come: a third of the time for a fifth more bytes.
    private static GZIPOutputStream quickly(OutputStream out) throws IOException {
        return new GZIPOutputStream(out, COMPRESSED_BLOCK_BYTES) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        };
    }

    /// Where the next row is written to; each row is followed by [#endOfRow()].
    CsvText text() {
        return text;
    }

    void endOfRow() {
        text.endOfRow();
        if (text.length() >= CHUNK_BYTES) {
            pass();
        }
    }

    private void pass() {
        CsvText filled = text;
        text = compressor.take();
        compressor.run(
                thread,
                () -> {
                    compressed.write(filled.bytes(), 0, filled.length());
                    compressor.give(filled);
                });
    }

    /// Ends the file, once all that was handed to the compressor is done.
    void finish() {
        pass();
        compressor.run(thread, compressed::close);
    }

    /// The threads that compress, and the chunks that wait for them. A file stays with its thread,
    /// so that its chunks keep their order.
    static final class Compressor implements AutoCloseable {

        private static final int WAITING_CHUNKS = 512;
        private static final int MOST_THREADS = 4;

        private final List<ExecutorService> threads =
                Stream.generate(Compressor::thread).limit(threadCount()).toList();
        private int fileCount;
        private final Semaphore room = new Semaphore(WAITING_CHUNKS);
        private final Queue<CsvText> free = new ConcurrentLinkedQueue<>();
        private volatile @Nullable Throwable failure;

        /// What a chunk is for.
        @FunctionalInterface
        interface Work {
            void run() throws IOException;
        }

        /// As many as there are processors, up to four: rows come in bursts.
        private static int threadCount() {
            return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
        }

        private static ExecutorService thread() {
            return Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("compress").factory());
        }

        /// The thread of one more file.
        private ExecutorService next() {
            return threads.get(fileCount++ % threads.size());
        }

        private CsvText take() {
            CsvText used = free.poll();
            return used == null ? new CsvText(CHUNK_ROOM_BYTES) : used;
        }

        private void give(CsvText used) {
            used.clear();
            free.add(used);
        }

        private void run(ExecutorService thread, Work work) {
            room.acquireUninterruptibly();
            thread.execute(() -> {
                try {
                    if (failure == null) {
                        work.run();
                    }
                } catch (IOException | RuntimeException | Error e) {
                    failure = e; // whatever it is: the file lacks a chunk
                } finally {
                    room.release();
                }
            });
        }

        /// Waits until all is compressed.
        void await() throws IOException {
            room.acquireUninterruptibly(WAITING_CHUNKS);
            room.release(WAITING_CHUNKS);
            Throwable failed = failure;
            if (failed != null) {
                throw new IOException("call detail was not compressed: " + failed, failed);
            }
        }

        @Override
        public void close() {
            threads.forEach(ExecutorService::close);
        }
    }
}
