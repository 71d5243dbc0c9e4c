package org.tollkeeper.db.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.tollkeeper.db.DatabaseException;

/// The running PostgreSQL of one home folder, shared by all who use it.
///
/// [#use(Path)] finds it running, left behind by a program that was killed, or not at all, and
/// starts it where it must. Every user closes what it got; the last one to leave, in this program
/// or another, stops the server. Ctrl-C counts as leaving.
public final class PostgresServer implements AutoCloseable {

    /// The role that owns the database and is no superuser.
    public static final String OWNER = "tollkeeper";

    private static final Map<Path, PostgresServer> SERVERS = new HashMap<>();

    private final PostgresStart start;
    private final SharedUse use;
    private final Thread leaveAtExit;
    private final int port;
    private int userCount = 1;

    private PostgresServer(PostgresStart start, SharedUse use, int port) {
        this.start = start;
        this.use = use;
        this.port = port;
        this.leaveAtExit = new Thread(this::leave, "postgres-stop");
    }

    /// The server of a home folder, durable and tuned for bulk loads, ready for connections.
    ///
    /// @throws DatabaseException when it cannot be started, with the end of its log
    public static PostgresServer use(Path home) {
        return use(home, PostgresSettings.bulkLoad());
    }

    /// The same without waiting for the disk at commits, for data that nobody needs afterwards.
    public static PostgresServer useDisposable(Path home) {
        return use(home, PostgresSettings.disposable());
    }

    private static PostgresServer use(Path home, PostgresSettings settings) {
        try {
            Files.createDirectories(home);
            Path folder = home.toRealPath();
            synchronized (SERVERS) {
                PostgresServer running = SERVERS.get(folder);
                if (running != null) {
                    running.userCount++;
                    return running;
                }
                PostgresServer server = begin(new PostgresHome(folder), settings);
                SERVERS.put(folder, server);
                Runtime.getRuntime().addShutdownHook(server.leaveAtExit);
                return server;
            }
        } catch (IOException e) {
            throw new DatabaseException(
                    "the embedded PostgreSQL cannot use the folder " + home + ": " + e, e);
        }
    }

    private static PostgresServer begin(PostgresHome home, PostgresSettings settings)
            throws IOException {
        PostgresBinaries binaries = PostgresBinaries.unpacked(System.getenv());
        PostgresStart start = new PostgresStart(home, settings, binaries);
        try (FileChannel startLock = SharedUse.open(home.startLock())) {
            startLock.lock();
            SharedUse use = SharedUse.begin(home.useLock());
            try {
                return new PostgresServer(start, use, start.port());
            } catch (IOException | RuntimeException e) {
                try (use) {
                    if (use.endsAsLast()) {
                        start.stop();
                    }
                }
                throw e;
            }
        }
    }

    /// The URL of the database `tollkeeper` for its owner, without the password.
    public String jdbcUrl() {
        return start.jdbcUrl(port, "tollkeeper", OWNER);
    }

    /// The password of [#OWNER], from the home folder.
    public String ownerPassword() {
        return start.password(OWNER);
    }

    /// The URL of a database for the superuser, without the password; for maintenance.
    public String superuserJdbcUrl(String database) {
        return start.jdbcUrl(port, database, PostgresStart.SUPERUSER);
    }

    /// The superuser's password, from the home folder.
    public String superuserPassword() {
        return start.password(PostgresStart.SUPERUSER);
    }

    public int port() {
        return port;
    }

    /// The process number of the server.
    ///
    /// @throws DatabaseException when it died
    public long pid() {
        try {
            Postmaster postmaster = start.home().postmaster();
            if (postmaster == null) {
                throw new DatabaseException(
                        "the embedded PostgreSQL stopped by itself; see " + start.home().log());
            }
            return postmaster.pid();
        } catch (IOException e) {
            throw new DatabaseException("the server's process file cannot be read: " + e, e);
        }
    }

    /// Ends one use; the last one stops the server.
    @Override
    public void close() {
        synchronized (SERVERS) {
            if (SERVERS.get(start.home().home()) != this || --userCount > 0) {
                return;
            }
            leave();
            try {
                Runtime.getRuntime().removeShutdownHook(leaveAtExit);
            } catch (IllegalStateException e) {
                // The program is ending, and the hook will find nothing left to do.
            }
        }
    }

    private void leave() {
        synchronized (SERVERS) {
            if (!SERVERS.remove(start.home().home(), this)) {
                return;
            }
            try (use) {
                if (use.endsAsLast()) {
                    start.stop();
                }
            } catch (IOException e) {
                throw new DatabaseException("the embedded PostgreSQL cannot be left: " + e, e);
            }
        }
    }

    /// Lets go of the server without stopping it, as a program does that is killed.
    void abandon() throws IOException {
        synchronized (SERVERS) {
            SERVERS.remove(start.home().home(), this);
            Runtime.getRuntime().removeShutdownHook(leaveAtExit);
            use.close();
        }
    }
}
