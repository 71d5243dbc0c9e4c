package org.tollkeeper.invoicing.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.tollkeeper.invoicing.AccountStatement;
import org.tollkeeper.invoicing.Document;
import org.tollkeeper.invoicing.Drafts;
import org.tollkeeper.invoicing.MalformedVendorFile;
import org.tollkeeper.invoicing.VendorComparison;
import org.tollkeeper.invoicing.VendorSummary;
import org.tollkeeper.invoicing.Volume;
import org.tollkeeper.invoicing.out.OutFolder;
import org.tollkeeper.invoicing.print.Pdf;
import org.tollkeeper.invoicing.report.ComparisonReport;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Side;

/// Holds our expected invoice of an agreement and period against the vendor's summary.
public final class VendorReconciliation {

    private static final LocalDate FOR_EVER = LocalDate.of(9999, 1, 1);

    private final Connection connection;
    private final CurrentBook book;

    /// @param connection with autocommit off; nothing is written
    public VendorReconciliation(Connection connection) throws SQLException {
        this.connection = connection;
        this.book = CurrentBook.read(connection);
    }

    /// Compares.
    ///
    /// @param meant the period; of several, all their lines are taken together
    /// @throws MalformedVendorFile when the file cannot be read as what it should be
    /// @throws IllegalArgumentException when the agreement or the period is not there
    public VendorComparison compare(
            String agreementId, Predicate<BillingPeriod> meant, Path summary)
            throws SQLException, IOException, MalformedVendorFile {
        Agreement agreement = book.agreement(agreementId);
        if (agreement == null) {
            throw new IllegalArgumentException(
                    "the book has no agreement %s; it has %s"
                            .formatted(
                                    agreementId,
                                    String.join(
                                            ", ",
                                            book.agreements().keySet().stream()
                                                    .sorted()
                                                    .toList())));
        }
        List<AccountStatement> statements =
                LiveStatements.through(connection, FOR_EVER).stream()
                        .filter(each -> each.agreement().equals(agreementId))
                        .filter(each -> meant.test(each.period()))
                        .toList();
        if (statements.isEmpty()) {
            throw new IllegalArgumentException(
                    "agreement %s has no statement of that period: settle it first"
                            .formatted(agreementId));
        }
        List<Volume> theirs =
                VendorSummary.read(text(summary), summary.toString(), agreement.currency());
        return compare(agreement, statements, theirs);
    }

    private static VendorComparison compare(
            Agreement agreement, List<AccountStatement> statements, List<Volume> theirs) {
        List<Volume> ours = new ArrayList<>();
        for (AccountStatement statement : statements) {
            Document expected = Drafts.ofSide(statement, agreement, Side.BUY, List.of());
            if (expected != null) {
                ours.addAll(VendorComparison.volumes(expected.lines()));
            }
        }
        BillingPeriod period =
                new BillingPeriod(
                        statements.getFirst().period().from(), statements.getLast().period().end());
        return VendorComparison.of(
                agreement.carrier(), agreement.id(), period, agreement.currency(), ours, theirs);
    }

    private static String text(Path file) throws IOException, MalformedVendorFile {
        byte[] bytes = Files.readAllBytes(file);
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedVendorFile(
                    List.of(file + ": is not UTF-8 text; save it as CSV in UTF-8"));
        }
    }

    /// Writes the comparison as `reconcile-<agreement>-<period_from>.csv` and `.pdf`.
    ///
    /// @return the files
    public List<Path> write(VendorComparison comparison, Path folder) throws IOException {
        String name =
                "reconcile-%s-%s".formatted(comparison.agreement(), comparison.period().from());
        OutFolder out = new OutFolder(folder);
        out.put(name + ".csv", ComparisonReport.csv(comparison).bytes());
        out.put(
                name + ".pdf",
                Pdf.of(
                        ComparisonReport.sheet(
                                comparison,
                                book.book().company(),
                                book.carrier(comparison.carrier()))));
        return List.of(folder.resolve(name + ".csv"), folder.resolve(name + ".pdf"));
    }
}
