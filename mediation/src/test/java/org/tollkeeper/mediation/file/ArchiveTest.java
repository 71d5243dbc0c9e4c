package org.tollkeeper.mediation.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.v3.zstd.ZstdJavaOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.mediation.file.Archive.Kept;
import org.tollkeeper.model.Switch;

class ArchiveTest {

    private static final byte[] TEXT = "call_id,leg_id\na,b\n".repeat(5000).getBytes(UTF_8);

    @TempDir Path folder;

    @Test
    void the_same_content_has_one_identity_however_it_is_packed() throws Exception {
        String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(TEXT));
        byte[] twoMembers = concat(gzip(head(TEXT, 100)), gzip(tail(TEXT, 100)), new byte[512]);
        byte[] twoFrames = concat(zstd(head(TEXT, 100)), zstd(tail(TEXT, 100)));
        byte[] twoStreams = concat(bzip2(head(TEXT, 100)), bzip2(tail(TEXT, 100)));
        for (var file :
                List.of(
                        file("a.csv", TEXT),
                        file("b.csv.gz", gzip(TEXT)),
                        file("c.csv.gz", twoMembers),
                        file("d.csv.zst", zstd(TEXT)),
                        file("e.csv.zst", twoFrames),
                        file("f.csv.bz2", bzip2(TEXT)),
                        file("g.csv.bz2", twoStreams))) {
            Kept kept = keep(file);
            assertThat(kept.corrupt()).as(file.path()).isNull();
            assertThat(kept.sha256().hex()).as(file.path()).isEqualTo(sha256);
            assertThat(kept.decodedBytes()).isEqualTo(TEXT.length);
            try (InputStream content = archive().open(kept.path())) {
                assertThat(content.readAllBytes()).as(file.path()).isEqualTo(TEXT);
            }
            assertThat(archived(kept)).hasBinaryContent(Files.readAllBytes(file.file()));
        }
    }

    @Test
    void a_packed_file_cut_anywhere_is_corrupt() throws Exception {
        Map<String, byte[]> files =
                Map.of("x.gz", gzip(TEXT), "x.zst", zstd(TEXT), "x.bz2", bzip2(TEXT));
        for (String name : files.keySet()) {
            byte[] packed = files.get(name);
            for (int length = 0; length < packed.length; length++) {
                Kept kept = keep(file(name, Arrays.copyOf(packed, length)));
                assertThat(kept.corrupt()).as(name + " cut at " + length).isNotNull();
            }
        }
    }

    @Test
    void a_damaged_file_or_one_that_is_not_packed_is_corrupt() throws Exception {
        byte[] damaged = gzip(TEXT);
        damaged[damaged.length - 7] ^= 1;
        assertThat(keep(file("a.gz", damaged)).corrupt()).contains("checksum");
        assertThat(keep(file("b.gz", TEXT)).corrupt()).contains("not in gzip format");
        assertThat(keep(file("c.gz", concat(gzip(TEXT), TEXT))).corrupt()).contains("rubbish");
        assertThat(keep(file("d.zst", TEXT)).corrupt()).contains("damaged");
        byte[] flipped = bzip2(TEXT);
        flipped[flipped.length / 2] ^= 1;
        assertThat(keep(file("e.bz2", flipped)).corrupt()).contains("bzip2 file is damaged");
        assertThat(keep(file("f.bz2", TEXT)).corrupt()).contains("bzip2 file is damaged");
        assertThat(keep(file("g.bz2", concat(bzip2(TEXT), TEXT))).corrupt()).contains("bzip2 file");
    }

    @Test
    void a_file_that_unpacks_to_too_much_is_corrupt() throws Exception {
        Archive small = new Archive(folder.resolve("small"), new UnpackLimits(50_000, 10, 10));
        Kept kept = small.keep(file("a.gz", gzip(TEXT)));
        assertThat(kept).isNotNull();
        assertThat(kept.corrupt()).contains("more than is allowed");
    }

    @Test
    void a_file_that_changed_since_it_was_found_is_left() throws Exception {
        InboxFile found = file("a.csv", TEXT);
        Files.write(found.file(), head(TEXT, 500));
        assertThat(archive().keep(found)).isNull();
        InboxFile touched = file("b.csv", TEXT);
        Files.setLastModifiedTime(touched.file(), FileTime.fromMillis(1));
        assertThat(archive().keep(touched)).isNull();
        InboxFile gone = file("c.csv", TEXT);
        Files.delete(gone.file());
        assertThat(archive().keep(gone)).isNull();
        try (Stream<Path> kept = Files.walk(folder.resolve("archive"))) {
            assertThat(kept.filter(Files::isRegularFile)).isEmpty();
        }
    }

    /// A switch goes on writing from before the file is read until after.
    @Test
    void a_file_that_grows_while_it_is_read_is_left_whatever_it_is_packed_in() throws Exception {
        for (String name : List.of("a.csv", "b.csv.gz", "c.csv.zst", "d.csv.bz2", "e.zip")) {
            InboxFile found = file(name, TEXT);
            AtomicBoolean enough = new AtomicBoolean();
            CountDownLatch begun = new CountDownLatch(1);
            Thread writer =
                    Thread.ofPlatform()
                            .start(() -> {
                                while (!enough.get()) {
                                    append(found.file());
                                    begun.countDown();
                                }
                            });
            begun.await();
            assertThat(archive().keep(found)).as(name).isNull();
            enough.set(true);
            writer.join();
        }
        try (Stream<Path> kept = Files.walk(folder.resolve("archive"))) {
            assertThat(kept.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private static void append(Path file) {
        try {
            Files.write(file, new byte[] {'\n'}, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void an_inbox_is_read_in_the_byte_order_of_its_paths() throws Exception {
        for (String path :
                List.of(
                        "b/1.csv",
                        "b-c/1.csv",
                        "b/é.csv",
                        "b/z/2.csv",
                        "b/Z.csv",
                        "b/x.part",
                        "b/x.tmp",
                        "b/x.filepart",
                        "who/1.csv",
                        "loose.csv",
                        "loose.tmp")) {
            Path file = folder.resolve("inbox").resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, TEXT);
        }
        Inbox inbox =
                Inbox.scan(folder.resolve("inbox"), List.of(source("b", "*"), source("b-c", "*")));
        assertThat(inbox.files())
                .extracting(InboxFile::path)
                .containsExactly("b-c/1.csv", "b/1.csv", "b/Z.csv", "b/z/2.csv", "b/é.csv");
        assertThat(inbox.strangers()).containsExactly("loose.csv", "who");
        assertThat(Inbox.scan(folder.resolve("inbox"), List.of(source("b", "Z*"))).files())
                .extracting(InboxFile::path)
                .containsExactly("b/Z.csv");
    }

    private static Switch source(String id, String glob) {
        return new Switch(
                id, "canonical-csv", java.time.ZoneOffset.UTC, glob, "", "", "", "", List.of(), "");
    }

    private Archive archive() {
        return new Archive(folder.resolve("archive"));
    }

    private Path archived(Kept kept) {
        return folder.resolve("archive").resolve(kept.path());
    }

    private Kept keep(InboxFile file) throws IOException {
        @Nullable Kept kept = archive().keep(file);
        if (kept == null) {
            throw new AssertionError(file.path() + " was not kept");
        }
        return kept;
    }

    private InboxFile file(String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        return new InboxFile(
                "sw",
                "sw/" + name,
                file,
                content.length,
                Files.getLastModifiedTime(file).toMillis());
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zstd(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdJavaOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    static byte[] bzip2(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new BZip2CompressorOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] head(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
