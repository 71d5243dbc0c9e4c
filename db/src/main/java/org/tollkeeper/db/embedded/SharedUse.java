package org.tollkeeper.db.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A program's mark that it uses the server: a shared lock on a file, which the system takes back
/// when the program dies, however it dies.
///
/// Who leaves gives the shared lock back and then tries for the exclusive one; only the last user
/// can get it, and while it is held nobody can begin to use the server. One object per program and
/// file, because a lock belongs to the process and any closing of the file drops it.
final class SharedUse implements AutoCloseable {

    private final FileChannel channel;
    private FileLock shared;

    private SharedUse(FileChannel channel, FileLock shared) {
        this.channel = channel;
        this.shared = shared;
    }

    /// Waits for a user who is stopping the server to be done with it.
    static SharedUse begin(Path file) throws IOException {
        FileChannel channel = open(file);
        try {
            return new SharedUse(channel, channel.lock(0, Long.MAX_VALUE, true));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Whether this was the last use; if so it is now exclusive until closed.
    boolean endsAsLast() throws IOException {
        shared.release();
        FileLock exclusive = channel.tryLock();
        if (exclusive == null) {
            return false;
        }
        shared = exclusive;
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
