package org.tollkeeper.mediation.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.model.TrunkDirection;

/// Several files in one transaction.
class BatchTest {

    private static final TestBook BOOK =
            new TestBook(
                    List.of(
                            TestBook.canonical("a"),
                            TestBook.source("b", "freeswitch-xml", "UTC", ""),
                            TestBook.canonical("c")),
                    List.of(
                            TestBook.trunk("a", "IN", "ACME", TrunkDirection.IN),
                            TestBook.trunk("a", "OUT", "BETA", TrunkDirection.OUT),
                            TestBook.trunk("c", "IN", "ACME", TrunkDirection.IN),
                            TestBook.trunk("c", "OUT", "BETA", TrunkDirection.OUT)),
                    Set.of());

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
    void filesShareAPublicationAndTheDaysSlices() throws IOException {
        bench.file("a/1.csv", Cdr.file(Cdr.call("x"), Cdr.call("y")));
        bench.file("a/2.csv", Cdr.file(Cdr.call("x"), Cdr.call("z")));
        bench.file("c/1.csv", Cdr.file(Cdr.call("x")));
        assertThat(bench.mediate().totals()).isEqualTo(new Totals(5, 0, 4, 0, 1, 0, 0));
        assertThat(bench.rows("select count(distinct publication), count(*) from cdr_file"))
                .containsExactly("1 3");
        assertThat(bench.rows("select day, row_count from slice")).containsExactly("2024-06-01 4");
        assertThat(
                        bench.rows(
                                "select indexname from pg_indexes where tablename in"
                                        + " ('call_20240601', 'fingerprint_20240601') order by 1"))
                .containsExactly(
                        "call_20240601_connect_ms_idx",
                        "call_20240601_hashtextextended_idx",
                        "call_20240601_pkey",
                        "fingerprint_20240601_pkey");
    }

    @Test
    void aFileThatProvesUndecodableLateLeavesTheOthersOfItsBatchAsTheyAre() throws IOException {
        bench.file("a/1.csv", Cdr.file(Cdr.call("x"), Cdr.call("x")));
        bench.file("a/2.csv", Cdr.file(Cdr.call("x"), Cdr.call("x")));
        bench.file("a/3.csv", Cdr.file(Cdr.call("y").set("ingress_trunk", "nowhere")));
        bench.file("a/4.csv.gz", "no gzip at all");
        String bad = "<cdr></cdr>\n".repeat(9_000) + "<!DOCTYPE cdr>\n<cdr></cdr>\n";
        bench.file("b/1.xml", bad);
        bench.file("b/2.xml", bad);
        bench.file("c/1.csv", Cdr.file(Cdr.call("x")));
        Mediated mediated = bench.mediate();
        assertThat(mediated.totals()).isEqualTo(new Totals(4, 0, 2, 0, 1, 1, 0));
        assertThat(mediated.filesRead()).isEqualTo(3);
        assertThat(mediated.filesRepeated()).isEqualTo(1);
        assertThat(mediated.quarantined())
                .extracting(Mediated.Quarantined::path)
                .containsExactly("a/4.csv.gz", "b/1.xml", "b/2.xml");
        assertThat(bench.suspense().lines()).hasSize(2);
        assertThat(bench.rows("select path from cdr_file where publication is not null order by 1"))
                .containsExactly("a/1.csv", "a/3.csv", "c/1.csv");
        assertThat(bench.mediate().totals()).isEqualTo(Totals.NONE);
    }
}
