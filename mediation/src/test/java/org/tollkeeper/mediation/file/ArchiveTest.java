package org.tollkeeper.mediation.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.v3.zstd.ZstdJavaOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
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
        for (var file :
                List.of(
                        file("a.csv", TEXT),
                        file("b.csv.gz", gzip(TEXT)),
                        file("c.csv.gz", twoMembers),
                        file("d.csv.zst", zstd(TEXT)),
                        file("e.csv.zst", twoFrames))) {
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
        for (byte[] packed : List.of(gzip(TEXT), zstd(TEXT))) {
            String name = packed[0] == 0x1f ? "x.gz" : "x.zst";
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
    }

    @Test
    void a_file_that_unpacks_to_too_much_is_corrupt() throws Exception {
        Archive small = new Archive(folder.resolve("small"), new UnpackLimits(50_000, 10));
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
