package org.tollkeeper.db.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.TestDatabase;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Jurisdiction;
import org.tollkeeper.model.Settlement;
import org.tollkeeper.model.Side;

class StoredBookTest {

    private Database database;
    private Connection connection;

    @BeforeEach
    void storeTwoVersions() throws SQLException {
        database = TestDatabase.fresh();
        connection = database.connect();
        execute(
                """
                insert into book_version (version, known_at, digest)
                    values (1, '2024-01-01Z', ''), (2, '2024-02-01Z', '');
                insert into company_version values ('We', '{"1 Street",Town}', 'GB', '', 'EUR',
                    'Europe/London', 'W', 'Bank', '', '', '', 1);
                insert into carrier (name) values ('B'), ('A');
                insert into carrier_version values (2, 'Alpha', '', '', '', 'GB', '', '', '', 1),
                    (1, 'Beta', '', '', '', 'FR', '', '', '', 2);
                insert into switch (name) values ('lon');
                insert into switch_version values
                    (1, 'canonical-csv', 'UTC', '*', '', '44', '0', '00', '{911,112}', '', 1);
                insert into trunk_version values
                    (1, 't', 2, 3, '77', '', '2024-01-01', null, '', 1);
                insert into deck (name) values ('D1'), ('D2');
                insert into deck_version values
                    (1, 'd1.csv', 'EUR', '{2024-12-25}', 1), (2, 'd2.csv', 'EUR', '{}', 1);
                insert into deck_window values (1, 0, 'weekend', 96, 0, 1440, true, 1);
                insert into agreement (name) values ('A-1');
                insert into agreement_version values (1, 2, '2024-01-01', null,
                    '[2024-01-01Z,)', 'EUR', 'UTC', 1, 30, 'imbalance', 1.20, 1, 1, null, 0, 1,
                    true, 1, 6, 1, 1, 1, false, 1, 1, 20, '', 1);
                insert into agreement_deck values (1, 1, '', 0, 2, 1), (1, 2, '', 0, 2, 1),
                    (1, 2, '', 1, 1, 1);
                insert into commitment values (1, 0, 2, 1000, 'UK', 0.0040, 1);
                insert into rate_line (destination, rate, band, tier_from, origin, jurisdiction)
                    values ('UK', 0.0600, '', 0, '', 0), ('USA', 0.01, 'weekend', 0, 'EEA', 2);
                insert into deck_row (deck, code, rate_line, setup, minimum_seconds,
                        increment_seconds, effective, expires, blocked, known_from, known_to)
                    values (1, '44', 1, 0, 1, 1, null, null, false, 1, 2),
                           (1, '44', 1, 0, 30, 6, '2024-01-01 12:30', null, false, 2, 2147483647),
                           (2, '1', 2, 0.10, 1, 1, null, '2025-01-01', false, 1, 2147483647);
                insert into test_number values ('441', 1, 2), ('442', 2, 2147483647);
                insert into origin values ('EEA', '49', 1), ('EEA', '43', 1);
                insert into nanp values ('212555', 'NY', 1);
                insert into quality_target values ('UK', 45.5, null, 60, null, 1);
                insert into risk values ('882', 'satellite', 1);
                insert into fx_rate values ('2024-01-01', 'EUR', 'USD', 1.0850, 1);
                """);
        connection.commit();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void every_part_is_read_back() throws SQLException {
        Book book = StoredBook.read(connection, 2);
        assertThat(book.company().address()).containsExactly("1 Street", "Town");
        assertThat(book.carriers()).extracting("id").containsExactly("A", "B");
        assertThat(book.switches().getFirst().shortCodes()).containsExactly("911", "112");
        assertThat(book.trunks().getFirst().carrier()).isEqualTo("A");
        assertThat(book.trunks().getFirst().to()).isNull();
        Agreement agreement = book.agreements().getFirst();
        assertThat(agreement.decks(Side.SELL, "")).containsExactly("D2", "D1");
        assertThat(agreement.decks(Side.BUY, "")).containsExactly("D2");
        assertThat(agreement.settlement())
                .isInstanceOfSatisfying(
                        Settlement.Imbalance.class,
                        imbalance -> {
                            assertThat(imbalance.ratio()).isEqualTo("1.20");
                            assertThat(imbalance.fixedPricePerMinute()).isNull();
                        });
        assertThat(agreement.commitments()).extracting("destination").containsExactly("UK");
        Deck deck = book.decks().getFirst();
        assertThat(deck.holidays()).containsExactly(LocalDate.of(2024, 12, 25));
        assertThat(deck.windows().getFirst().days()).hasToString("[SATURDAY, SUNDAY]");
        assertThat(deck.windows().getFirst().holidays()).isTrue();
        assertThat(book.origins().get("EEA")).containsExactly("43", "49");
        assertThat(book.nanpStates()).containsEntry("212555", "NY");
        assertThat(book.targets().getFirst().asrMinPercent()).isEqualTo("45.5");
        assertThat(book.risk()).containsEntry("882", "satellite");
        assertThat(book.fxRates().getFirst().rate()).isEqualTo("1.0850");
    }

    @Test
    void deck_rows_bear_their_numbers_and_the_digits_the_deck_printed() throws SQLException {
        assertThat(StoredBook.read(connection, 2).deckRows())
                .containsExactly(
                        row(2, "D1", "44", "UK", "0.0600", "0", 30, 6, "", "", null),
                        row(
                                3,
                                "D2",
                                "1",
                                "USA",
                                "0.01",
                                "0.10",
                                1,
                                1,
                                "weekend",
                                "EEA",
                                Jurisdiction.INTRASTATE));
    }

    @Test
    void deck_rows_come_by_deck_code_and_number() throws SQLException {
        execute(
                """
                insert into deck_row (deck, code, rate_line, setup, minimum_seconds,
                        increment_seconds, blocked, known_from)
                select d, code, 1, 0, 1, 1, false, 2
                from unnest('{100,1,12,011,10,999999999999999,0,1}'::text[]) code,
                     generate_series(1, 2) d\
                """);
        assertThat(StoredBook.read(connection, 2).deckRows())
                .extracting(row -> row.deck() + " " + row.code() + " " + row.id())
                .isEqualTo(
                        lines(
                                """
                                select d.name || ' ' || r.code || ' ' || r.id
                                from deck_row r join deck d on d.id = r.deck
                                where r.known_to > 2
                                order by d.name collate "C", r.code collate "C", r.id\
                                """))
                .hasSize(18);
    }

    private List<String> lines(String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                lines.add(row.getString(1));
            }
        }
        return lines;
    }

    @Test
    void a_version_is_read_as_it_was() throws SQLException {
        assertThat(StoredBook.current(connection)).isEqualTo(2);
        Book first = StoredBook.read(connection, 1);
        assertThat(first.carriers()).extracting("id").containsExactly("A");
        assertThat(first.testNumbers()).containsExactly("441");
        assertThat(first.deckRows()).extracting(DeckRow::id).containsExactly(1, 3);
        assertThatThrownBy(() -> StoredBook.read(connection, 3))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("there is no version 3 of the book");
    }

    @Test
    void parts_are_read_without_the_rest() throws SQLException {
        assertThat(StoredBook.readWithoutDeckRows(connection, 2).deckRows()).isEmpty();
        List<String> codes =
                StoredBook.read(connection, 2).deckRows().stream().map(DeckRow::code).toList();
        assertThat(StoredBook.deckRows(connection, 2, List.of("D2"), List.of())).isEmpty();
        assertThat(StoredBook.deckRows(connection, 2, List.of("D2"), codes))
                .extracting(DeckRow::id)
                .containsExactly(3);
    }

    @Test
    void names_have_numbers_both_ways() throws SQLException {
        StoredNames names = StoredNames.read(connection);
        assertThat(names.carriers().id("A")).isEqualTo(2);
        assertThat(names.carriers().name(1)).isEqualTo("B");
        assertThat(names.decks().ids()).containsEntry("D2", 2);
        assertThatThrownBy(() -> names.agreements().id("X"))
                .hasMessage("no agreement is named 'X'");
        assertThatThrownBy(() -> names.switches().name(9)).hasMessage("no switch has the number 9");
    }

    @Test
    void a_hundred_thousand_rows_are_read() throws SQLException {
        execute(
                """
                insert into deck_row (deck, code, rate_line, setup, minimum_seconds,
                        increment_seconds, effective, expires, blocked, known_from)
                    select 2, (1000000 + n)::text, 1, 0, 1, 1, '2024-01-01', null, false, 2
                    from generate_series(1, 100000) n\
                """);
        connection.commit();
        assertThat(StoredBook.read(connection, 2).deckRows()).hasSize(100_002);
    }

    private static DeckRow row(
            int id,
            String deck,
            String code,
            String destination,
            String rate,
            String setup,
            int minimumSeconds,
            int incrementSeconds,
            String band,
            String origin,
            @Nullable Jurisdiction jurisdiction) {
        return new DeckRow(
                id,
                deck,
                code,
                destination,
                new BigDecimal(rate),
                new BigDecimal(setup),
                minimumSeconds,
                incrementSeconds,
                id == 2 ? LocalDateTime.of(2024, 1, 1, 12, 30) : null,
                id == 3 ? LocalDateTime.of(2025, 1, 1, 0, 0) : null,
                band,
                BigDecimal.ZERO,
                origin,
                jurisdiction,
                false);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
