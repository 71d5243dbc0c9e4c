package org.tollkeeper.mediation.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.mediation.collect.SftpFolder;
import org.tollkeeper.model.Pickup;
import org.tollkeeper.model.TrunkDirection;

/// Collecting from a real SFTP server on loopback.
class CollectionTest {

    private static final byte[] CALLS = Cdr.file(Cdr.call("x"), Cdr.call("y")).getBytes(UTF_8);

    @TempDir Path folder;
    private Bench bench;
    private SftpHost host;
    private String password = SftpHost.PASSWORD;

    @BeforeEach
    void open() throws IOException {
        TestBook book =
                TestBook.of(
                        TestBook.canonical("sw"),
                        TestBook.trunk("sw", "IN", "ACME", TrunkDirection.IN),
                        TestBook.trunk("sw", "OUT", "BETA", TrunkDirection.OUT));
        bench = new Bench(folder, book);
        host = new SftpHost(folder.resolve("host"), null);
    }

    @AfterEach
    void close() throws IOException {
        bench.close();
        host.close();
    }

    @Test
    void a_file_is_collected_once_and_mediated_even_when_the_inbox_is_emptied() throws Exception {
        book(host.pickup("acme", "*.csv", ""));
        Path remote = host.file("calls.csv", CALLS);
        host.file("notes.txt", CALLS);
        host.file("half.csv.part", CALLS);
        host.file("fresh.csv", CALLS, Bench.NOW.minusSeconds(59));
        Files.createDirectories(folder.resolve("host/out/folder.csv"));
        Collected.Visit visit = collect();
        assertThat(visit.failure()).isNull();
        assertThat(visit.fileCount()).isOne();
        assertThat(visit.byteCount()).isEqualTo(CALLS.length);
        assertThat(visit.leftCount()).as("fresh.csv").isOne();
        assertThat(visit.refused()).isEmpty();
        assertThat(inbox()).containsExactly("sw/calls.csv");
        assertThat(bench.inbox.resolve("sw/calls.csv")).hasBinaryContent(CALLS);
        assertThat(remote).exists();
        assertThat(bench.mediate().totals().calls()).isEqualTo(2);
        Files.delete(bench.inbox.resolve("sw/calls.csv"));
        bench.now = Bench.NOW.plusSeconds(1);
        assertThat(collect().fileCount()).as("fresh.csv, now quiet").isOne();
        assertThat(collect().fileCount()).isZero();
        assertThat(inbox()).containsExactly("sw/fresh.csv");
    }

    @Test
    void what_was_collected_is_moved_away_once_it_is_safe() throws Exception {
        book(host.pickup("acme", "*", "/done"));
        host.file("a.csv", CALLS);
        Collected.Visit visit = collect();
        assertThat(visit.fileCount()).isOne();
        assertThat(visit.refused()).singleElement().asString().contains("'a.csv'", "/done");
        Files.createDirectories(folder.resolve("host/done"));
        visit = collect();
        assertThat(visit.fileCount()).isZero();
        assertThat(visit.refused()).isEmpty();
        assertThat(folder.resolve("host/done/a.csv")).hasBinaryContent(CALLS);
        assertThat(folder.resolve("host/out/a.csv")).doesNotExist();
        host.file("a.csv", Cdr.file(Cdr.call("z")).getBytes(UTF_8));
        visit = collect();
        assertThat(visit.fileCount()).isOne();
        assertThat(visit.refused()).singleElement().asString().contains("exists already");
        assertThat(folder.resolve("host/done/a.csv")).hasBinaryContent(CALLS);
    }

    @Test
    void a_name_that_is_used_again_never_costs_a_file() throws Exception {
        book(host.pickup("acme", "*", ""));
        host.file("cdr.csv", CALLS);
        var _ = collect();
        byte[] next = Cdr.file(Cdr.call("z")).getBytes(UTF_8);
        host.file("cdr.csv", next);
        assertThat(collect().fileCount()).isOne();
        assertThat(inbox()).containsExactly("sw/cdr.csv", "sw/~20250110T020000Z/cdr.csv");
        assertThat(bench.inbox.resolve("sw/cdr.csv")).hasBinaryContent(CALLS);
        assertThat(bench.inbox.resolve("sw/~20250110T020000Z/cdr.csv")).hasBinaryContent(next);
        assertThat(bench.mediate().totals().calls()).isEqualTo(3);
    }

    @Test
    void a_transfer_that_breaks_off_goes_on_where_it_was() throws Exception {
        book(host.pickup("acme", "*", ""));
        byte[] large = new byte[18_000_000];
        new Random(7).nextBytes(large);
        host.file("large.bin", large);
        host.whenRead((file, offset) -> {
            if (offset > 12_000_000) {
                throw new IOException("the disk is on fire");
            }
        });
        Collected.Visit visit = collect();
        assertThat(visit.fileCount()).isZero();
        assertThat(Stream.concat(visit.refused().stream(), Stream.ofNullable(visit.failure())))
                .singleElement()
                .asString()
                .contains("127.0.0.1");
        assertThat(inbox()).isEmpty();
        var _ = host.offsets();
        host.whenRead(null);
        assertThat(collect().fileCount()).isOne();
        assertThat(host.offsets()).isNotEmpty().allMatch(offset -> offset >= 8L << 20);
        assertThat(bench.inbox.resolve("sw/large.bin")).hasBinaryContent(large);
        assertThat(bench.inbox.resolve("sw").toFile().list()).hasSize(1);
    }

    @Test
    void a_file_that_changes_while_it_is_fetched_is_left() throws Exception {
        book(host.pickup("acme", "*", ""));
        Path remote = host.file("growing.csv", CALLS);
        host.whenRead((file, offset) -> Files.write(remote, CALLS, StandardOpenOption.APPEND));
        Collected.Visit visit = collect();
        assertThat(visit.fileCount()).isZero();
        assertThat(visit.leftCount()).isOne();
        assertThat(inbox()).isEmpty();
        host.whenRead(null);
        Files.setLastModifiedTime(remote, FileTime.from(Bench.NOW.minusSeconds(61)));
        assertThat(collect().fileCount()).isOne();
        assertThat(bench.inbox.resolve("sw/growing.csv"))
                .hasBinaryContent(Files.readAllBytes(remote));
    }

    @Test
    void hostile_names_and_sizes_are_refused_by_name() throws Exception {
        book(host.pickup("acme", "*", ""));
        host.file("up\\..\\etc.csv", CALLS);
        host.file("bell\u0007.csv", CALLS);
        host.file("good.csv", CALLS);
        host.file("huge.bin", new byte[20_000_001]);
        Files.createSymbolicLink(
                folder.resolve("host/out/link.csv"), folder.resolve("host/out/good.csv"));
        Collected.Visit visit = collect();
        assertThat(visit.failure()).isNull();
        assertThat(inbox()).containsExactly("sw/good.csv");
        assertThat(visit.refused())
                .allMatch(text -> text.startsWith("sftp://us@127.0.0.1:"))
                .satisfiesExactlyInAnyOrder(
                        text ->
                                assertThat(text)
                                        .endsWith(
                                                "'bell?.csv': it has control characters or is not in UTF-8"),
                        text -> assertThat(text).contains("'huge.bin': it has 20,000,001 bytes"),
                        text -> assertThat(text).endsWith("it leads to another folder"));
    }

    @Test
    void a_host_that_is_down_or_not_ours_stops_nothing_else() throws Exception {
        Pickup good = host.pickup("c-good", "*", "");
        SftpHost gone = new SftpHost(folder.resolve("gone"), null);
        Pickup down = gone.pickup("a-down", "*", "");
        gone.close();
        Pickup changed =
                new Pickup(
                        "b-changed",
                        "sw",
                        good.host(),
                        good.port(),
                        good.user(),
                        List.of("SHA256:" + "A".repeat(43)),
                        "",
                        good.passwordVariable(),
                        good.folder(),
                        "*",
                        "",
                        60,
                        20);
        book(down, changed, good);
        host.file("calls.csv", CALLS);
        List<Collected.Visit> visits = collectAll().visits();
        assertThat(visits)
                .extracting(Collected.Visit::failure)
                .satisfiesExactly(
                        text -> assertThat(text).contains("sftp://us@127.0.0.1:" + down.port()),
                        text ->
                                assertThat(text)
                                        .contains(
                                                "the host has the key " + host.fingerprint(),
                                                "SHA256:AAAA"),
                        text -> assertThat(text).isNull());
        assertThat(inbox()).containsExactly("sw/calls.csv");
        assertThat(bench.rows("select pickup, failure is null from collection order by pickup"))
                .containsExactly("a-down f", "b-changed f", "c-good t");
    }

    @Test
    void a_password_comes_from_the_environment_and_must_be_right() throws Exception {
        book(host.pickup("acme", "*", ""));
        host.file("calls.csv", CALLS);
        password = "";
        assertThat(collect().failure()).contains("SFTP_PASSWORD", "is not set");
        password = "wrong";
        assertThat(collect().failure()).contains("127.0.0.1").doesNotContain("wrong");
        assertThat(inbox()).isEmpty();
    }

    @Test
    void a_key_file_logs_in_with_its_passphrase() throws Exception {
        KeyPair key = SftpHost.newKey();
        Path file = folder.resolve("key");
        OpenSSHKeyEncryptionContext encryption = new OpenSSHKeyEncryptionContext();
        encryption.setPassword(SftpHost.PASSWORD);
        encryption.setCipherType("256");
        try (OutputStream out = Files.newOutputStream(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "us", encryption, out);
        }
        try (SftpHost keyed = new SftpHost(folder.resolve("keyed"), key)) {
            Pickup plain = keyed.pickup("acme", "*", "");
            book(
                    new Pickup(
                            plain.id(),
                            plain.switchId(),
                            plain.host(),
                            plain.port(),
                            plain.user(),
                            plain.hostKeys(),
                            file.toString(),
                            plain.passwordVariable(),
                            plain.folder(),
                            plain.files(),
                            "",
                            60,
                            20));
            keyed.file("calls.csv", CALLS);
            Collected.Visit visit = collect();
            assertThat(visit.failure()).isNull();
            assertThat(visit.fileCount()).isOne();
            password = "wrong";
            assertThat(collect().failure()).contains("the key file " + file, "cannot be used");
        }
    }

    private void book(Pickup... pickups) throws Exception {
        try (Connection connection = bench.database.connect()) {
            for (Pickup pickup : pickups) {
                try (PreparedStatement insert =
                        connection.prepareStatement(
                                """
                                insert into pickup_version values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                                    ?, ?, 1)\
                                """)) {
                    insert.setString(1, pickup.id());
                    insert.setString(2, pickup.host());
                    insert.setInt(3, pickup.port());
                    insert.setString(4, pickup.user());
                    insert.setArray(
                            5, connection.createArrayOf("text", pickup.hostKeys().toArray()));
                    insert.setString(6, pickup.keyFile());
                    insert.setString(7, pickup.passwordVariable());
                    insert.setString(8, pickup.folder());
                    insert.setString(9, pickup.files());
                    insert.setString(10, pickup.moveTo());
                    insert.setInt(11, pickup.quietSeconds());
                    insert.setInt(12, pickup.maxMegabytes());
                    insert.executeUpdate();
                }
            }
            connection.commit();
        }
    }

    private Collected.Visit collect() throws Exception {
        List<Collected.Visit> visits = collectAll().visits();
        assertThat(visits).hasSize(1);
        return visits.getFirst();
    }

    private Collected collectAll() throws Exception {
        try (Connection connection = bench.database.connect()) {
            Run run = Run.begin(connection, "collect", "", bench.now);
            connection.commit();
            Collected collected =
                    new Collection(
                                    bench.database,
                                    pickup -> SftpFolder.open(pickup, this::environment))
                            .collect(run, bench.inbox, n -> {});
            run.end(connection, true, bench.now);
            connection.commit();
            return collected;
        }
    }

    private @Nullable String environment(String variable) {
        return variable.equals("SFTP_PASSWORD") && !password.isEmpty() ? password : null;
    }

    private List<String> inbox() throws IOException {
        try (Stream<Path> files = Files.walk(bench.inbox)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".part"))
                    .map(file -> bench.inbox.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
