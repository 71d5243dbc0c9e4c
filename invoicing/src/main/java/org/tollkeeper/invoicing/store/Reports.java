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
import org.tollkeeper.invoicing.report.Joint;
import org.tollkeeper.invoicing.report.MarginReport;
import org.tollkeeper.invoicing.report.QualityReport;
import org.tollkeeper.invoicing.report.ReconciliationReport;
import org.tollkeeper.invoicing.report.Report;
import org.tollkeeper.invoicing.report.SuspenseReport;
import org.tollkeeper.invoicing.report.TrafficReport;
import org.tollkeeper.model.Company;
import org.tollkeeper.model.DeliveryFinding;

/// The reports of a run, read from the database.
///
/// @param joints of the chain from files to documents
record Reports(List<Report> reports, List<Joint> joints, Sheet sheet) {

    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);

    /// @param deliveries what is wrong with what switches delivered
    static Reports read(
            Connection connection,
            CurrentBook book,
            LocalDate through,
            List<DeliveryFinding> deliveries)
            throws SQLException {
        ExpectedRows.many(connection);
        ReportSpan span = ReportSpan.through(through);
        Company company = book.book().company();
        var _ = ReportDays.refresh(connection, book, span);
        List<Flow> flows = Flows.of(connection, span);
        MarginReport margin =
                new MarginReport(company.currency(), new FxTable(book.book().fxRates()));
        Earnings.each(connection, span, margin::add);
        List<Joint> joints = Joints.read(connection, through);
        List<Report> reports =
                List.of(
                        TrafficReport.of(flows),
                        margin.report(),
                        QualityReport.of(flows, book.book().targets()),
                        SuspenseReport.of(HeldBack.read(connection)),
                        CompletenessReport.of(deliveries),
                        ReconciliationReport.of(joints));
        Sheet sheet =
                TablesSheet.of(
                        company,
                        "REPORTS",
                        MONTH.format(through) + ", through " + through,
                        reports.stream().map(Report::table).toList());
        return new Reports(reports, joints, sheet);
    }
}
