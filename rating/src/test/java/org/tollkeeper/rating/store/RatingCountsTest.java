package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a run says it did: calls looked at, charges and suspended sides written, slices published
/// and retired.
class RatingCountsTest {

    private static final String BOOK =
            """
            agreement A sell=S buy=B
            deck S
            row S,44,UK,%s
            deck B
            row B,49,Germany,0.30
            row B,49,Germany,0.20,,,,,,,1
            """;

    @Test
    void night_after_night() throws SQLException, IOException {
        try (TestNight night = new TestNight(BOOK.formatted("0.60"))) {
            List<Integer> first =
                    night.calls(
                            """
                            uk   ACME -    4420 2024-03-05T10:00:00Z 60000
                            none ACME -    3312 2024-03-05T11:00:00Z 60000
                            de   -    ACME 4930 2024-03-05T12:00:00Z 60000\
                            """);
            assertThat(night.rate()).as("sell of the day, buy's group").isEqualTo("3 2 1 2 0");
            assertThat(night.rate()).as("nothing to do").isEqualTo("0 0 0 0 0");

            List<Integer> late = night.calls("late ACME ACME 4420 2024-03-05T13:00:00Z 60000");
            assertThat(night.rate()).as("no UK is bought").isEqualTo("1 1 1 2 0");

            night.book(BOOK.formatted("0.66"));
            assertThat(night.rate()).as("sell, of two slices one").isEqualTo("4 2 1 1 2");
            assertThat(night.billed())
                    .containsExactly(
                            "de,buy,Germany,60,0.3", "late,sell,UK,60,0.66", "uk,sell,UK,60,0.66");

            night.traffic.tombstone(first.getFirst(), 2);
            assertThat(night.rate()).as("the group is empty").isEqualTo("3 0 0 0 1");

            night.traffic.retire(late);
            assertThat(night.rate()).as("sell once more, buy gone").isEqualTo("2 1 1 1 2");
            assertThat(night.billed()).containsExactly("uk,sell,UK,60,0.66");
            assertThat(night.rate()).as("nothing to do").isEqualTo("0 0 0 0 0");
        }
    }

    @Test
    void a_book_that_prices_the_same_writes_nothing() throws SQLException {
        try (TestNight night = new TestNight(BOOK.formatted("0.60"))) {
            night.calls(
                    """
                    uk   ACME -    4420 2024-03-05T10:00:00Z 60000
                    de   -    ACME 4930 2024-03-05T12:00:00Z 60000\
                    """);
            night.rate();
            night.book(BOOK.formatted("0.60") + "row S,7,Russia,0.50\nrow B,7,Russia,0.50\n");
            assertThat(night.rate()).isEqualTo("2 0 0 0 0");
        }
    }

    // Days are UTC days of connect, the first and the last among them.
    @Test
    void days_that_are_named_are_looked_at_and_stand() throws SQLException {
        String table =
                """
                2024-03-05 2024-03-06 3
                2024-03-05 2024-03-05 1
                2024-03-06 2024-03-06 2
                2024-03-01 2024-03-05 1
                2024-03-06 2024-03-31 2
                2024-03-01 2024-03-04 0
                2024-03-07 2024-03-31 0
                """;
        try (TestNight night = new TestNight(BOOK.formatted("0.60"))) {
            night.calls(
                    """
                    a ACME - 4420 2024-03-05T23:59:59.999Z 60000
                    b ACME - 4420 2024-03-06T00:00:00Z     60000
                    c ACME - 4420 2024-03-06T12:00:00Z     60000\
                    """);
            assertThat(night.rate()).isEqualTo("3 3 0 2 0");
            for (String line : table.lines().toList()) {
                String[] f = line.split(" ", -1);
                assertThat(night.rate(LocalDate.parse(f[0]), LocalDate.parse(f[1])))
                        .as(line)
                        .isEqualTo(f[2] + " 0 0 0 0");
            }
        }
    }
}
