package org.tollkeeper.invoicing.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.tollkeeper.db.traffic.ExpectedRows;
import org.tollkeeper.invoicing.FxTable;
import org.tollkeeper.invoicing.print.Sheet;
import org.tollkeeper.invoicing.print.TablesSheet;
import org.tollkeeper.invoicing.report.CompletenessReport;
import org.tollkeeper.invoicing.report.Flow;
import org.tollkeeper.invoicing.report.Held;
import org.tollkeeper.invoicing.report.Joint;
import org.tollkeeper.invoicing.report.MarginReport;
import org.tollkeeper.invoicing.report.QualityReport;
import org.tollkeeper.invoicing.report.ReconciliationReport;
import org.tollkeeper.invoicing.report.Report;
import org.tollkeeper.invoicing.report.SuspenseReport;
import org.tollkeeper.invoicing.report.TrafficReport;
import org.tollkeeper.model.Company;
import org.tollkeeper.model.DeliveryFinding;

/// The reports of a run: what is read from the database in any case, and what is only laid out
/// where something of it changed.
final class Reports {

    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);

    private final Connection connection;
    private final CurrentBook book;
    private final LocalDate through;
    private final ReportSpan span;
    private final List<DeliveryFinding> deliveries;
    private final List<Joint> joints;
    private final List<Held> held;

    private Reports(
            Connection connection,
            CurrentBook book,
            LocalDate through,
            List<DeliveryFinding> deliveries)
            throws SQLException {
        this.connection = connection;
        this.book = book;
        this.through = through;
        this.span = ReportSpan.through(through);
        this.deliveries = deliveries;
        ExpectedRows.many(connection);
        var _ = ReportDays.refresh(connection, book, span);
        this.joints = Joints.read(connection, through);
        this.held = HeldBack.read(connection);
    }

    /// Laid out.
    ///
    /// @param sheet all of them, to be printed
    record Pages(List<Report> reports, Sheet sheet) {}

    /// Brings the sums of days up to date, and reads what is not summed by day.
    ///
    /// @param deliveries what is wrong with what switches delivered
    static Reports read(
            Connection connection,
            CurrentBook book,
            LocalDate through,
            List<DeliveryFinding> deliveries)
            throws SQLException {
        return new Reports(connection, book, through, deliveries);
    }

    /// The joints of the chain from files to documents.
    List<Joint> joints() {
        return joints;
    }

    /// All that the pages are made from: the sums of a day by what they were counted from.
    String source() throws SQLException {
        return "book %d through %s days %s deliveries %s joints %s held %s"
                .formatted(
                        book.version(),
                        through,
                        ReportDays.sources(connection, span),
                        deliveries,
                        joints,
                        held.stream().map(Held::toString).sorted().toList());
    }

    /// Reads the sums of days, and lays out.
    Pages pages() throws SQLException {
        Company company = book.book().company();
        List<Flow> flows = Flows.of(connection, span);
        MarginReport margin =
                new MarginReport(company.currency(), new FxTable(book.book().fxRates()));
        Earnings.each(connection, span, margin::add);
        List<Report> reports =
                List.of(
                        TrafficReport.of(flows),
                        margin.report(),
                        QualityReport.of(flows, book.book().targets()),
                        SuspenseReport.of(held),
                        CompletenessReport.of(deliveries),
                        ReconciliationReport.of(joints));
        Sheet sheet =
                TablesSheet.of(
                        company,
                        "REPORTS",
                        MONTH.format(through) + ", through " + through,
                        reports.stream().map(Report::table).toList());
        return new Pages(reports, sheet);
    }
}
