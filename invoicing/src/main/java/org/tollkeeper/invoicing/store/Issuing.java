package org.tollkeeper.invoicing.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.invoicing.AccountStatement;
import org.tollkeeper.invoicing.Document;
import org.tollkeeper.invoicing.DocumentKind;
import org.tollkeeper.invoicing.DocumentNumber;
import org.tollkeeper.invoicing.DocumentStatus;
import org.tollkeeper.invoicing.TaxReason;
import org.tollkeeper.invoicing.print.Pdf;
import org.tollkeeper.invoicing.print.Sheet;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BillingPeriod;

/// Numbers and freezes draft invoices. Each is issued in a transaction of its own that takes the
/// next number, prints the document and keeps its calls: one that fails leaves no trace, in the
/// numbers neither.
public final class Issuing {

    private static final LocalDate FOR_EVER = LocalDate.of(9999, 1, 1);

    private final Connection connection;
    private final CurrentBook book;
    private final Clock clock;
    private final StoredDocuments documents;

    /// What was issued, and what was not and why.
    ///
    /// @param numbers in their order
    /// @param refusals draft → reason
    public record Outcome(List<String> numbers, Map<String, String> refusals) {}

    /// @param connection with autocommit off
    /// @param clock whose day, in the company's zone, is the date of the invoices
    public Issuing(Connection connection, Clock clock) throws SQLException {
        this.connection = connection;
        this.clock = clock;
        this.book = CurrentBook.read(connection);
        this.documents = new StoredDocuments(connection);
    }

    /// Issues the draft invoices of the periods that are meant, in the order of the periods. The
    /// caller has drafted before.
    public Outcome issue(Run run, Predicate<BillingPeriod> meant) throws SQLException, IOException {
        Map<Integer, AccountStatement> statements = new HashMap<>();
        for (AccountStatement each : LiveStatements.through(connection, FOR_EVER)) {
            statements.put(each.id(), each);
        }
        List<StoredDocument> drafts =
                documents.live(FOR_EVER).stream()
                        .filter(each -> each.document().status() == DocumentStatus.DRAFT)
                        .filter(each -> each.document().kind() == DocumentKind.INVOICE)
                        .filter(each -> meant.test(each.document().period()))
                        .sorted(
                                Comparator.comparing((StoredDocument each) ->
                                                each.document().period().end())
                                        .thenComparing(each -> each.document().number()))
                        .toList();
        List<String> numbers = new ArrayList<>();
        Map<String, String> refusals = new HashMap<>();
        for (StoredDocument draft : drafts) {
            String refusal = refusal(draft, statements);
            if (refusal == null) {
                numbers.add(issueOne(run, draft, statements));
            } else {
                refusals.put(draft.document().number(), refusal);
            }
        }
        connection.commit();
        return new Outcome(numbers, refusals);
    }

    private @Nullable String refusal(
            StoredDocument draft, Map<Integer, AccountStatement> statements) {
        Document document = draft.document();
        if (book.agreement(document.agreement()) == null
                || !statements.containsKey(draft.statement())) {
            return "its agreement or statement changed since it was drafted: draft it again";
        }
        LocalDate today = today();
        if (document.period().end().isAfter(today)) {
            return "its period ends on %s, and today is %s"
                    .formatted(document.period().lastDay(), today);
        }
        return TaxReason.refusal(document.tax(), book.carrier(document.carrier()));
    }

    private String issueOne(
            Run run, StoredDocument draft, Map<Integer, AccountStatement> statements)
            throws SQLException, IOException {
        try {
            Document document = numbered(draft.document());
            AccountStatement statement = statements.get(draft.statement());
            Agreement agreement = book.agreement(document.agreement());
            if (statement == null || agreement == null) {
                throw new IllegalStateException("nothing to issue " + document.number() + " from");
            }
            int publication = run.publish(connection);
            if (!documents.retire(draft.id(), publication)) {
                throw new IllegalStateException(
                        draft.document().number() + " was issued or drafted anew meanwhile");
            }
            Sheet sheet = new Sheets(book).document(document, statement, agreement);
            byte[] digest = Sheets.digest(document, sheet);
            documents.insert(
                    document,
                    digest,
                    draft.statement(),
                    book.names(),
                    book.version(),
                    run,
                    publication);
            freeze(document, agreement, digest, sheet);
            connection.commit();
            return document.number();
        } catch (SQLException | IOException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    private void freeze(Document document, Agreement agreement, byte[] digest, Sheet sheet)
            throws SQLException, IOException {
        Renditions renditions = new Renditions(connection);
        renditions.put(digest, Renditions.PDF, Pdf.of(sheet));
        ChargeSlices slices = ChargeSlices.read(connection, book, List.of(document));
        ByteArrayOutputStream calls = new ByteArrayOutputStream();
        new CallDetail(connection, book, slices)
                .write(
                        List.of(
                                new CallDetail.Wanted(
                                        document,
                                        agreement,
                                        slices.source(document, agreement),
                                        calls)));
        renditions.put(digest, Renditions.CALLS, calls.toByteArray());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), book.book().company().timeZone());
    }

    private Document numbered(Document draft) throws SQLException {
        LocalDate today = today();
        String prefix = book.book().company().invoicePrefix();
        int dueDays = (int) (draft.dueDate().toEpochDay() - draft.date().toEpochDay());
        String number =
                DocumentNumber.issued(prefix, today.getYear(), next(prefix, today.getYear()));
        return draft.issued(number, today, dueDays);
    }

    /// The next number of a series, whose row stays locked until the transaction ends.
    private int next(String prefix, int year) throws SQLException {
        try (PreparedStatement next =
                connection.prepareStatement(
                        "insert into invoice_series as s (prefix, year, last_number)"
                                + " values (?, ?, 1) on conflict (prefix, year)"
                                + " do update set last_number = s.last_number + 1"
                                + " returning last_number")) {
            next.setString(1, prefix);
            next.setInt(2, year);
            try (ResultSet row = next.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
