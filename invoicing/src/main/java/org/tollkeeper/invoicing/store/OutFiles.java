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
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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

    /// In place of a digest: the agreement that a statement is of is not in the book any more.
    private static final String NOT_PRINTED = "";

    private final Connection connection;
    private final CurrentBook book;
    private final Sheets sheets;
    private final Renditions renditions;
    private final OutFolder folder;
    private final LaidOut laidOut;
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
        this.laidOut = new LaidOut(connection);
    }

    /// Writes all, and commits what was printed on the way.
    ///
    /// @param deliveries what is wrong with what switches delivered, for the reports
    /// @param progress told how many documents and statements are written
    public Outcome write(LocalDate through, List<DeliveryFinding> deliveries, LongConsumer progress)
            throws SQLException, IOException {
        writeInvoices(through, progress);
        writeStatements(through, progress);
        return finish(through, deliveries);
    }

    /// The same, and reports are counted meanwhile by another connection, which commits them.
    public Outcome write(
            LocalDate through,
            List<DeliveryFinding> deliveries,
            Connection counting,
            LongConsumer progress)
            throws SQLException, IOException {
        try (DayCounting days = new DayCounting(counting, book, ReportSpan.through(through))) {
            writeInvoices(through, progress);
            writeStatements(through, progress);
            days.await();
        }
        return finish(through, deliveries);
    }

    private Outcome finish(LocalDate through, List<DeliveryFinding> deliveries)
            throws SQLException, IOException {
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
        StoredDocuments documents = new StoredDocuments(connection);
        List<StoredDocument> heads = documents.liveHeads(through);
        String source = "documents " + heads.stream().map(StoredDocument::id).toList();
        Set<String> names =
                write("invoices", source, part -> layOut(part, documents.live(through), progress));
        new CallFiles(connection, book, folder)
                .write(heads.stream().map(StoredDocument::document).toList(), names);
        folder.removeOthers("invoices", DRAFT, names);
        seen += heads.size();
        progress.accept(seen);
    }

    private void layOut(Part part, List<StoredDocument> documents, LongConsumer progress)
            throws SQLException, IOException {
        long before = seen;
        for (StoredDocument stored : documents) {
            Document document = stored.document();
            String number = document.number();
            part.put(number + ".csv", DocumentCsv.lines(document).bytes());
            part.put(number + ".pdf", pdf(number, stored.digest()));
            byte[] frozen =
                    document.status() == DocumentStatus.ISSUED
                            ? renditions.find(stored.digestBytes(), Renditions.CALLS)
                            : null;
            if (frozen != null) {
                part.put(number + CallFiles.ENDING, frozen);
            }
            progress.accept(++before);
        }
        List<Document> index = documents.stream().map(StoredDocument::document).toList();
        part.put("index.csv", DocumentCsv.index(index).bytes());
    }

    private void writeStatements(LocalDate through, LongConsumer progress)
            throws SQLException, IOException {
        List<Integer> numbers = LiveStatements.numbers(connection, through);
        String source = "book %d statements %s".formatted(book.version(), numbers);
        Set<String> names =
                write(
                        "statements",
                        source,
                        part ->
                                layOutStatements(
                                        part,
                                        LiveStatements.through(connection, through),
                                        progress));
        folder.removeOthers("statements", STATEMENT, names);
        seen += numbers.size();
        progress.accept(seen);
    }

    private void layOutStatements(
            Part part, List<AccountStatement> statements, LongConsumer progress)
            throws SQLException, IOException {
        Map<String, Sheet> sheetsByDigest = new LinkedHashMap<>();
        List<String> digests = new ArrayList<>();
        for (AccountStatement statement : statements) {
            Sheet sheet = sheets.statement(statement);
            digests.add(sheet == null ? NOT_PRINTED : HexFormat.of().formatHex(sheet.digest()));
            if (sheet != null) {
                sheetsByDigest.put(digests.getLast(), sheet);
            }
        }
        renditions.print(sheetsByDigest);
        long before = seen;
        for (int i = 0; i < statements.size(); i++) {
            AccountStatement statement = statements.get(i);
            String name = statement.agreement() + "-" + statement.period().from();
            part.put(name + ".csv", DocumentCsv.statement(statement).bytes());
            if (!digests.get(i).equals(NOT_PRINTED)) {
                part.put(name + ".pdf", pdf(name, digests.get(i)));
            }
            progress.accept(++before);
        }
    }

    private byte[] pdf(String name, String digest) throws SQLException {
        byte[] pdf = renditions.find(HexFormat.of().parseHex(digest), Renditions.PDF);
        if (pdf == null) {
            throw new IllegalStateException("there is no PDF of " + name);
        }
        return pdf;
    }

    private List<Joint> writeReports(LocalDate through, List<DeliveryFinding> deliveries)
            throws SQLException, IOException {
        Reports reports = Reports.read(connection, book, through, deliveries);
        var _ =
                write(
                        "reports",
                        reports.source(),
                        part -> {
                            Reports.Pages pages = reports.pages();
                            for (Report report : pages.reports()) {
                                part.put(report.name() + ".csv", report.csv().bytes());
                            }
                            Sheet sheet = pages.sheet();
                            part.put("reports.pdf", renditions.pdf(sheet.digest(), sheet));
                        });
        return reports.joints();
    }

    @FunctionalInterface
    private interface Layout {
        void into(Part part) throws SQLException, IOException;
    }

    /// A folder below the output that is being laid out.
    private final class Part {

        private final String below;
        private final Map<String, String> files = new TreeMap<>();

        Part(String below) {
            this.below = below;
        }

        void put(String name, byte[] content) throws IOException {
            folder.put(below + "/" + name, content);
            files.put(name, HexFormat.of().formatHex(Renditions.sha256(content)));
        }
    }

    /// Writes a folder below the output, and names its files. Where they were laid out from the
    /// same before and all of them are still what they were then, they are let be.
    private Set<String> write(String below, String source, Layout layout)
            throws SQLException, IOException {
        @Nullable Map<String, String> known = laidOut.from(below, source);
        if (known != null && holds(below, known)) {
            folder.keep(known.size());
            return new HashSet<>(known.keySet());
        }
        Part part = new Part(below);
        layout.into(part);
        laidOut.remember(below, source, part.files);
        return new HashSet<>(part.files.keySet());
    }

    private boolean holds(String below, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (!folder.has(below + "/" + file.getKey(), file.getValue())) {
                return false;
            }
        }
        return true;
    }
}
