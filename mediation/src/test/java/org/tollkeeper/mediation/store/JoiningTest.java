package org.tollkeeper.mediation.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.model.TrunkDirection;

class JoiningTest {

    private static final TestBook BOOK =
            TestBook.of(
                    TestBook.canonical("sw"),
                    TestBook.trunk("sw", "IN", "ACME", TrunkDirection.IN),
                    TestBook.trunk("sw", "OUT", "BETA", TrunkDirection.OUT));

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
    void parts_become_one_call_in_whatever_order_and_nights_they_come() throws IOException {
        int night = 0;
        for (List<Integer> order : orders(List.of(1, 2, 3))) {
            for (int split = 0; split < 4; split++) {
                String id = "long" + night++;
                Totals totals = Totals.NONE;
                List<Cdr> file = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    file.add(Cdr.part(id, order.get(i), order.get(i) == 3));
                    // The bits of split say after which part a night ends.
                    if (i == 2 || (split & (1 << i)) != 0) {
                        bench.file("sw/" + id + i + ".csv", Cdr.file(file));
                        totals = totals.plus(bench.mediate().totals());
                        file.clear();
                    }
                }
                String how = "order " + order + ", split " + split;
                assertThat(totals.balance()).as(how).isTrue();
                assertThat(totals.calls()).as(how).isOne();
                assertThat(totals.joined()).as(how).isEqualTo(2);
                assertThat(totals.suspended()).as(how).isEqualTo(totals.reopened());
                assertThat(
                                bench.rows(
                                        """
                                        select substr(instant(setup_ms), 12, 8),
                                            substr(instant(connect_ms), 12, 8),
                                            substr(instant(release_ms), 12, 8), duration_ms,
                                            (select text from word where id = mos)
                                        from live_call where call_id = '%s'\
                                        """
                                                .formatted(id)))
                        .as(how)
                        .containsExactly("10:00:00 10:00:05 11:30:05 5400000 4.3");
            }
        }
        assertThat(bench.suspense().lines()).hasSize(1);
        assertThat(bench.rows("select sum(suspended_count), sum(call_count) from cdr_file"))
                .containsExactly("0 " + night);
    }

    @Test
    void a_joined_call_stands_in_its_first_parts_record_and_moves_its_files_counts()
            throws IOException {
        bench.file("sw/1.csv", Cdr.file(Cdr.part("x", 2, true), Cdr.call("y")));
        bench.file("sw/2.csv", Cdr.file(Cdr.part("x", 1, false)));
        assertThat(bench.mediate().totals()).isEqualTo(new Totals(3, 0, 2, 1, 0, 0, 0));
        assertThat(
                        bench.rows(
                                """
                                select path, read_count, call_count, joined_count, suspended_count
                                from cdr_file order by path\
                                """))
                .containsExactly("sw/1.csv 2 1 1 0", "sw/2.csv 1 1 0 0");
        assertThat(
                        bench.rows(
                                """
                                select f.path, c.record from live_call c
                                join cdr_file f on f.id = c.file where call_id = 'x'\
                                """))
                .containsExactly("sw/2.csv 1");
    }

    @Test
    void parts_wait_for_their_final_and_for_every_sequence() throws IOException {
        bench.file(
                "sw/1.csv",
                Cdr.file(
                        Cdr.part("no-final", 1, false),
                        Cdr.part("no-final", 2, false),
                        Cdr.part("gap", 1, false),
                        Cdr.part("gap", 3, true),
                        Cdr.part("beyond", 1, false),
                        Cdr.part("beyond", 2, true),
                        Cdr.part("beyond", 4, true),
                        Cdr.part("again", 1, true),
                        Cdr.part("again", 1, true),
                        Cdr.part("faulty", 1, false).set("egress_trunk", "?"),
                        Cdr.part("faulty", 2, true)));
        assertThat(bench.mediate().totals()).isEqualTo(new Totals(11, 0, 2, 1, 1, 7, 0));
        assertThat(
                        bench.suspense()
                                .lines()
                                .skip(1)
                                .map(line -> line.replaceFirst("^[^,]*,[^,]*,", "")))
                .containsExactly(
                        "1,no-final,,mediation,,INCOMPLETE_CALL",
                        "2,no-final,,mediation,,INCOMPLETE_CALL",
                        "3,gap,,mediation,,INCOMPLETE_CALL",
                        "4,gap,,mediation,,INCOMPLETE_CALL",
                        "7,beyond,,mediation,,INCOMPLETE_CALL",
                        "10,faulty,,mediation,,UNKNOWN_TRUNK",
                        "11,faulty,,mediation,,INCOMPLETE_CALL");
    }

    @Test
    void a_call_whole_and_in_parts_is_one_call_whichever_is_whole_first() throws IOException {
        bench.file("sw/1.csv", Cdr.file(Cdr.part("p", 1, false), Cdr.call("f")));
        bench.file("sw/2.csv", Cdr.file(Cdr.part("p", 2, true), Cdr.part("f", 1, false)));
        bench.file("sw/3.csv", Cdr.file(Cdr.call("p"), Cdr.part("f", 2, true)));
        assertThat(bench.mediate().totals()).isEqualTo(new Totals(6, 0, 2, 1, 3, 0, 0));
        assertThat(
                        bench.rows(
                                """
                                select f.path, d.record, d.call_id, o.path, d.original_record
                                from duplicate d join cdr_file f on f.id = d.file
                                join cdr_file o on o.id = d.original_file order by 1, 2\
                                """))
                .containsExactly(
                        "sw/2.csv 2 f sw/1.csv 2",
                        "sw/3.csv 1 p sw/1.csv 1",
                        "sw/3.csv 2 f sw/1.csv 2");
    }

    @Test
    void a_part_held_back_joins_once_the_book_knows_its_trunk() throws IOException {
        bench.file(
                "sw/1.csv",
                Cdr.file(
                        Cdr.part("x", 1, false).set("ingress_trunk", "new"),
                        Cdr.part("x", 2, true)));
        assertThat(bench.mediate().totals()).isEqualTo(new Totals(2, 0, 0, 0, 0, 2, 0));
        bench.store(BOOK.with(TestBook.trunk("sw", "new", "NEW", TrunkDirection.IN)));
        assertThat(bench.mediate().totals()).isEqualTo(new Totals(0, 2, 1, 1, 0, 0, 0));
        assertThat(bench.suspense().lines()).hasSize(1);
        assertThat(bench.rows("select call_count, joined_count, suspended_count from cdr_file"))
                .containsExactly("1 1 0");
    }

    private static List<List<Integer>> orders(List<Integer> numbers) {
        if (numbers.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Integer>> orders = new ArrayList<>();
        for (Integer first : numbers) {
            List<Integer> rest = new ArrayList<>(numbers);
            rest.remove((Object) first);
            for (List<Integer> order : orders(rest)) {
                List<Integer> whole = new ArrayList<>(List.of(first));
                whole.addAll(order);
                orders.add(whole);
            }
        }
        return orders;
    }
}
