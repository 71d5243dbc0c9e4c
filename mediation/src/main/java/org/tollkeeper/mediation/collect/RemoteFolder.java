package org.tollkeeper.mediation.collect;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A folder on another host, as long as the connection stands. What goes wrong with one file is a
/// [RefusedException]; any other [IOException] ends the connection.
public interface RemoteFolder extends AutoCloseable {

    /// Its regular files; folders, links and the like are none.
    List<RemoteFile> files() throws IOException;

    /// A file as it is now, or null if it is gone.
    @Nullable RemoteFile look(String name) throws IOException;

    /// The content of a file from an offset on.
    InputStream read(String name, long offset) throws IOException;

    /// Moves a file into another folder, where no file of its name may be.
    void move(String name, String folder) throws IOException;

    @Override
    void close();

    /// The host will not do this with this file; others are not concerned.
    final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        public RefusedException(String reason) {
            super(reason);
        }
    }
}
