package org.tollkeeper.invoicing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tollkeeper.model.BillingPeriod;

class IssuingTest {

    /// Half past midnight of 3 May in Dublin, still 2 May in UTC.
    private static final Instant NOW = Instant.parse("2024-05-02T23:30:00Z");

    private static final String ISSUED =
            """
            select number, status, document_date, due_date, gross_minor from document
            where to_publication is null order by number
            """;

    private Books books;

    @BeforeEach
    void open() throws SQLException {
        books = new Books().agreement("BETA-A", "EUR", 1, "20").agreement("BETA-B", "EUR", 4, "0");
        for (String month : List.of("2024-01", "2024-02", "2024-03")) {
            books.statement("BETA-A", month, "EUR", "sell UK 0.0060 20 4356 10.00");
        }
    }

    @AfterEach
    void close() throws SQLException {
        books.close();
    }

    private Drafting.Outcome draft() throws SQLException {
        return new Drafting(books.connection)
                .draft(books.run, LocalDate.of(2024, 4, 30), count -> {});
    }

    private Issuing issuing(Connection connection) throws SQLException {
        return new Issuing(connection, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Issuing.Outcome issue(String... months) throws SQLException, IOException {
        return issuing(books.connection).issue(books.run, in(months));
    }

    private static Predicate<BillingPeriod> in(String... months) {
        return period -> List.of(months).contains(period.from().toString().substring(0, 7));
    }

    @Test
    void an_invoice_is_dated_in_the_company_s_zone_and_numbered_in_order() throws Exception {
        draft();
        assertThat(issue("2024-01", "2024-02").numbers())
                .containsExactly("WV-2024-000001", "WV-2024-000002");
        assertThat(books.rows(ISSUED))
                .containsExactly(
                        "WV-2024-000001 issued 2024-05-03 2024-06-02 1200",
                        "WV-2024-000002 issued 2024-05-03 2024-06-02 1200",
                        "draft-BETA-A-2024-03-01 draft 2024-04-01 2024-05-01 1200");
        assertThat(
                        books.rows(
                                "select document, sum(debit_minor), sum(credit_minor) from posting"
                                        + " group by document order by document"))
                .containsExactly("4 1200 1200", "5 1200 1200");
    }

    @Test
    void what_was_issued_gets_no_new_draft_and_is_never_touched() throws Exception {
        draft();
        issue("2024-01");
        String before = documentAndRendition();
        assertThat(draft()).isEqualTo(new Drafting.Outcome(0, 2, 0, 0));
        books.statement(
                "BETA-A",
                "2024-01",
                "EUR",
                "sell UK 0.0060 21 4400 10.50",
                "sell USA 0.01 1 60 0.01");
        assertThat(draft()).isEqualTo(new Drafting.Outcome(0, 2, 0, 2));
        assertThat(documentAndRendition()).isEqualTo(before);
        assertThat(proposals())
                .containsExactly("WV-2024-000001 0 USA 0 1", "WV-2024-000001 1 UK 1000 1050");
        assertThat(draft().proposed()).isEqualTo(2);
        assertThat(books.rows("select count(*) from correction_proposal")).containsExactly("2");
    }

    @Test
    void a_period_without_traffic_any_more_is_proposed_to_be_credited_whole() throws Exception {
        draft();
        issue("2024-01");
        books.statement("BETA-A", "2024-01", "EUR");
        draft();
        assertThat(proposals()).containsExactly("WV-2024-000001 1 UK 1000 0");
        books.statement("BETA-A", "2024-01", "EUR", "sell UK 0.006 20 4356 10.00");
        draft();
        assertThat(proposals()).isEmpty();
    }

    @Test
    void late_usage_goes_on_the_next_invoice_once() throws Exception {
        books.lateUsageOnNextInvoice();
        draft();
        issue("2024-01");
        books.statement("BETA-A", "2024-01", "EUR", "sell UK 0.0060 21 4400 10.50");
        draft();
        assertThat(proposals()).isEmpty();
        assertThat(lines("draft-BETA-A-2024-02-01"))
                .containsExactly(
                        "UK 20 4356 1000 null",
                        "UK, late usage of 2024-01-01 to 2024-01-31 1 44 50 2024-01-01");
        issue("2024-02");
        draft();
        assertThat(lines("draft-BETA-A-2024-03-01")).containsExactly("UK 20 4356 1000 null");
        assertThat(proposals()).isEmpty();
    }

    @Test
    void reverse_charge_needs_the_carrier_s_vat_id() throws Exception {
        books.statement("BETA-B", "2024-01", "EUR", "sell UK 0.0060 20 4356 10.00");
        books.vatId("");
        draft();
        Issuing.Outcome outcome = issue("2024-01");
        assertThat(outcome.numbers()).containsExactly("WV-2024-000001");
        assertThat(outcome.refusals())
                .containsEntry(
                        "draft-BETA-B-2024-01-01",
                        "tax category AE needs the carrier's VAT id: enter vat_id of BETA in"
                                + " carriers.csv");
    }

    @Test
    void a_failed_issue_consumes_no_number() throws Exception {
        draft();
        issue("2024-01");
        books.execute(
                """
                create function refuse() returns trigger language plpgsql as
                $$ begin raise exception 'disk full'; end $$
                """);
        books.execute(
                "create trigger refuse before insert on rendition for each row"
                        + " execute function refuse()");
        books.commit();
        assertThatThrownBy(() -> issue("2024-02")).isInstanceOf(SQLException.class);
        books.execute("drop trigger refuse on rendition");
        books.commit();
        assertThat(books.rows(ISSUED))
                .contains("draft-BETA-A-2024-02-01 draft 2024-03-01 2024-03-31 1200");
        assertThat(issue("2024-02").numbers()).containsExactly("WV-2024-000002");
    }

    @Test
    void two_at_once_share_one_series_without_a_gap() throws Exception {
        for (int month = 4; month <= 12; month++) {
            books.statement(
                    "BETA-A", "2023-%02d".formatted(month), "EUR", "sell UK 0.0060 1 60 10.00");
        }
        draft();
        List<String> all = books.rows(ISSUED);
        try (ExecutorService two = Executors.newFixedThreadPool(2);
                Connection one = books.database.connect();
                Connection other = books.database.connect()) {
            Future<Issuing.Outcome> odd =
                    two.submit(() -> issuing(one).issue(books.run, p -> odd(p)));
            Future<Issuing.Outcome> even =
                    two.submit(() -> issuing(other).issue(books.run, p -> !odd(p)));
            assertThat(odd.get().numbers().size() + even.get().numbers().size())
                    .isEqualTo(all.size());
        }
        List<String> numbers = books.rows("select number from document where status = 'issued'");
        assertThat(numbers.stream().sorted().toList())
                .hasSize(12)
                .first()
                .isEqualTo("WV-2024-000001");
        assertThat(numbers.stream().sorted().toList()).last().isEqualTo("WV-2024-000012");
        assertThat(numbers).doesNotHaveDuplicates();
    }

    private static boolean odd(BillingPeriod period) {
        return period.from().getMonthValue() % 2 == 1;
    }

    private String documentAndRendition() throws SQLException {
        return String.join(
                "\n",
                books.rows(
                        "select d.*, r.sha256 from document d join rendition r using (digest)"
                                + " where status = 'issued' order by r.format"));
    }

    private List<String> proposals() throws SQLException {
        return books.rows(
                """
                select d.number, p.line, p.destination, p.from_minor, p.to_minor
                from correction_proposal p join document d on d.id = p.document
                where p.to_publication is null order by p.line
                """);
    }

    private List<String> lines(String number) throws SQLException {
        return books.rows(
                """
                select l.description, l.call_count, l.billed_seconds, l.amount_minor, l.usage_from
                from document_line l join document d on d.id = l.document
                where d.to_publication is null and d.number = '%s' order by l.n
                """
                        .formatted(number));
    }
}
