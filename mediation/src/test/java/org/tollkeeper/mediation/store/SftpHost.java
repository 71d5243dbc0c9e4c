package org.tollkeeper.mediation.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Pickup;

/// A host on loopback that gives files away over SFTP, and can be made to misbehave.
final class SftpHost implements AutoCloseable {

    static final String PASSWORD = "s3cret";

    private final SshServer server = SshServer.setUpDefaultServer();
    private final KeyPair key = newKey();
    final Path root;
    private final List<Long> offsets = new ArrayList<>();
    private @Nullable Reading reading;

    /// What happens when a client reads.
    interface Reading {
        void at(Path file, long offset) throws IOException;
    }

    SftpHost(Path root, @Nullable KeyPair clientKey) throws IOException {
        this.root = root;
        Files.createDirectories(root.resolve("out"));
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
        server.setPasswordAuthenticator(
                (user, password, session) -> user.equals("us") && password.equals(PASSWORD));
        if (clientKey != null) {
            server.setPasswordAuthenticator(null);
            server.setPublickeyAuthenticator((user, offered, session) ->
                    KeyUtils.compareKeys(clientKey.getPublic(), offered));
        }
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory();
        sftp.addSftpEventListener(
                new SftpEventListener() {
                    @Override
                    public void reading(
                            ServerSession session,
                            String remoteHandle,
                            FileHandle handle,
                            long offset,
                            byte[] data,
                            int dataOffset,
                            int dataLength)
                            throws IOException {
                        synchronized (offsets) {
                            offsets.add(offset);
                        }
                        Reading now = reading;
                        if (now != null) {
                            now.at(handle.getFile(), offset);
                        }
                    }
                });
        server.setSubsystemFactories(List.of(sftp));
        server.start();
    }

    /// A key of the kind that `ssh-keygen` makes by itself.
    static KeyPair newKey() {
        try {
            return SecurityUtils.getKeyPairGenerator("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void whenRead(@Nullable Reading reading) {
        this.reading = reading;
    }

    /// The offsets that clients read from since the last time it was asked.
    List<Long> offsets() {
        synchronized (offsets) {
            List<Long> seen = List.copyOf(offsets);
            offsets.clear();
            return seen;
        }
    }

    String fingerprint() {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key.getPublic());
    }

    /// Puts a file into its folder, written an hour before the night.
    Path file(String name, byte[] content) {
        return file(name, content, Bench.NOW.minusSeconds(3600));
    }

    Path file(String name, byte[] content, Instant modified) {
        try {
            Path file = Files.write(root.resolve("out").resolve(name), content);
            return Files.setLastModifiedTime(file, FileTime.from(modified));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Pickup pickup(String id, String files, String moveTo) {
        return new Pickup(
                id,
                "sw",
                "127.0.0.1",
                server.getPort(),
                "us",
                List.of(fingerprint()),
                "",
                "SFTP_PASSWORD",
                "/out",
                files,
                moveTo,
                60,
                20);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
