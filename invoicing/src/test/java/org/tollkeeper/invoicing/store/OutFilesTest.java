package org.tollkeeper.invoicing.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tollkeeper.model.DeliveryFinding;
import org.tollkeeper.model.Side;

class OutFilesTest {

    private static final LocalDate THROUGH = LocalDate.of(2024, 3, 31);

    @TempDir Path out;
    private Books books;

    @BeforeEach
    void open() throws SQLException {
        books = new Books().agreement("BETA-A", "EUR", 1, "20");
        int uk = books.price("44", "UK", "0.60");
        books.call("one", "BETA-A", Side.SELL, at("2024-03-01T00:00:00Z"), 60, uk, 600_000_000);
        books.call("two", "BETA-A", Side.SELL, at("2024-03-31T23:59:59Z"), 30, uk, 300_000_000);
        books.call("next", "BETA-A", Side.SELL, at("2024-04-01T00:00:00Z"), 30, uk, 300_000_000);
        books.call("out", "BETA-A", Side.BUY, at("2024-03-05T10:00:00Z"), 60, uk, 600_000_000);
        books.statement(
                "BETA-A", "2024-03", "EUR", "buy UK 0.60 1 60 0.6", "sell UK 0.60 2 90 0.9");
    }

    @AfterEach
    void close() throws SQLException {
        books.close();
    }

    private static Instant at(String instant) {
        return Instant.parse(instant);
    }

    private OutFiles.Outcome write() throws SQLException, IOException {
        new Drafting(books.connection).draft(books.run, THROUGH, count -> {});
        return new OutFiles(books.connection, out).write(THROUGH, List.of(), count -> {});
    }

    private String read(String name) throws IOException {
        return Files.readString(out.resolve(name));
    }

    private Map<String, FileTime> times() throws IOException {
        Map<String, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                times.put(out.relativize(file).toString(), Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    @Test
    void the_folder_holds_invoices_statements_and_reports() throws Exception {
        assertThat(write().unbalanced()).isEmpty();
        assertThat(times().keySet())
                .containsExactly(
                        "invoices/draft-BETA-A-2024-03-01-calls.csv.gz",
                        "invoices/draft-BETA-A-2024-03-01.csv",
                        "invoices/draft-BETA-A-2024-03-01.pdf",
                        "invoices/expected-BETA-A-2024-03-01-calls.csv.gz",
                        "invoices/expected-BETA-A-2024-03-01.csv",
                        "invoices/expected-BETA-A-2024-03-01.pdf",
                        "invoices/index.csv",
                        "reports/completeness.csv",
                        "reports/margin.csv",
                        "reports/quality.csv",
                        "reports/reconciliation.csv",
                        "reports/reports.pdf",
                        "reports/suspense.csv",
                        "reports/traffic.csv",
                        "statements/BETA-A-2024-03-01.csv",
                        "statements/BETA-A-2024-03-01.pdf");
        assertThat(read("invoices/index.csv"))
                .isEqualTo(
                        """
                        number,kind,carrier,agreement,period_from,period_to,currency,net,tax,gross,due,status
                        draft-BETA-A-2024-03-01,invoice,BETA,BETA-A,2024-03-01,2024-03-31,EUR,0.90,0.18,1.08,2024-05-01,draft
                        expected-BETA-A-2024-03-01,expected,BETA,BETA-A,2024-03-01,2024-03-31,EUR,0.60,0.12,0.72,2024-05-01,expected
                        """);
        assertThat(read("invoices/draft-BETA-A-2024-03-01.csv"))
                .isEqualTo(
                        """
                        line,description,destination,rate,band,tier_from,origin,jurisdiction,calls,billed_seconds,amount,currency
                        1,UK,UK,0.60,,0,,,2,90,0.90,EUR
                        """);
        assertThat(read("statements/BETA-A-2024-03-01.csv"))
                .isEqualTo(
                        """
                        agreement,period_from,period_to,line,side,destination,rate,band,tier_from,origin,jurisdiction,calls,actual_seconds,billed_seconds,traffic_amount,due_amount,currency
                        BETA-A,2024-03-01,2024-03-31,traffic,buy,UK,0.60,,0,,,1,60,60,0.600000,0.60,EUR
                        BETA-A,2024-03-01,2024-03-31,traffic,sell,UK,0.60,,0,,,2,90,90,0.900000,0.90,EUR
                        BETA-A,2024-03-01,2024-03-31,total,buy,,,,,,,0,0,0,0.000000,0.60,EUR
                        BETA-A,2024-03-01,2024-03-31,total,sell,,,,,,,0,0,0,0.000000,0.90,EUR
                        """);
    }

    @Test
    void call_detail_holds_the_period_s_charges_of_one_side_and_nothing_of_the_other()
            throws Exception {
        write();
        byte[] bytes =
                Files.readAllBytes(out.resolve("invoices/draft-BETA-A-2024-03-01-calls.csv.gz"));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(
                            """
                            switch,call_id,leg_id,setup_at,connect_at,duration_ms,calling,called,code,destination,origin,jurisdiction,band,tier_from,billed_seconds,rate,setup,amount,currency
                            fra1,one,,2024-02-29T23:59:58.000Z,2024-03-01T00:00:00.000Z,60000,33123456789,447700900123,44,UK,,,,0,60,0.60,0,0.600000,EUR
                            fra1,two,,2024-03-31T23:59:57.000Z,2024-03-31T23:59:59.000Z,30000,33123456789,447700900123,44,UK,,,,0,30,0.60,0,0.300000,EUR
                            """);
        }
    }

    @Test
    void written_again_nothing_is_touched() throws Exception {
        write();
        Map<String, FileTime> before = times();
        OutFiles.Outcome again = write();
        assertThat(again).isEqualTo(new OutFiles.Outcome(0, 16, 0, again.unbalanced()));
        assertThat(times()).isEqualTo(before);
    }

    @Test
    void a_file_that_was_deleted_or_changed_is_written_again() throws Exception {
        write();
        for (String name : times().keySet()) {
            Path file = out.resolve(name);
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            assertThat(write()).as(name).isEqualTo(new OutFiles.Outcome(1, 15, 0, List.of()));
            assertThat(file).hasBinaryContent(content);
            Files.write(file, new byte[content.length]);
            assertThat(write()).as(name).isEqualTo(new OutFiles.Outcome(1, 15, 0, List.of()));
            assertThat(file).hasBinaryContent(content);
        }
    }

    // Generations never change; here they do, which shows when a folder is laid out again.
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "invoices,   update document_line set destination = 'Mars',     invoices/draft-BETA-A-2024-03-01.csv",
        "statements, update statement_line set destination = 'Mars',    statements/BETA-A-2024-03-01.csv",
        "reports,    update report_flow set destination = 'Mars',       reports/traffic.csv",
    })
    void what_comes_from_the_same_is_laid_out_again_only_by_another_program(
            String part, String change, String file) throws Exception {
        write();
        books.execute(change);
        books.commit();
        assertThat(write().written()).isZero();
        books.execute("update laid_out set source = '\\x00' where part = ?", part);
        books.commit();
        assertThat(write().written()).isPositive();
        assertThat(read(file)).contains("Mars");
        assertThat(write().written()).isZero();
    }

    @Test
    void a_late_call_changes_call_detail_and_reports_only() throws Exception {
        write();
        Map<String, FileTime> before = times();
        int uk = books.price("44", "UK", "0");
        books.call("late", "BETA-A", Side.SELL, at("2024-03-09T00:00:00Z"), 60, uk, 0);
        write();
        assertThat(touchedSince(before))
                .containsExactly(
                        "invoices/draft-BETA-A-2024-03-01-calls.csv.gz",
                        "reports/margin.csv",
                        "reports/reconciliation.csv",
                        "reports/reports.pdf",
                        "reports/traffic.csv");
    }

    @Test
    void what_is_wrong_with_deliveries_changes_reports_only() throws Exception {
        write();
        Map<String, FileTime> before = times();
        DeliveryFinding gap =
                new DeliveryFinding("fra1", DeliveryFinding.Kind.SEQUENCE_GAP, "7", "8", 2, 0, "");
        new OutFiles(books.connection, out).write(THROUGH, List.of(gap), count -> {});
        assertThat(touchedSince(before))
                .containsExactly("reports/completeness.csv", "reports/reports.pdf");
    }

    @Test
    void another_company_changes_documents_statements_and_reports_that_name_it() throws Exception {
        write();
        Map<String, FileTime> before = times();
        books.execute("update company_version set name = 'Other Ltd'");
        books.newVersion();
        write();
        assertThat(touchedSince(before))
                .containsExactly(
                        "invoices/draft-BETA-A-2024-03-01.pdf",
                        "invoices/expected-BETA-A-2024-03-01.pdf",
                        "reports/reports.pdf",
                        "statements/BETA-A-2024-03-01.pdf");
    }

    private List<String> touchedSince(Map<String, FileTime> before) throws IOException {
        List<String> touched = new ArrayList<>();
        times().forEach((name, time) -> {
            if (!time.equals(before.get(name))) {
                touched.add(name);
            }
        });
        return touched;
    }

    @Test
    void another_folder_gets_the_same_bytes() throws Exception {
        write();
        Path other = out.resolve("other");
        new OutFiles(books.connection, other).write(THROUGH, List.of(), count -> {});
        for (String name : times().keySet()) {
            if (!name.startsWith("other")) {
                assertThat(other.resolve(name)).hasSameBinaryContentAs(out.resolve(name));
            }
        }
    }

    @Test
    void a_draft_that_no_longer_exists_is_removed_and_what_is_not_ours_stays() throws Exception {
        write();
        Files.writeString(out.resolve("invoices/notes.csv"), "mine");
        Files.writeString(out.resolve("statements/README"), "mine");
        books.statement("BETA-A", "2024-03", "EUR", "sell UK 0.60 2 90 0.9");
        assertThat(write().removed()).isEqualTo(3);
        assertThat(times().keySet())
                .contains("invoices/notes.csv", "statements/README")
                .contains("invoices/draft-BETA-A-2024-03-01.csv")
                .noneMatch(name -> name.startsWith("invoices/expected"));
        books.statement("BETA-A", "2024-03", "EUR");
        write();
        assertThat(times().keySet())
                .filteredOn(name -> !name.startsWith("reports"))
                .containsExactly("invoices/index.csv", "invoices/notes.csv", "statements/README");
    }

    @Test
    void an_issued_invoice_keeps_its_bytes_whatever_comes() throws Exception {
        write();
        new Issuing(books.connection, Clock.fixed(at("2024-04-02T12:00:00Z"), ZoneOffset.UTC))
                .issue(books.run, period -> true);
        write();
        Map<String, FileTime> before = times();
        assertThat(before.keySet())
                .contains(
                        "invoices/WV-2024-000001.csv",
                        "invoices/WV-2024-000001.pdf",
                        "invoices/WV-2024-000001-calls.csv.gz")
                .noneMatch(name -> name.startsWith("invoices/draft"));
        int uk = books.price("44", "UK", "0.90");
        books.call("late", "BETA-A", Side.SELL, at("2024-03-09T00:00:00Z"), 60, uk, 900_000_000);
        books.statement(
                "BETA-A", "2024-03", "EUR", "sell UK 0.60 2 90 0.9", "sell UK 0.90 1 60 0.9");
        books.execute("update company_version set name = 'Other Ltd'");
        books.newVersion();
        assertThat(write().unbalanced()).isEqualTo(java.util.List.of("charges, buy, EUR"));
        before.forEach((name, time) -> {
            if (name.startsWith("invoices/WV")) {
                assertThat(out.resolve(name))
                        .satisfies(file ->
                                assertThat(Files.getLastModifiedTime(file)).isEqualTo(time));
            }
        });
    }

    @Test
    void every_joint_of_the_chain_is_closed() throws Exception {
        write();
        assertThat(read("reports/reconciliation.csv"))
                .contains("records,read,4,")
                .contains("charges, sell, EUR".replace(", ", ", "))
                .contains("\"charges, sell, EUR\",open periods,1,30,0.300000000,EUR")
                .contains("\"statements, sell, EUR\",documents,0,0,0.90,EUR");
        assertThat(read("reports/reconciliation.csv").lines())
                .filteredOn(line -> line.contains("unexplained"))
                .allMatch(line -> line.matches(".*unexplained,0,0(\\.0+)?,0(\\.0+)?,.*"));
    }

    @Test
    void the_reports_cover_the_month_of_the_last_day() throws Exception {
        write();
        assertThat(read("reports/traffic.csv"))
                .isEqualTo(
                        """
                        carrier,side,destination,attempts,answered,asr_percent,acd_seconds,minutes,billed_seconds,amount,currency
                        BETA,buy,UK,1,1,100.00,60.00,1.00,60,0.60,EUR
                        BETA,sell,UK,2,2,100.00,45.00,1.50,90,0.90,EUR
                        """);
        assertThat(read("reports/quality.csv"))
                .endsWith("UK,BETA,1,1,100.00,100.00,60.00,1500.00,,\n");
        assertThat(read("reports/margin.csv"))
                .contains("BETA,UK,2,,,,,USD,no rate EUR to USD on or before 2024-03-01; no rate")
                .contains(",UK,1,,,,,USD,no rate EUR to USD on or before 2024-03-05");
    }

    @Test
    void reports_count_the_days_anew_of_which_something_changed() throws Exception {
        ReportSpan span = ReportSpan.through(THROUGH);
        assertThat(counted(span)).isEqualTo(3);
        assertThat(counted(span)).isZero();
        books.call("late", "BETA-A", Side.SELL, at("2024-03-05T00:00:00Z"), 60, 1, 600_000_000);
        assertThat(counted(span)).isEqualTo(1);
        books.execute("insert into agreement_deck select 1, 2, '', 1, id, 1 from deck");
        books.newVersion();
        assertThat(counted(span)).as("numbers have destinations now").isEqualTo(3);
        var _ = books.price("44", "UK", "0.90");
        assertThat(counted(span)).as("another price for the same destination").isZero();
        var _ = books.price("447", "UK Mobile", "0.90");
        assertThat(counted(span)).as("another destination").isEqualTo(3);
    }

    private int counted(ReportSpan span) throws SQLException {
        int count = ReportDays.refresh(books.connection, CurrentBook.read(books.connection), span);
        books.commit();
        return count;
    }

    @Test
    void the_ledger_sums_to_zero_per_document() throws Exception {
        write();
        new Issuing(books.connection, Clock.fixed(at("2024-04-02T12:00:00Z"), ZoneOffset.UTC))
                .issue(books.run, period -> true);
        Path ledger = out.resolve("ledger.csv");
        LedgerExport.write(
                books.connection, LocalDate.of(2024, 1, 1), LocalDate.of(2024, 12, 31), ledger);
        assertThat(read("ledger.csv"))
                .isEqualTo(
                        """
                        posting,date,document,account,debit,credit,currency
                        expected-BETA-A-2024-03-01/1,2024-03-31,expected-BETA-A-2024-03-01,cost:termination:BETA,0.60,0.00,EUR
                        expected-BETA-A-2024-03-01/2,2024-03-31,expected-BETA-A-2024-03-01,tax:input,0.12,0.00,EUR
                        expected-BETA-A-2024-03-01/3,2024-03-31,expected-BETA-A-2024-03-01,accrued-payable:BETA,0.00,0.72,EUR
                        WV-2024-000001/1,2024-04-02,WV-2024-000001,receivable:BETA,1.08,0.00,EUR
                        WV-2024-000001/2,2024-04-02,WV-2024-000001,revenue:termination:BETA,0.00,0.90,EUR
                        WV-2024-000001/3,2024-04-02,WV-2024-000001,tax:output,0.00,0.18,EUR
                        """);
    }
}
