package org.tollkeeper.mediation.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tollkeeper.mediation.file.Archive.Kept;
import org.tollkeeper.model.Switch;

class ZipMembersTest {

    private static final Switch SOURCE =
            new Switch("sw", "canonical-csv", ZoneOffset.UTC, "*", "", "", "", "", List.of(), "");

    private static final byte[] ONE = "call_id,leg_id\na,b\n".repeat(500).getBytes(UTF_8);
    private static final byte[] TWO = "call_id,leg_id\nc,d\n".repeat(500).getBytes(UTF_8);

    @TempDir Path folder;

    @Test
    void each_file_in_an_archive_is_a_file_known_by_its_content() throws Exception {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("b/two.csv", TWO);
        members.put("b/", new byte[0]);
        members.put("one.csv", ONE);
        members.put("a.csv.gz", gzip(ONE));
        members.put("half.csv.part", ONE);
        inbox("day.zip", zip(members));
        inbox("day.csv", TWO);
        inbox("day.zip2", TWO);
        List<InboxFile> files = scan();
        assertThat(files)
                .extracting(InboxFile::path)
                .containsExactly(
                        "sw/day.csv",
                        "sw/day.zip/a.csv.gz",
                        "sw/day.zip/b/two.csv",
                        "sw/day.zip/one.csv",
                        "sw/day.zip2");
        Archive archive = new Archive(folder.resolve("archive"));
        List<String> contents = new ArrayList<>();
        for (InboxFile file : files.subList(1, 4)) {
            Kept kept = kept(archive, file);
            assertThat(kept.corrupt()).isNull();
            try (InputStream content = archive.open(kept.path())) {
                byte[] bytes = content.readAllBytes();
                assertThat(kept.decodedBytes()).isEqualTo(bytes.length);
                assertThat(kept.sha256().hex()).isEqualTo(sha256(bytes));
                contents.add(bytes[15] == 'a' ? "one" : "two");
            }
        }
        assertThat(contents).containsExactly("one", "two", "one");
        try (Stream<Path> all = Files.walk(folder.resolve("archive"))) {
            List<Path> raw = all.filter(Files::isRegularFile).toList();
            assertThat(raw).as("the archive is kept once, as it came").hasSize(1);
            assertThat(raw.getFirst()).hasSameBinaryContentAs(folder.resolve("inbox/sw/day.zip"));
        }
    }

    @Test
    void an_archive_cut_anywhere_is_corrupt() throws Exception {
        byte[] whole = zip(Map.of("one.csv", ONE));
        for (int length = 0; length < whole.length; length++) {
            inbox("x.zip", Arrays.copyOf(whole, length));
            List<InboxFile> files = scan();
            assertThat(files).as("cut at " + length).hasSize(1);
            assertThat(kept(files.getFirst()).corrupt()).as("cut at " + length).isNotNull();
        }
    }

    @Test
    void an_archive_with_one_damaged_member_is_corrupt_as_a_whole() throws Exception {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("one.csv", ONE);
        members.put("two.csv", TWO);
        byte[] zip = zip(members);
        int second = indexOf(zip, "two.csv", 0);
        zip[second + 7 + 10] ^= 0x10;
        inbox("x.zip", zip);
        assertThat(scan())
                .hasSize(2)
                .allSatisfy(file ->
                        assertThat(kept(file).corrupt()).contains("damaged in its member two.csv"));
        members.put("two.csv.gz", Arrays.copyOf(gzip(TWO), 30));
        inbox("x.zip", zip(members));
        assertThat(kept(scan().getFirst()).corrupt())
                .contains("member two.csv.gz: the gzip file is cut short");
    }

    @ParameterizedTest
    @CsvSource({
        "../one.csv,   name is refused",
        "/etc/passwd,  name is refused",
        "a/../../b,    name is refused",
        "a//b.csv,     name is refused",
        "./one.csv,    name is refused",
        "a\\..\\b.csv, name is refused",
        "C:one.csv,    name is refused",
        "one\tcsv,     name is refused",
        "more.zip,     holds another",
    })
    void an_archive_with_a_hostile_name_is_refused_as_a_whole(String name, String fault)
            throws Exception {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("one.csv", ONE);
        members.put(name.replace("\\t", "\t"), TWO);
        inbox("x.zip", zip(members));
        List<InboxFile> files = scan();
        assertThat(files).hasSize(1);
        assertThat(files.getFirst().path()).isEqualTo("sw/x.zip");
        assertThat(kept(files.getFirst()).corrupt()).contains(fault);
    }

    @Test
    void an_archive_that_cannot_be_read_says_why() throws Exception {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("one.csv", ONE);
        members.put("two.csv", TWO);
        byte[] twice =
                new String(zip(members), ISO_8859_1).replace("two", "one").getBytes(ISO_8859_1);
        byte[] encrypted = zip(members);
        int directory = indexOf(encrypted, "PK\1\2", 0);
        encrypted[directory + 8] |= 1;
        byte[] wide = zip(members);
        int end = indexOf(wide, "PK\5\6", 0);
        wide[end + 15] = 0x7f;
        Map<String, byte[]> files =
                Map.of(
                        "two members one.csv", twice,
                        "encrypted", encrypted,
                        "directory is", wide,
                        "holds no files", zip(Map.of("a/", new byte[0])),
                        "zip END header not found", ONE);
        for (String fault : files.keySet()) {
            inbox("x.zip", files.getOrDefault(fault, ONE));
            List<InboxFile> found = scan();
            assertThat(found).as(fault).hasSize(1);
            assertThat(kept(found.getFirst()).corrupt()).contains(fault);
        }
    }

    @Test
    void an_archive_that_unpacks_to_too_much_or_too_many_is_corrupt() throws Exception {
        Map<String, byte[]> members = new LinkedHashMap<>();
        for (int i = 0; i < 4; i++) {
            members.put(i + ".csv", ONE);
        }
        inbox("x.zip", zip(members));
        InboxFile first = scan().getFirst();
        Path place = folder.resolve("small");
        UnpackLimits ofAll = new UnpackLimits(3L * ONE.length, 1_000, 10);
        assertThat(kept(new Archive(place, ofAll), first).corrupt())
                .contains("more than is allowed");
        UnpackLimits ofMembers = new UnpackLimits(1L << 30, 1_000, 3);
        assertThat(kept(new Archive(place, ofMembers), first).corrupt())
                .contains("the zip file has 4 members; expected 3 at most");
        // 80 MB of zeros are 80 kB.
        inbox("x.zip", zip(Map.of("zeros", new byte[80 << 20])));
        assertThat(kept(scan().getFirst()).corrupt()).contains("more than is allowed");
    }

    private void inbox(String name, byte[] content) throws IOException {
        Path file = folder.resolve("inbox/sw").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private List<InboxFile> scan() throws IOException {
        return Inbox.scan(folder.resolve("inbox"), List.of(SOURCE)).files();
    }

    private Kept kept(InboxFile file) throws IOException {
        return kept(new Archive(folder.resolve("archive")), file);
    }

    private static Kept kept(Archive archive, InboxFile file) throws IOException {
        Kept kept = archive.keep(file);
        if (kept == null) {
            throw new AssertionError(file.path() + " was not kept");
        }
        return kept;
    }

    private static byte[] zip(Map<String, byte[]> members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                out.putNextEntry(new ZipEntry(member.getKey()));
                out.write(member.getValue());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static int indexOf(byte[] bytes, String text, int from) {
        return new String(bytes, ISO_8859_1).indexOf(text, from);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
