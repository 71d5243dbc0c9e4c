package org.tollkeeper.mediation.collect;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Pickup;

/// A pickup's folder over SFTP (Apache MINA SSHD). The host must have one of the keys that the book
/// pins, and nothing on this machine but what the pickup names is used to log in.
public final class SftpFolder implements RemoteFolder {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_FILES = 200_000;
    private static final int BUFFER_BYTES = 128 * 1024;

    private final SshClient ssh;
    private final ClientSession session;
    private final SftpClient sftp;
    private final String folder;

    private SftpFolder(SshClient ssh, ClientSession session, SftpClient sftp, String folder) {
        this.ssh = ssh;
        this.session = session;
        this.sftp = sftp;
        this.folder = folder.endsWith("/") ? folder : folder + "/";
    }

    /// Logs in.
    ///
    /// @param environment gives the value of an environment variable, or null
    /// @throws IOException with a message for people, if that cannot be
    public static SftpFolder open(Pickup pickup, Function<String, @Nullable String> environment)
            throws IOException {
        PinnedKey pinned = new PinnedKey(pickup.hostKeys());
        SshClient ssh = SshClient.setUpDefaultClient();
        ssh.setServerKeyVerifier(pinned);
        ssh.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        ssh.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        ssh.setFilePasswordProvider(FilePasswordProvider.EMPTY);
        boolean done = false;
        try {
            ssh.start();
            ClientSession session = logIn(ssh, pickup, environment);
            SftpClient sftp = SftpClientFactory.instance().createSftpClient(session);
            done = true;
            return new SftpFolder(ssh, session, sftp, pickup.folder());
        } catch (IOException e) {
            throw pinned.presented == null ? e : new IOException(pinned.mismatch(), e);
        } catch (RuntimeException e) {
            throw nonsense(e);
        } finally {
            if (!done) {
                ssh.stop();
            }
        }
    }

    private static ClientSession logIn(
            SshClient ssh, Pickup pickup, Function<String, @Nullable String> environment)
            throws IOException {
        String variable = pickup.passwordVariable();
        String password = variable.isEmpty() ? null : environment.apply(variable);
        if (!variable.isEmpty() && (password == null || password.isEmpty())) {
            throw new IOException(
                    "the environment variable %s, which should hold the password, is not set"
                            .formatted(variable));
        }
        Iterable<KeyPair> keys =
                pickup.keyFile().isEmpty() ? List.of() : keys(pickup.keyFile(), password);
        ClientSession session =
                ssh.connect(pickup.user(), pickup.host(), pickup.port())
                        .verify(PATIENCE)
                        .getSession();
        keys.forEach(session::addPublicKeyIdentity);
        if (pickup.keyFile().isEmpty() && password != null) {
            session.addPasswordIdentity(password);
        }
        session.auth().verify(PATIENCE);
        return session;
    }

    private static Iterable<KeyPair> keys(String keyFile, @Nullable String passphrase)
            throws IOException {
        FilePasswordProvider provider =
                passphrase == null
                        ? FilePasswordProvider.EMPTY
                        : FilePasswordProvider.of(passphrase);
        Path file = Path.of(keyFile);
        try (InputStream in = Files.newInputStream(file)) {
            Iterable<KeyPair> keys =
                    SecurityUtils.loadKeyPairIdentities(
                            null, NamedResource.ofName(keyFile), in, provider);
            if (keys == null) {
                throw new GeneralSecurityException("it holds no private key");
            }
            return keys;
        } catch (NoSuchFileException e) {
            throw new IOException("there is no key file " + keyFile, e);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IOException(
                    "the key file %s cannot be used (is its passphrase right?): %s"
                            .formatted(keyFile, e.getMessage()),
                    e);
        }
    }

    @Override
    public List<RemoteFile> files() throws IOException {
        List<RemoteFile> files = new ArrayList<>();
        try (SftpClient.CloseableHandle handle = sftp.openDir(folder)) {
            int count = 0;
            for (var some = sftp.readDir(handle); some != null; some = sftp.readDir(handle)) {
                for (SftpClient.DirEntry entry : some) {
                    if (++count > MOST_FILES) {
                        throw new IOException(
                                "the folder has more than %,d entries".formatted(MOST_FILES));
                    }
                    if (entry.getAttributes().isRegularFile()) {
                        files.add(file(entry.getFilename(), entry.getAttributes()));
                    }
                }
            }
        } catch (SftpException e) {
            throw new IOException(
                    "the folder %s cannot be listed: %s".formatted(folder, e.getMessage()), e);
        } catch (RuntimeException e) {
            throw nonsense(e);
        }
        return files;
    }

    @Override
    public @Nullable RemoteFile look(String name) throws IOException {
        try {
            return file(name, sftp.lstat(folder + name));
        } catch (SftpException e) {
            if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
                return null;
            }
            throw refused(e);
        } catch (RuntimeException e) {
            throw nonsense(e);
        }
    }

    /// The client takes it for a matter of course that a host keeps to the protocol.
    private static IOException nonsense(RuntimeException e) {
        return new IOException("the host's answer cannot be understood: " + e, e);
    }

    private static RemoteFile file(String name, SftpClient.Attributes attributes) {
        return new RemoteFile(
                name,
                attributes.getSize(),
                attributes.getModifyTime() == null
                        ? 0
                        : attributes.getModifyTime().toMillis() / 1000);
    }

    @Override
    public InputStream read(String name, long offset) throws IOException {
        try {
            InputStream in = sftp.read(folder + name, BUFFER_BYTES);
            in.skipNBytes(offset);
            return new Told(in);
        } catch (SftpException e) {
            throw refused(e);
        } catch (RuntimeException e) {
            throw nonsense(e);
        }
    }

    @Override
    public void move(String name, String target) throws IOException {
        String place = (target.endsWith("/") ? target : target + "/") + name;
        try {
            if (exists(place)) {
                throw new RefusedException(place + " exists already");
            }
            sftp.rename(folder + name, place);
        } catch (SftpException e) {
            throw refused(e);
        } catch (RuntimeException e) {
            throw nonsense(e);
        }
    }

    private boolean exists(String path) throws IOException {
        try {
            var _ = sftp.lstat(path);
            return true;
        } catch (SftpException e) {
            if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
                return false;
            }
            throw e;
        }
    }

    private static RefusedException refused(SftpException e) {
        return new RefusedException(
                "%s (%s)".formatted(e.getMessage(), SftpConstants.getStatusName(e.getStatus())));
    }

    @Override
    public void close() {
        try {
            sftp.close();
            session.close();
        } catch (IOException | RuntimeException e) {
            // Whatever it was, the connection ends now.
            return;
        } finally {
            ssh.stop();
        }
    }

    /// What the host says of one file, told as a refusal.
    private static final class Told extends FilterInputStream {

        Told(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (SftpException e) {
                throw refused(e);
            } catch (RuntimeException e) {
                throw nonsense(e);
            }
        }
    }

    /// Lets a host pass that has one of some keys, and remembers what it has instead.
    private static final class PinnedKey implements ServerKeyVerifier {

        private final List<String> fingerprints;
        private volatile @Nullable String presented;

        PinnedKey(List<String> fingerprints) {
            this.fingerprints = fingerprints;
        }

        @Override
        public boolean verifyServerKey(
                ClientSession session, SocketAddress address, PublicKey key) {
            String fingerprint = KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
            boolean isPinned = fingerprints.contains(fingerprint);
            presented = isPinned ? null : fingerprint;
            return isPinned;
        }

        String mismatch() {
            return "the host has the key %s; expected one of the pinned %s"
                    .formatted(presented, String.join(", ", fingerprints));
        }
    }
}
