package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.TestDatabase;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Digits;
import org.tollkeeper.rating.BookText;

/// What the answer to "why does this call cost that" says.
class ExplainTest {

    private static final String BOOK =
            """
            agreement ACME-1 carrier=ACME zone=Europe/Berlin currency=EUR sell=PROMO,S \
            bands=split-carry decimals=4 rounding=half-even
            agreement BETA-1 carrier=BETA currency=USD buy=B
            deck PROMO
            row PROMO,4420,UK London,0.0030,,,,2024-03-11,2024-03-18
            deck S band=peak:mon-fri:08:00-20:00:false
            row S,44,UK,0.0120,0.0005,60,60,,,offpeak
            row S,44,UK,0.0200,0.0010,30,30,,,peak
            row S,4412,UK Leeds,0.0900,,,,,2024-01-01
            deck B
            row B,4,World,0.5
            row B,44,UK,0.006
            row B,44,UK,0.003,,,,,,,2
            """;

    private Database database;
    private TestTraffic traffic;
    private Book book;

    @BeforeEach
    void aNight() throws SQLException {
        database = TestDatabase.fresh();
        traffic = new TestTraffic(database);
        book = BookText.of(BOOK);
        traffic.load(book);
        traffic.mediate(
                List.of(
                        call("first", "a", "2024-03-05T06:00:00Z", 90_000),
                        call("across/8", "", "2024-03-05T06:59:59Z", 62_000),
                        call("first", "b", "2024-03-06T06:00:00Z", 1_000)));
        traffic.rate();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static TestCall call(String id, String leg, String connect, int ms) {
        Instant connectAt = Instant.parse(connect);
        return new TestCall(
                "lon",
                id,
                leg,
                "ACME",
                "BETA",
                Digits.of("4930123456"),
                Digits.of("441212345678"),
                connectAt.minusMillis(1500),
                connectAt,
                ms);
    }

    @Test
    void both_sides_step_by_step() throws SQLException {
        assertThat(explained("lon/across/8").getFirst().text())
                .isEqualTo(
                        """
                        lon/across/8
                          ACME → BETA, 4930123456 → 441212345678
                          set up 2024-03-05T06:59:57.500Z, answered 2024-03-05T06:59:59Z, 62.000 s of talk

                          sell  ACME owes us 0.0225 EUR
                                agreement  ACME-1, in force from 2000-01-01 (Europe/Berlin)
                                number     441212345678
                                deck       PROMO has no code in force for the number
                                deck       S, the first of [PROMO, S] with a code in force
                                code       44 UK
                                not taken  4412 UK Leeds: not in force, ended Mon 2024-01-01 00:00:00
                                band       offpeak, since the wall clock reads Tue 2024-03-05 07:59:59 in Europe/Berlin
                                price      0.0120 a minute and 0.0005 a call
                                duration   62000 ms, rounded up: 62 s
                                billed     90 s in parts (split-carry)
                                           60 s at 0.0120, offpeak, blocks 60/60 s: 0.0125
                                           30 s at 0.0200, peak, blocks 30/30 s: 0.0100
                                amount     setup 0.0005 + 60 s × 0.0120 / 60 + 30 s × 0.0200 / 60 = 0.0225
                                rounding   half-even to 4 decimals: 0.0225 EUR
                                stands     0.0225, written by run 2 (rate), publication 2

                          buy   we owe BETA 0.004600 USD
                                agreement  BETA-1, in force from 2000-01-01 (UTC)
                                number     441212345678
                                deck       B
                                code       44 UK
                                not taken  4 World: shorter
                                price      0.006 a minute
                                tier       1.5 min of UK before it this month, graduated from [0, 2] min: the tier from 0, then 2
                                duration   62000 ms, rounded up: 62 s
                                billed     62 s in parts
                                           30 s at 0.006, blocks 1/1 s: 0.003000
                                           32 s at 0.003, tier from 2 min, blocks 1/1 s: 0.001600
                                amount     30 s × 0.006 / 60 + 32 s × 0.003 / 60 = 0.0046
                                rounding   half-up to 6 decimals: 0.004600 USD
                                stands     0.0046, written by run 2 (rate), publication 2
                        """);
    }

    @Test
    void several_calls_of_one_name_are_all_there() throws SQLException {
        assertThat(explained("first")).extracting(ExplainedCall::legId).containsExactly("a", "b");
        assertThat(explained("lon/first/b")).hasSize(1);
        assertThat(explained("paris/first")).isEmpty();
    }

    @Test
    void a_charge_that_stands_from_another_book_is_pointed_out() throws SQLException {
        book = BookText.of(BOOK.replace("0.0120,0.0005", "0.0120,0.0006"));
        traffic.load(book);
        assertThat(explained("across/8").getFirst().sides().getFirst().discrepancy())
                .isEqualTo(
                        "the charge that stands is 0.0225: the book or the calls have changed"
                                + " since it was rated");
    }

    @Test
    void reading_only_the_decks_of_its_carriers_says_the_same() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into company_version values"
                            + " ('Us', '{}', 'GB', '', 'EUR', 'UTC', 'INV', '', '', '', '', 1)");
            for (String deck : List.of("PROMO", "S", "B")) {
                statement.execute(
                        "insert into deck_version (deck, file, currency, holidays, known_from)"
                                + " select id, '', 'EUR', '{}', 1 from deck where name = '"
                                + deck
                                + "'");
            }
            statement.execute(
                    "insert into deck_window values ((select id from deck where name = 'S'), 1,"
                            + " 'peak', 31, 480, 1200, false, 1)");
            assertThat(Explain.of(connection, 1).calls("across/8").getFirst().text())
                    .isEqualTo(explained("across/8").getFirst().text());
        }
    }

    private List<ExplainedCall> explained(String name) throws SQLException {
        try (Connection connection = database.connect()) {
            return new Explain(connection, book).calls(name);
        }
    }
}
