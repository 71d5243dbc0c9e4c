package org.tollkeeper.db.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.DatabaseException;

/// The files an embedded PostgreSQL has in a home folder.
///
/// | file | holds |
/// |---|---|
/// | `postgres/` | the data folder |
/// | `postgres.log` | what the server logs |
/// | `postgres.port` | the port it listens on, kept from start to start while it is free |
/// | `postgres.lock` | locked, shared, by every program that uses the server |
/// | `postgres.start.lock` | locked by the one program that is starting it |
/// | `postgres.password`, `tollkeeper.password` | the roles' passwords, for the user's eyes only |
record PostgresHome(Path home) {

    private static final int PASSWORD_BYTES = 24;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    Path data() {
        return home.resolve("postgres");
    }

    Path unfinishedData() {
        return home.resolve("postgres.unfinished");
    }

    Path log() {
        return home.resolve("postgres.log");
    }

    Path programOutput() {
        return home.resolve("postgres.out");
    }

    Path useLock() {
        return home.resolve("postgres.lock");
    }

    Path startLock() {
        return home.resolve("postgres.start.lock");
    }

    Path postmasterFile() {
        return data().resolve("postmaster.pid");
    }

    private Path portFile() {
        return home.resolve("postgres.port");
    }

    Path passwordFile(String role) {
        return home.resolve(role + ".password");
    }

    /// The role's password, made up and stored when the data folder is still to be created.
    String password(String role) throws IOException {
        Path file = passwordFile(role);
        if (Files.notExists(file)) {
            if (Files.exists(data())) {
                throw new DatabaseException(
                        "%s is missing: it holds the password of role %s of the database in %s;"
                                        .formatted(file, role, data())
                                + " restore it from where the home folder was copied from");
            }
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            // Owner-only before the first byte, and whole or absent.
            Path unfinished = Files.createTempFile(home, role, ".unfinished", OWNER_ONLY);
            Files.writeString(unfinished, HexFormat.of().formatHex(random));
            Files.move(unfinished, file);
        }
        return Files.readString(file).strip();
    }

    /// The port of the last start if it is still free, else any free one; recorded.
    int choosePort() throws IOException {
        int port = isFree(recordedPort()) ? recordedPort() : anyFreePort();
        Files.writeString(portFile(), port + "\n");
        return port;
    }

    /// Forgets the recorded port, because something else took it.
    void forgetPort() throws IOException {
        Files.deleteIfExists(portFile());
    }

    private int recordedPort() throws IOException {
        if (Files.notExists(portFile())) {
            return 0;
        }
        String port = Files.readString(portFile()).strip();
        return port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0;
    }

    private static boolean isFree(int port) {
        if (port < 1024 || port > 65_535) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket(port, 1, loopback())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static int anyFreePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /// What `postmaster.pid` says of a running server, or null when there is none or it is being
    /// written.
    @Nullable Postmaster postmaster() throws IOException {
        if (Files.notExists(postmasterFile())) {
            return null;
        }
        List<String> lines = Files.readAllLines(postmasterFile());
        if (lines.size() < 4 || !lines.get(0).matches("\\d+") || !lines.get(3).matches("\\d+")) {
            return null;
        }
        return new Postmaster(Long.parseLong(lines.get(0)), Integer.parseInt(lines.get(3)), data());
    }

    /// The last lines of the server's log, for a message about a start that failed.
    String lastLogLines() throws IOException {
        if (Files.notExists(log())) {
            return "(no log)";
        }
        List<String> lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }
}
