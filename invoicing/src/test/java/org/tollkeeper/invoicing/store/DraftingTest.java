package org.tollkeeper.invoicing.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftingTest {

    private static final String LIVE =
            """
            select number, kind, status, document_date, due_date, net_minor, tax_minor, gross_minor
            from document where to_publication is null order by number
            """;

    private Books books;

    @BeforeEach
    void open() throws SQLException {
        books = new Books().agreement("BETA-A", "EUR", 1, "20");
    }

    @AfterEach
    void close() throws SQLException {
        books.close();
    }

    private Drafting.Outcome draft(String through) throws SQLException {
        return new Drafting(books.connection)
                .draft(books.run, LocalDate.parse(through), count -> {});
    }

    @Test
    void each_side_with_something_due_has_a_document() throws SQLException {
        books.statement(
                "BETA-A",
                "2024-03",
                "EUR",
                "buy France 0.0100 1 36 10.005",
                "sell UK 0.0060 20 4356 10.005",
                "sell UK_Mobile 0.0240 3 240 10.005");
        books.statement("BETA-A", "2024-04", "EUR", "sell UK 0.0060 1 1 0.001");
        assertThat(draft("2024-04-30")).isEqualTo(new Drafting.Outcome(2, 0, 0, 0));
        assertThat(books.rows(LIVE))
                .containsExactly(
                        "draft-BETA-A-2024-03-01 invoice draft 2024-04-01 2024-05-01 2002 400 2402",
                        "expected-BETA-A-2024-03-01 expected expected 2024-04-01 2024-05-01"
                                + " 1001 200 1201");
    }

    @Test
    void an_unchanged_statement_leaves_its_documents_alone() throws SQLException {
        books.statement("BETA-A", "2024-03", "EUR", "sell UK 0.0060 20 4356 10.00");
        draft("2024-04-30");
        String before = String.join("\n", books.rows("select * from document"));
        assertThat(draft("2024-04-30")).isEqualTo(new Drafting.Outcome(0, 1, 0, 0));
        assertThat(String.join("\n", books.rows("select * from document"))).isEqualTo(before);
    }

    // The digest of a draft is blotted out, so that it is drafted anew as soon as it is laid out.
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing,                    false, 0",
        "another statement,          true, 0",
        "another version of a book,  true, 0",
        "another last day,           true, 0",
        "another document,           true, 1",
        "another proposal,           true, 0",
        "another program,            true, 0",
    })
    void drafts_are_laid_out_again_only_where_something_may_be_different(
            String change, boolean laidOut, int retired) throws SQLException {
        books.statement("BETA-A", "2024-03", "EUR", "sell UK 0.0060 20 4356 10.00");
        draft("2024-04-30");
        books.execute("update document set digest = '\\x00'");
        books.commit();
        String through = "2024-04-30";
        switch (change) {
            case "another statement" ->
                    books.statement("BETA-A", "2024-02", "EUR", "sell UK 0.0060 20 4356 0.001");
            case "another version of a book" -> books.newVersion();
            case "another last day" -> through = "2024-05-31";
            case "another document" ->
                    books.execute(
                            """
                            insert into document (number, kind, status, carrier, agreement, side,
                                period_from, period_end, currency, document_date, due_date,
                                net_minor, tax_minor, gross_minor, tax_category, tax_percent,
                                tax_note, statement, book, run, digest, from_publication)
                            select 'draft-BETA-A-2024-02-01', kind, status, carrier, agreement,
                                side, period_from, period_end, currency, document_date, due_date,
                                net_minor, tax_minor, gross_minor, tax_category, tax_percent,
                                tax_note, statement, book, run, digest, from_publication
                            from document
                            """);
            case "another proposal" ->
                    books.execute(
                            "insert into correction_proposal (document, line, destination,"
                                    + " description, from_minor, to_minor, run, from_publication)"
                                    + " select d.id, 0, '', '', 0, 1, d.run, d.from_publication"
                                    + " from document d");
            case "another program" -> books.execute("update laid_out set source = '\\x00'");
            default -> assertThat(change).isEqualTo("nothing");
        }
        assertThat(draft(through))
                .isEqualTo(
                        laidOut
                                ? new Drafting.Outcome(1, 0, retired, 0)
                                : new Drafting.Outcome(0, 1, 0, 0));
        assertThat(draft(through)).isEqualTo(new Drafting.Outcome(0, 1, 0, 0));
    }

    @Test
    void drafting_some_periods_is_not_drafting_all() throws SQLException {
        books.statement("BETA-A", "2024-03", "EUR", "sell UK 0.0060 20 4356 10.00");
        books.statement("BETA-A", "2024-04", "EUR", "sell UK 0.0060 20 4356 10.00");
        new Drafting(books.connection)
                .draft(
                        books.run,
                        LocalDate.parse("2024-04-30"),
                        period -> period.from().getMonthValue() == 4,
                        count -> {});
        assertThat(draft("2024-04-30")).isEqualTo(new Drafting.Outcome(1, 1, 0, 0));
        assertThat(draft("2024-04-30")).isEqualTo(new Drafting.Outcome(0, 2, 0, 0));
    }

    @Test
    void a_changed_statement_gives_a_new_generation_and_a_gone_one_none() throws SQLException {
        books.statement("BETA-A", "2024-03", "EUR", "sell UK 0.0060 20 4356 10.00");
        books.statement("BETA-A", "2024-04", "EUR", "sell UK 0.0060 20 4356 10.00");
        draft("2024-04-30");
        books.statement("BETA-A", "2024-03", "EUR", "sell UK 0.0060 21 4400 10.50");
        books.statement("BETA-A", "2024-04", "EUR");
        assertThat(draft("2024-04-30")).isEqualTo(new Drafting.Outcome(1, 0, 1, 0));
        assertThat(books.rows("select count(*), count(to_publication) from document"))
                .containsExactly("3 2");
        assertThat(books.rows(LIVE))
                .containsExactly(
                        "draft-BETA-A-2024-03-01 invoice draft 2024-04-01 2024-05-01 1050 210 1260");
    }

    @Test
    void a_draft_of_a_later_period_waits_for_its_statement_only() throws SQLException {
        books.statement("BETA-A", "2024-03", "EUR", "sell UK 0.0060 20 4356 10.00");
        books.statement("BETA-A", "2024-04", "EUR", "sell UK 0.0060 20 4356 10.00");
        new Drafting(books.connection)
                .draft(
                        books.run,
                        LocalDate.parse("2024-04-30"),
                        period -> period.from().getMonthValue() == 4,
                        count -> {});
        assertThat(books.rows("select number from document"))
                .containsExactly("draft-BETA-A-2024-04-01");
    }

    @Test
    void expected_documents_are_accrued_and_drafts_are_not() throws SQLException {
        books.statement(
                "BETA-A",
                "2024-03",
                "EUR",
                "buy France 0.0100 1 36 100.00",
                "sell UK 0.0060 20 4356 10.00");
        draft("2024-04-30");
        assertThat(
                        books.rows(
                                "select day, account, debit_minor, credit_minor from posting"
                                        + " order by id"))
                .containsExactly(
                        "2024-03-31 cost:termination:BETA 10000 0",
                        "2024-03-31 tax:input 2000 0",
                        "2024-03-31 accrued-payable:BETA 0 12000");
    }

    @Test
    void a_shortfall_is_a_line_without_a_tier() throws SQLException {
        books.statement("BETA-A", "2024-03", "EUR", "sell USA !0.0125 0 0 0.02");
        draft("2024-04-30");
        assertThat(
                        books.rows(
                                "select description, destination, rate, tier_from, amount_minor"
                                        + " from document_line"))
                .containsExactly("Commitment shortfall USA USA 0.0125 null 2");
    }
}
