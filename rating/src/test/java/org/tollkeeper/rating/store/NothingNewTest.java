package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.model.Book;

/// A rating that finds neither new calls nor a new book reads no book; whatever may change a charge
/// has it read again. A minute of UK costs 0.60 unless a line says otherwise.
class NothingNewTest {

    private static final String BOOK =
            """
            agreement A carrier=ACME sell=S buy=S
            agreement C carrier=CORE sell=S
            deck S
            row S,44,UK,%s
            row S,49,Germany,0.30
            """;

    private static final String CALLS =
            """
            a ACME - 4420 2024-03-05T10:00:00Z 60000
            b CORE - 4420 2024-03-06T10:00:00Z 60000
            """;

    private static final LocalDate DAY = LocalDate.of(2024, 3, 5);
    private static final String NOTHING = "0 0 0 0 0";

    /// Rated under the second version of the book; under the first a minute of UK cost 0.90.
    private static TestNight rated() throws SQLException {
        TestNight night = new TestNight(BOOK.formatted("0.90"));
        night.book(BOOK.formatted("0.60"));
        night.calls(CALLS);
        assertThat(night.rate()).isEqualTo("2 2 0 2 0");
        assertThat(night.traffic.booksRead()).isOne();
        return night;
    }

    /// Rates; says how many books were read for it, and then what [TestNight#rate] says.
    private static String next(TestNight night) throws SQLException {
        return next(night, null, null);
    }

    private static String next(TestNight night, @Nullable LocalDate from, @Nullable LocalDate to)
            throws SQLException {
        int before = night.traffic.booksRead();
        String result = night.rate(from, to);
        return night.traffic.booksRead() - before + " " + result;
    }

    /// Rates a day of ACME again, under a book that was.
    private static void rateAgain(TestNight night, Connection connection, int version)
            throws SQLException {
        Run run = Run.begin(connection, "rerate", "", Instant.EPOCH);
        Book book = night.traffic.book(version);
        Selection day = new Selection("ACME", null, null, DAY, DAY);
        var _ = Rating.rateAgain(connection, run, book, day, calls -> {});
    }

    @Test
    void a_rating_without_anything_new_reads_no_book() throws SQLException {
        try (TestNight night = rated()) {
            assertThat(next(night)).isEqualTo("0 " + NOTHING);
            assertThat(next(night)).isEqualTo("0 " + NOTHING);
            assertThat(night.traffic.lines("select version from rated_book")).containsExactly("2");
        }
    }

    @Test
    void before_the_first_call_a_book_is_read_once() throws SQLException {
        try (TestNight night = new TestNight(BOOK.formatted("0.60"))) {
            assertThat(next(night)).isEqualTo("1 " + NOTHING);
            assertThat(next(night)).isEqualTo("0 " + NOTHING);
            night.calls(CALLS);
            assertThat(next(night)).isEqualTo("1 2 2 0 2 0");
            assertThat(next(night)).isEqualTo("0 " + NOTHING);
        }
    }

    @Test
    void a_new_price_is_seen() throws SQLException {
        try (TestNight night = rated()) {
            night.book(BOOK.formatted("0.90"));
            assertThat(next(night)).isEqualTo("1 2 2 0 2 2");
            assertThat(night.billed()).containsExactly("a,sell,UK,60,0.9", "b,sell,UK,60,0.9");
            assertThat(next(night)).isEqualTo("0 " + NOTHING);
        }
    }

    @Test
    void a_new_book_with_the_same_prices_is_read_once() throws SQLException {
        try (TestNight night = rated()) {
            night.book(BOOK.formatted("0.60"));
            assertThat(next(night)).isEqualTo("1 " + NOTHING);
            assertThat(next(night)).isEqualTo("0 " + NOTHING);
        }
    }

    @Test
    void new_and_late_calls_are_seen() throws SQLException {
        try (TestNight night = rated()) {
            night.calls("c ACME - 4920 2024-03-07T10:00:00Z 60000");
            assertThat(next(night)).isEqualTo("1 1 1 0 1 0");
            assertThat(next(night)).isEqualTo("0 " + NOTHING);
            night.calls("d ACME - 4920 2024-03-05T09:00:00Z 60000");
            assertThat(next(night)).isEqualTo("1 1 1 0 1 0");
            assertThat(next(night)).isEqualTo("0 " + NOTHING);
            assertThat(night.billed()).hasSize(4);
        }
    }

    @Test
    void calls_that_went_are_seen() throws SQLException {
        try (TestNight night = rated()) {
            int one = night.calls("c ACME - 4920 2024-03-07T10:00:00Z 60000").getFirst();
            List<Integer> all = night.calls("d ACME - 4920 2024-03-08T10:00:00Z 60000");
            night.rate();
            night.traffic.tombstone(one, 0);
            assertThat(next(night)).startsWith("1 ");
            assertThat(night.billed())
                    .containsExactly(
                            "a,sell,UK,60,0.6", "b,sell,UK,60,0.6", "d,sell,Germany,60,0.3");
            assertThat(next(night)).isEqualTo("0 " + NOTHING);
            night.traffic.retire(all);
            assertThat(next(night)).startsWith("1 ");
            assertThat(night.billed()).containsExactly("a,sell,UK,60,0.6", "b,sell,UK,60,0.6");
            assertThat(next(night)).isEqualTo("0 " + NOTHING);
        }
    }

    @Test
    void days_that_are_named_are_rated_in_any_case() throws SQLException {
        try (TestNight night = rated()) {
            assertThat(next(night, DAY, DAY)).startsWith("1 1 ");
            assertThat(next(night)).isEqualTo("0 " + NOTHING);
        }
    }

    // What was rated again under another book stands until the next rating, and no longer.
    @Test
    void charges_rated_again_under_another_book_are_seen() throws SQLException {
        try (TestNight night = rated()) {
            try (Connection connection = night.database.connect()) {
                rateAgain(night, connection, 1);
                connection.commit();
            }
            assertThat(night.billed()).containsExactly("a,sell,UK,60,0.9", "b,sell,UK,60,0.6");
            assertThat(next(night)).isEqualTo("1 1 1 0 1 1");
            assertThat(night.billed()).containsExactly("a,sell,UK,60,0.6", "b,sell,UK,60,0.6");
            assertThat(next(night)).isEqualTo("0 " + NOTHING);
        }
    }

    @Test
    void a_rating_that_is_taken_back_changes_nothing() throws SQLException {
        try (TestNight night = rated()) {
            try (Connection connection = night.database.connect()) {
                rateAgain(night, connection, 1);
                connection.rollback();
            }
            assertThat(next(night)).isEqualTo("0 " + NOTHING);
        }
    }

    @Test
    void another_program_compares_all_pricing() throws SQLException {
        try (TestNight night = rated()) {
            night.execute("update rated_book set program = '\\x00'");
            assertThat(next(night)).isEqualTo("1 " + NOTHING);
            assertThat(next(night)).isEqualTo("0 " + NOTHING);
        }
    }

    /// Commands of a switchboard in any order: a rating that may spare itself the book leaves
    /// nothing to one that may not.
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whatever_happens_a_rating_that_compares_all_finds_nothing_left(long seed)
            throws SQLException, IOException {
        Random random = new Random(seed);
        try (TestNight night = new TestNight(BOOK.formatted("0.60"))) {
            Deque<Integer> slices = new ArrayDeque<>();
            for (int step = 0; step < 12; step++) {
                List<String> did = new ArrayList<>();
                for (int command = random.nextInt(3); command > 0; command--) {
                    did.add(command(night, random, slices, step));
                }
                night.rate();
                List<String> spared = night.state();
                List<String> units = units(night);
                night.execute("delete from rated_book");
                if (random.nextInt(4) > 0) {
                    assertThat(night.rate()).as("%s", did).isEqualTo(NOTHING);
                    assertThat(night.state()).as("%s", did).isEqualTo(spared);
                    assertThat(units(night)).as("%s", did).isEqualTo(units);
                }
            }
        }
    }

    private static String command(TestNight night, Random random, Deque<Integer> slices, int step)
            throws SQLException {
        int chosen = random.nextInt(7);
        switch (chosen) {
            case 0 -> night.book(BOOK.formatted("0." + (6 + random.nextInt(3))));
            case 1, 2 ->
                    slices.addAll(
                            night.calls(
                                    "c%d %s - 4420 2024-03-0%dT10:00:00Z 60000"
                                            .formatted(
                                                    step,
                                                    random.nextBoolean() ? "ACME" : "CORE",
                                                    4 + random.nextInt(3))));
            case 3 -> {
                if (!slices.isEmpty()) {
                    int gone = slices.remove();
                    if (random.nextBoolean()) {
                        night.traffic.tombstone(gone, 0);
                    } else {
                        night.traffic.retire(List.of(gone));
                    }
                }
            }
            case 4 -> night.rate(DAY, DAY);
            default -> {
                try (Connection connection = night.database.connect()) {
                    if (chosen == 5) {
                        rateAgain(night, connection, 1);
                    } else {
                        Run run = Run.begin(connection, "remediate", "", Instant.EPOCH);
                        Book book = night.traffic.book();
                        var _ = Rating.rate(connection, run, book, null, null, calls -> {});
                    }
                    if (random.nextBoolean()) {
                        connection.commit();
                    }
                }
            }
        }
        return "command " + chosen;
    }

    private static List<String> units(TestNight night) throws SQLException {
        return night.traffic.lines(
                "select carrier, side, day, pricing from rated_unit order by 1, 2, 3");
    }
}
