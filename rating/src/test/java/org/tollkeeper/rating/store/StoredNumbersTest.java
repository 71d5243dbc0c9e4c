package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.model.Book;
import org.tollkeeper.rating.BookText;

/// What the database keeps under a number: products, deck rows of any age, and sums of any size.
class StoredNumbersTest {

    private static final String BOOK =
            """
            agreement A sell=S sell/premium=P
            deck S
            row S,44,UK,0.60
            deck P
            row P,44,UK Premium,0.90
            """;

    private static final String CALLS =
            """
            plain    ACME - 4420 2024-03-05T10:00:00Z 60000
            premium  ACME - 4420 2024-03-05T11:00:00Z 60000
            premium2 ACME - 4420 2024-03-05T12:00:00Z 60000
            other    ACME - 4420 2024-03-05T13:00:00Z 60000\
            """;

    @Test
    void a_product_is_priced_by_its_decks() throws SQLException {
        try (TestNight night = new TestNight(BOOK)) {
            night.calls(CALLS);
            night.execute(
                    "insert into word (id, text) values (71, 'premium'), (72, 'basic')",
                    "update call set ingress_product = 71 where call_id like 'premium%'",
                    "update call set ingress_product = 72 where call_id = 'other'");
            night.rate();
            assertThat(night.billed())
                    .containsExactly(
                            "other,sell,UK,60,0.6",
                            "plain,sell,UK,60,0.6",
                            "premium,sell,UK Premium,60,0.9",
                            "premium2,sell,UK Premium,60,0.9");
        }
    }

    @Test
    void a_product_without_a_name_stops_the_run() throws SQLException {
        try (TestNight night = new TestNight(BOOK)) {
            night.calls(CALLS);
            night.execute("update call set ingress_product = 73 where call_id = 'other'");
            assertThatThrownBy(night::rate)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a call names the word 73, which is unknown");
            assertThat(night.billed()).isEmpty();
        }
    }

    // After years of decks their rows have numbers far above the count of those in force.
    @Test
    void rows_of_any_number_have_their_line() throws SQLException {
        try (TestNight night = new TestNight(BOOK)) {
            night.execute("alter table deck_row alter column id restart with 1024");
            night.book(BOOK.replace("0.60", "0.61"));
            night.execute("alter table deck_row alter column id restart with 70000");
            night.book(BOOK.replace("0.60", "0.61").replace("0.90", "0.91"));
            night.calls(CALLS);
            night.rate();
            assertThat(night.traffic.lines(LINES)).containsExactly("1024,UK,0.61,4,2440000000");
            night.book(BOOK.replace("0.60", "0.63"));
            night.rate();
            assertThat(night.traffic.lines(LINES)).containsExactly("70001,UK,0.63,4,2520000000");
        }
    }

    private static final String LINES =
            """
            select distinct h.deck_row, l.destination, l.rate, t.call_count, t.charge_nanos
            from live_charge h join traffic_sum t on t.slice = h.slice
            join rate_line l on l.id = t.rate_line\
            """;

    @Test
    void rows_that_only_an_older_book_had_are_found_one_by_one() throws SQLException {
        try (TestNight night = new TestNight(BOOK)) {
            night.execute("alter table deck_row alter column id restart with 5000");
            night.book(BOOK.replace("0.60", "0.61"));
            Book old = night.traffic.book();
            night.book(BOOK.replace("0.60", "0.62"));
            try (Connection connection = night.database.connect()) {
                BookNumbers numbers = new BookNumbers(connection);
                List<String> rates =
                        night.traffic.lines("select r.rate_line from deck_row r where r.id = 5000");
                for (int i = 0; i < 2; i++) {
                    assertThat(numbers.rateLine(old.deckRows().getFirst()))
                            .hasToString(rates.getFirst());
                }
                assertThat(numbers.word(0)).isEmpty();
            }
        }
    }

    @Test
    void a_book_that_was_not_loaded_stops_the_run() throws SQLException {
        try (TestNight night = new TestNight(BOOK);
                Connection connection = night.database.connect()) {
            BookNumbers numbers = new BookNumbers(connection);
            Book unknown = BookText.of(BOOK + "row S,49,Germany,0.30\nrow S,33,France,0.30\n");
            assertThatThrownBy(() -> numbers.rateLine(unknown.deckRows().getLast()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "deck row 4 (S, code 33) is not in the database;"
                                    + " load the book before rating");
        }
    }

    // A rupiah is small and an hour long: 3 × 10^9 a call are 3 × 10^18 nanos, and four of them
    // more than a 64-bit number holds.
    @Test
    void sums_have_no_largest_amount() throws SQLException {
        String book =
                """
                agreement A sell=S currency=IDR
                deck S
                row S,44,UK,50000000.000001
                """;
        try (TestNight night = new TestNight(book)) {
            night.calls(
                    """
                    a ACME - 4420 2024-03-05T10:00:00Z 3600000
                    b ACME - 4420 2024-03-05T11:00:00Z 3600000
                    c ACME - 4420 2024-03-05T12:00:00Z 3600000
                    d ACME - 4420 2024-03-05T13:00:00Z 3600000
                    e ACME - 4420 2024-03-05T14:00:00Z 1000
                    f ACME - 4420 2024-03-06T14:00:00Z 660000
                    g ACME - 4420 2024-03-06T15:00:00Z 660000\
                    """);
            assertThat(night.rate()).isEqualTo("7 7 0 2 0");
            assertThat(
                            night.traffic.lines(
                                    "select day, call_count, charge_nanos from traffic_sum"
                                            + " order by 1"))
                    .containsExactly(
                            "2024-03-05,5,12000833333333573000",
                            "2024-03-06,2,1100000000000022000");
        }
    }

    // From 19:59:30 on 30 s at 0.60, then 15 s at 0.30; the tier ends after a minute of the month.
    @Test
    void parts_are_numbered_from_1_in_the_order_of_the_talk() throws SQLException {
        String book =
                """
                agreement A sell=S bands=split-carry
                deck S band=peak:mon-sun:08:00-20:00
                row S,46,Sweden,0.60,,,,,,peak
                row S,46,Sweden,0.30,,,,,,offpeak
                row S,44,UK,0.60
                row S,44,UK,0.20,,,,,,,1
                """;
        try (TestNight night = new TestNight(book)) {
            night.calls(
                    """
                    bands ACME - 4620 2024-03-05T19:59:30Z 45000
                    tiers ACME - 4420 2024-03-05T10:00:00Z 90000
                    whole ACME - 4420 2024-03-05T11:00:00Z 90000\
                    """);
            assertThat(night.rate()).isEqualTo("3 3 0 2 0");
            assertThat(
                            night.traffic.lines(
                                    """
                                    select c.call_id, h.part_count, p.n, p.actual_seconds,
                                        p.billed_seconds, p.charge_nanos
                                    from call c
                                    join charge h on h.call_slice = c.slice and h.call_n = c.n
                                    left join charge_part p on p.slice = h.slice
                                        and p.call_slice = h.call_slice and p.call_n = h.call_n
                                    order by c.call_id, p.n\
                                    """))
                    .containsExactly(
                            "bands,2,1,30,30,300000000",
                            "bands,2,2,15,15,75000000",
                            "tiers,2,1,60,60,600000000",
                            "tiers,2,2,30,30,100000000",
                            "whole,0,null,null,null,null");
            // A statement counts a call on the line of its first part.
            assertThat(
                            night.traffic.lines(
                                    """
                                    select l.destination, l.rate, t.call_count, t.billed_seconds
                                    from traffic_sum t join rate_line l on l.id = t.rate_line
                                    order by 1, 2 desc\
                                    """))
                    .containsExactly(
                            "Sweden,0.60,1,30",
                            "Sweden,0.30,0,15",
                            "UK,0.60,1,60",
                            "UK,0.20,1,120");
        }
    }

    @Test
    void a_failed_run_says_that_nothing_was_published() throws SQLException {
        try (TestNight night = new TestNight(BOOK)) {
            night.calls(CALLS);
            night.execute("alter table traffic_sum add check (charge_nanos < 0)");
            assertThatThrownBy(night::rate).isInstanceOf(DatabaseException.class);
            assertThat(night.billed()).isEmpty();
        }
    }
}
