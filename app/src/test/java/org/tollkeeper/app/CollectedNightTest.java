package org.tollkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nights whose files lie on another host.
class CollectedNightTest {

    @TempDir private Path folder;

    @Test
    void a_night_collects_first_and_goes_on_when_the_host_is_down() throws Exception {
        Path book = SmallBook.copyTo(folder.resolve("book"));
        Path remote = SmallInbox.write(folder.resolve("remote"), 7, 4, 50);
        try (Stream<Path> files = Files.list(remote.resolve("ork1"))) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(
                        file, FileTime.from(Instant.parse(Program.NOW).minusSeconds(600)));
            }
        }
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        KeyPair key = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        Path keyFile = folder.resolve("key");
        Files.writeString(
                keyFile,
                "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                        .formatted(
                                Base64.getMimeEncoder()
                                        .encodeToString(key.getPrivate().getEncoded())));
        Program program = Program.in(folder.resolve("home"));
        Object[] nightly = {
            "nightly",
            "--book",
            book,
            "--inbox",
            inbox,
            "--out",
            folder.resolve("out"),
            "--through",
            SmallBook.THROUGH
        };
        try (SshServer server = serve(remote, key)) {
            Files.writeString(
                    book.resolve("collect.yaml"),
                    """
                    - id: cork
                      switch: ork1
                      host: 127.0.0.1
                      port: %d
                      user: us
                      hostKeys: ["%s"]
                      keyFile: %s
                      folder: /ork1
                      files: "*.csv"
                    """
                            .formatted(
                                    server.getPort(),
                                    KeyUtils.getFingerPrint(BuiltinDigests.sha256, key.getPublic()),
                                    keyFile));
            Program.Outcome night = program.run(nightly);
            assertThat(night.exitCode()).as(night.err()).isZero();
            assertThat(night.out()).contains("collected   cork: 2 files", "mediated    2 files");
            assertThat(program.run(nightly).out()).contains("collected   cork: 0 files");
            assertThat(folder.resolve("out/run.json")).content().contains("\"cork\"");
        }
        Program.Outcome night = program.run(nightly);
        assertThat(night.exitCode()).as(night.err()).isZero();
        assertThat(night.out()).contains("failed: sftp://us@127.0.0.1:");
        Program.Outcome alone = program.run("collect", "--inbox", inbox);
        assertThat(alone.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(alone.out()).contains("failed: sftp://us@127.0.0.1:");
        assertThat(program.run("status").out()).contains("Pickups", "cork", "2 files", "failed:");
    }

    /// A host whose key is also the one that lets us in.
    private static SshServer serve(Path root, KeyPair key) throws Exception {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
        server.setPublickeyAuthenticator(
                (user, offered, session) -> KeyUtils.compareKeys(key.getPublic(), offered));
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.start();
        return server;
    }
}
