package org.tollkeeper.mediation.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.model.SuspenseReason;
import org.tollkeeper.model.TrunkDirection;

class MediationTest {

    private static final TestBook BOOK =
            TestBook.of(
                            TestBook.canonical("sw"),
                            TestBook.trunk("sw", "IN", "ACME", TrunkDirection.IN),
                            TestBook.trunk("sw", "OUT", "BETA", TrunkDirection.OUT))
                    .withTestNumbers("442079460099");

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
    void a_record_with_too_few_fields_shows_no_ids() throws IOException {
        bench.file(
                "sw/a.csv",
                Cdr.file("x,1,full", Cdr.call("y").set("leg_id", "b").set("final", "?")));
        var _ = bench.mediate();
        assertThat(bench.suspense().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith(",1,,,mediation,,MALFORMED"),
                        line -> assertThat(line).endsWith(",2,y,b,mediation,,MALFORMED"));
    }

    @Test
    void duplicates_are_found_within_a_file_between_files_and_between_nights() throws IOException {
        Cdr call = Cdr.call("x");
        bench.file("sw/a.csv", Cdr.file(call, call, Cdr.call("x").set("leg_id", "2")));
        bench.file("sw/b.csv", Cdr.file(Cdr.call("x").set("cause", "31"), Cdr.call("y")));
        assertThat(bench.mediate().totals()).isEqualTo(new Totals(5, 0, 3, 0, 2, 0, 0));
        bench.file(
                "sw/0.csv", Cdr.file(Cdr.call("x").set("setup_at", "2024-06-01T12:00:00+02:00")));
        assertThat(bench.mediate().totals()).isEqualTo(new Totals(1, 0, 0, 0, 1, 0, 0));
        assertThat(
                        bench.rows(
                                """
                                select f.path, d.record, o.path, d.original_record, d.differs
                                from duplicate d join cdr_file f on f.id = d.file
                                join cdr_file o on o.id = d.original_file order by 1, 2\
                                """))
                .containsExactly(
                        "sw/0.csv 1 sw/a.csv 1 f",
                        "sw/a.csv 2 sw/a.csv 1 f",
                        "sw/b.csv 1 sw/a.csv 1 t");
    }

    @Test
    void a_record_that_shares_no_more_than_a_fingerprint_stops_the_night() throws IOException {
        bench.file("sw/a.csv", Cdr.file(Cdr.call("x"), Cdr.call("y")));
        var _ = bench.mediate();
        // As if the fingerprint of each were that of the other.
        bench.execute(
                """
                update fingerprint f set n = o.n from fingerprint o
                where (o.key_high, o.key_low) <> (f.key_high, f.key_low)\
                """);
        bench.file("sw/b.csv", Cdr.file(Cdr.call("z"), Cdr.call("x")));
        assertThatThrownBy(bench::mediate)
                .hasMessage(
                        "1 of 1 records of 2024-06-01 share a fingerprint, but not a key, with a"
                                + " record accepted before; the first is record 2 of file 2");
        assertThat(bench.rows("select count(*) from live_call")).containsExactly("2");
        assertThat(bench.rows("select * from duplicate")).isEmpty();
    }

    @Test
    void the_same_content_yields_nothing_under_another_name_or_packing() throws IOException {
        String content = Cdr.file(Cdr.call("x"));
        bench.file("sw/a.csv", content);
        bench.file("sw/b.csv.gz", gzip(content.getBytes(UTF_8)));
        Mediated first = bench.mediate();
        assertThat(first.filesRead()).isOne();
        assertThat(first.filesRepeated()).isOne();
        assertThat(first.totals()).isEqualTo(new Totals(1, 0, 1, 0, 0, 0, 0));
        Mediated again = bench.mediate();
        assertThat(again.filesUnchanged()).isEqualTo(2);
        assertThat(again.totals()).isEqualTo(Totals.NONE);
        assertThat(bench.rows("select path from file_sighting where repeated"))
                .containsExactly("sw/b.csv.gz");
    }

    @Test
    void a_file_cut_short_is_quarantined_until_its_content_changes() throws IOException {
        byte[] packed = gzip(Cdr.file(Cdr.call("x")).getBytes(UTF_8));
        bench.file("sw/a.csv.gz", Arrays.copyOf(packed, packed.length - 4));
        bench.file("sw/b.csv", "call_id,called\nx,y\n");
        Mediated night = bench.mediate();
        assertThat(night.quarantined())
                .extracting(Mediated.Quarantined::path)
                .containsExactly("sw/a.csv.gz", "sw/b.csv");
        assertThat(night.totals()).isEqualTo(Totals.NONE);
        assertThat(bench.rows("select quarantine_reason from cdr_file order by path"))
                .satisfiesExactly(
                        reason -> assertThat(reason).isEqualTo("the gzip file is cut short"),
                        reason -> assertThat(reason).startsWith("the header has no column leg_id"));
        assertThat(bench.mediate().quarantined()).isEmpty();
        bench.file("sw/a.csv.gz", packed);
        assertThat(bench.mediate().totals().calls()).isOne();
    }

    @Test
    void a_growing_file_adds_its_new_records() throws IOException {
        List<Cdr> rows = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            rows.add(Cdr.call("c" + i));
            bench.file("sw/master.csv", Cdr.file(rows));
            assertThat(bench.mediate().totals()).isEqualTo(new Totals(i, 0, 1, 0, i - 1, 0, 0));
        }
        assertThat(bench.calls().lines()).hasSize(5);
    }

    @Test
    void a_folder_of_no_switch_is_reported_and_does_no_harm() throws IOException {
        bench.file("who/a.csv", Cdr.file(Cdr.call("x")));
        bench.file("sw/b.csv", Cdr.file(Cdr.call("x")));
        Mediated night = bench.mediate();
        assertThat(night.strangers()).containsExactly("who");
        assertThat(night.totals().calls()).isOne();
    }

    @Test
    void a_record_held_back_becomes_a_call_once_the_book_knows_its_trunk() throws IOException {
        bench.file(
                "sw/a.csv",
                Cdr.file(
                        Cdr.call("x").set("ingress_trunk", "new"),
                        Cdr.call("y").set("ingress_trunk", "new"),
                        Cdr.call("z").set("called", "abc")));
        assertThat(bench.mediate().totals()).isEqualTo(new Totals(3, 0, 0, 0, 0, 3, 0));
        bench.file("sw/b.csv", Cdr.file(Cdr.call("y")));
        assertThat(bench.mediate().totals()).isEqualTo(new Totals(1, 0, 1, 0, 0, 0, 0));
        bench.store(BOOK.with(TestBook.trunk("sw", "new", "NEW", TrunkDirection.IN)));
        assertThat(bench.mediate().totals()).isEqualTo(new Totals(0, 2, 1, 0, 1, 0, 0));
        assertThat(bench.suspense().lines()).hasSize(2);
        assertThat(
                        bench.rows(
                                "select read_count, call_count, duplicate_count, suspended_count"
                                        + " from cdr_file order by path"))
                .containsExactly("3 1 1 1", "1 1 0 0");
        assertThat(bench.rows("select record, released_as from suspense order by record"))
                .containsExactly("1 call", "2 duplicate", "3 null");
        assertThat(bench.mediate().totals()).isEqualTo(Totals.NONE);
    }

    @Test
    void recycling_takes_one_reason_or_all() throws IOException {
        bench.file(
                "sw/a.csv",
                Cdr.file(
                        Cdr.call("x").set("ingress_trunk", "new").set("called", "abc"),
                        Cdr.call("y").set("called", "abc")));
        var _ = bench.mediate();
        bench.store(BOOK.with(TestBook.trunk("sw", "new", "NEW", TrunkDirection.IN)));
        assertThat(bench.recycle(SuspenseReason.BAD_NUMBER)).isEqualTo(Totals.NONE);
        assertThat(bench.recycle(SuspenseReason.UNKNOWN_TRUNK))
                .isEqualTo(new Totals(0, 1, 0, 0, 0, 1, 0));
        assertThat(bench.suspense().lines().skip(1)).allMatch(line -> line.endsWith(",BAD_NUMBER"));
        assertThat(bench.recycle(null)).isEqualTo(Totals.NONE);
    }

    @Test
    void a_time_ahead_of_the_clock_passes_when_its_day_has_come() throws IOException {
        bench.file(
                "sw/a.csv",
                Cdr.file(
                        Cdr.call("x").set("setup_at", "2025-01-12T10:00:00Z").set("connect_at", ""),
                        Cdr.call("y").set("setup_at", "1999-01-12T10:00:00Z")));
        assertThat(bench.mediate().totals().suspended()).isEqualTo(2);
        bench.now = Bench.NOW.plusSeconds(86_400);
        assertThat(bench.mediate().totals()).isEqualTo(Totals.NONE);
        bench.now = Bench.NOW.plusSeconds(2 * 86_400);
        assertThat(bench.mediate().totals()).isEqualTo(new Totals(0, 1, 1, 0, 0, 0, 0));
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void the_archive_keeps_the_file_as_it_came() throws IOException {
        Path file = bench.file("sw/a.csv", Cdr.file(Cdr.call("x")));
        var _ = bench.mediate();
        String archived = bench.rows("select archived from cdr_file").getFirst();
        assertThat(bench.archive().resolve(archived)).hasSameBinaryContentAs(file);
        assertThat(Files.exists(file)).isTrue();
    }

    @Test
    void texts_of_any_length_and_kind_are_no_reason_to_stop() throws IOException {
        String longText = "ü€😀\u0000".repeat(5000);
        bench.file(
                "sw/a.csv",
                Cdr.file(
                        Cdr.call(longText).set("leg_id", longText).set("mos", longText),
                        Cdr.part(longText, 1, false).set("codec", longText),
                        Cdr.part(longText, 2, true),
                        Cdr.call("x").set("ingress_trunk", longText),
                        Cdr.call("y").set("called", longText)));
        assertThat(bench.mediate().totals()).isEqualTo(new Totals(5, 0, 2, 1, 0, 2, 0));
        assertThat(bench.calls().lines()).hasSize(3);
    }
}
