package org.tollkeeper.invoicing.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.tollkeeper.invoicing.AccountStatement;
import org.tollkeeper.invoicing.Document;
import org.tollkeeper.invoicing.DocumentCsv;
import org.tollkeeper.invoicing.DocumentStatus;
import org.tollkeeper.invoicing.out.OutFolder;
import org.tollkeeper.invoicing.print.Sheet;
import org.tollkeeper.invoicing.report.Joint;
import org.tollkeeper.invoicing.report.Report;
import org.tollkeeper.model.DeliveryFinding;

/// Writes invoices, statements and reports into the folder `--out`: the state through a day. The
/// database decides all of it; what is printed for the first time is kept there.
public final class OutFiles {

    private static final Pattern DRAFT =
            Pattern.compile(
                    "(draft|expected)-.+-\\d{4}-\\d{2}-\\d{2}(\\.pdf|\\.csv|-calls\\.csv\\.gz)");
    private static final Pattern STATEMENT = Pattern.compile(".+-\\d{4}-\\d{2}-\\d{2}\\.(pdf|csv)");

    private final Connection connection;
    private final CurrentBook book;
    private final Sheets sheets;
    private final Renditions renditions;
    private final OutFolder folder;
    private long seen;

    /// What was written.
    ///
    /// @param unbalanced the joints of the chain that leave something unexplained: none, or a bug
    public record Outcome(int written, int unchanged, int removed, List<String> unbalanced) {}

    /// @param connection with autocommit off
    public OutFiles(Connection connection, Path out) throws SQLException {
        this.connection = connection;
        this.book = CurrentBook.read(connection);
        this.sheets = new Sheets(book);
        this.renditions = new Renditions(connection);
        this.folder = new OutFolder(out);
    }

    /// Writes all, and commits what was printed on the way.
    ///
    /// @param deliveries what is wrong with what switches delivered, for the reports
    /// @param progress told how many documents and statements are written
    public Outcome write(LocalDate through, List<DeliveryFinding> deliveries, LongConsumer progress)
            throws SQLException, IOException {
        writeInvoices(through, progress);
        writeStatements(through, progress);
        List<Joint> joints = writeReports(through, deliveries);
        connection.commit();
        return new Outcome(
                folder.writtenCount(),
                folder.unchangedCount(),
                folder.removedCount(),
                joints.stream().filter(joint -> !joint.isBalanced()).map(Joint::name).toList());
    }

    private void writeInvoices(LocalDate through, LongConsumer progress)
            throws SQLException, IOException {
        List<StoredDocument> documents = new StoredDocuments(connection).live(through);
        Set<String> names = new HashSet<>();
        for (StoredDocument stored : documents) {
            Document document = stored.document();
            String number = document.number();
            put("invoices", number + ".csv", DocumentCsv.lines(document).bytes(), names);
            byte[] pdf = renditions.find(stored.digestBytes(), Renditions.PDF);
            if (pdf == null) {
                throw new IllegalStateException("there is no PDF of " + number);
            }
            put("invoices", number + ".pdf", pdf, names);
            if (document.status() == DocumentStatus.ISSUED) {
                writeFrozenCalls(stored, names);
            }
            progress.accept(++seen);
        }
        List<Document> index = documents.stream().map(StoredDocument::document).toList();
        new CallFiles(connection, book, folder).write(index, names);
        put("invoices", "index.csv", DocumentCsv.index(index).bytes(), names);
        folder.removeOthers("invoices", DRAFT, names);
    }

    private void writeFrozenCalls(StoredDocument issued, Set<String> names)
            throws SQLException, IOException {
        byte[] frozen = renditions.find(issued.digestBytes(), Renditions.CALLS);
        if (frozen != null) {
            put("invoices", issued.document().number() + CallFiles.ENDING, frozen, names);
        }
    }

    private void writeStatements(LocalDate through, LongConsumer progress)
            throws SQLException, IOException {
        Set<String> names = new HashSet<>();
        List<AccountStatement> statements = LiveStatements.through(connection, through);
        Map<String, Sheet> printed = new LinkedHashMap<>();
        for (AccountStatement statement : statements) {
            Sheet sheet = sheets.statement(statement);
            if (sheet != null) {
                printed.put(HexFormat.of().formatHex(sheet.digest()), sheet);
            }
        }
        renditions.print(printed);
        for (AccountStatement statement : statements) {
            String name = statement.agreement() + "-" + statement.period().from();
            put("statements", name + ".csv", DocumentCsv.statement(statement).bytes(), names);
            Sheet sheet = sheets.statement(statement);
            if (sheet != null) {
                byte[] pdf = renditions.pdf(sheet.digest(), sheet);
                put("statements", name + ".pdf", pdf, names);
            }
            progress.accept(++seen);
        }
        folder.removeOthers("statements", STATEMENT, names);
    }

    private List<Joint> writeReports(LocalDate through, List<DeliveryFinding> deliveries)
            throws SQLException, IOException {
        Reports reports = Reports.read(connection, book, through, deliveries);
        Set<String> names = new HashSet<>();
        for (Report report : reports.reports()) {
            put("reports", report.name() + ".csv", report.csv().bytes(), names);
        }
        byte[] pdf = renditions.pdf(reports.sheet().digest(), reports.sheet());
        put("reports", "reports.pdf", pdf, names);
        return new ArrayList<>(reports.joints());
    }

    private void put(String below, String name, byte[] content, Set<String> names)
            throws IOException {
        folder.put(below + "/" + name, content);
        names.add(name);
    }
}
