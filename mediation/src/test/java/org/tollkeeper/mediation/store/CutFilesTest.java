package org.tollkeeper.mediation.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.v3.zstd.ZstdJavaOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.model.TrunkDirection;

/// What comes of a file that was cut on its way: the whole of it, or nothing.
class CutFilesTest {

    private static final TestBook BOOK =
            TestBook.of(
                    TestBook.canonical("sw"),
                    TestBook.trunk("sw", "IN", "ACME", TrunkDirection.IN),
                    TestBook.trunk("sw", "OUT", "BETA", TrunkDirection.OUT));

    private static final byte[] CALLS = calls("x").getBytes(UTF_8);

    @TempDir Path folder;
    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(folder, BOOK);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void no_record_of_a_packed_file_is_seen_before_its_last_byte_is() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("a.csv.gz", packed(CALLS, GZIPOutputStream::new));
        files.put("a.csv.zst", packed(CALLS, ZstdJavaOutputStream::new));
        files.put("a.csv.bz2", packed(CALLS, BZip2CompressorOutputStream::new));
        files.put("a.zip", zip(Map.of("a.csv", CALLS)));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] whole = file.getValue();
            for (int i = 0; i < 6; i++) {
                int length = i == 0 ? whole.length - 1 : whole.length * i / 6;
                bench.file("sw/" + i + file.getKey(), Arrays.copyOf(whole, length));
            }
        }
        Mediated night = bench.mediate();
        assertThat(night.quarantined()).hasSize(24);
        assertThat(night.totals()).isEqualTo(Totals.NONE);
        assertThat(bench.calls().lines()).hasSize(1);
        bench.file("sw/9a.csv.bz2", files.get("a.csv.bz2"));
        bench.file("sw/9a.zip", files.get("a.zip"));
        night = bench.mediate();
        assertThat(night.totals().calls()).isEqualTo(3);
        assertThat(night.filesRepeated()).isOne();
    }

    /// A plain file that is cut within a line has a record that cannot be read, and keeps it.
    @Test
    void a_plain_file_cut_anywhere_has_each_record_once() throws IOException {
        int header = calls().length();
        int night = 0;
        for (int length = header; length < CALLS.length; length += 97) {
            bench.file("sw/" + night++ + ".csv", Arrays.copyOf(CALLS, length));
            Totals totals = bench.mediate().totals();
            assertThat(totals.balance()).as("cut at " + length).isTrue();
        }
        bench.file("sw/whole.csv", CALLS);
        assertThat(bench.mediate().totals().balance()).isTrue();
        assertThat(bench.calls().lines()).hasSize(1 + 3);
        assertThat(bench.duplicates().lines().skip(1))
                .isNotEmpty()
                .as("no torn record was taken for a whole one")
                .allMatch(line -> line.endsWith(",false"));
    }

    @Test
    void each_file_of_an_archive_is_mediated_once_and_recycled_from_it() throws IOException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("2.csv", calls("x", "y").getBytes(UTF_8));
        members.put("1.csv", CALLS);
        members.put("bad.csv", "no header\n".getBytes(UTF_8));
        members.put(
                "3.csv", Cdr.file(Cdr.call("late").set("ingress_trunk", "new")).getBytes(UTF_8));
        bench.file("sw/day.zip", zip(members));
        Mediated night = bench.mediate();
        assertThat(night.filesRead()).isEqualTo(3);
        assertThat(night.quarantined())
                .extracting(Mediated.Quarantined::path)
                .containsExactly("sw/day.zip/bad.csv");
        assertThat(night.totals().calls()).as("of 1.csv all, of 2.csv y's").isEqualTo(6);
        assertThat(night.totals().duplicates()).isEqualTo(3);
        assertThat(night.totals().suspended()).isOne();
        assertThat(bench.mediate().filesUnchanged()).isEqualTo(4);
        bench.file("sw/1.csv", CALLS);
        assertThat(bench.mediate().filesRepeated()).isOne();
        bench.store(BOOK.with(TestBook.trunk("sw", "new", "NEW", TrunkDirection.IN)));
        assertThat(bench.mediate().totals().calls()).isOne();
    }

    private static String calls(String... ids) {
        List<Cdr> calls = new ArrayList<>();
        for (String id : ids) {
            for (int i = 0; i < 3; i++) {
                calls.add(Cdr.call(id + i));
            }
        }
        return Cdr.file(calls);
    }

    private interface Packer {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] packed(byte[] content, Packer packer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packer.over(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
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
}
