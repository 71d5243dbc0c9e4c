package org.tollkeeper.invoicing.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.tollkeeper.db.book.StoredNames;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.invoicing.Document;
import org.tollkeeper.invoicing.DocumentKind;
import org.tollkeeper.invoicing.DocumentLine;
import org.tollkeeper.invoicing.DocumentStatus;
import org.tollkeeper.invoicing.Posting;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Money;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.Tax;
import org.tollkeeper.model.TaxCategory;

/// Reads, writes and retires documents, in the caller's transaction.
final class StoredDocuments {

    private static final int FETCHED_ROW_COUNT = 2_000;

    private final Connection connection;

    StoredDocuments(Connection connection) {
        this.connection = connection;
    }

    /// Every document in force whose period ended on or before a day, by number.
    List<StoredDocument> live(LocalDate through) throws SQLException {
        String query =
                """
                select d.*, encode(d.digest, 'hex') as hex, c.name as carrier_name,
                       a.name as agreement_name, l.n, l.description, l.destination, l.rate, l.band,
                       l.tier_from, l.origin, l.jurisdiction, l.call_count, l.billed_seconds,
                       l.amount_minor, l.usage_from, l.usage_end
                from document d
                join carrier c on c.id = d.carrier
                join agreement a on a.id = d.agreement
                left join document_line l on l.document = d.id
                where d.to_publication is null and d.period_end <= ?
                order by d.number, l.n
                """;
        List<StoredDocument> documents = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setFetchSize(FETCHED_ROW_COUNT);
            select.setObject(1, through.plusDays(1));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    StoredDocument document = documents.isEmpty() ? null : documents.getLast();
                    if (document == null || document.id() != row.getInt("id")) {
                        document = document(row);
                        documents.add(document);
                    }
                    if (row.getInt("n") > 0) {
                        document.document().lines().add(line(row, document.document().currency()));
                    }
                }
            }
        }
        return documents;
    }

    /// The same without their lines: what they say of carrier, period and status, but no amounts.
    List<StoredDocument> liveHeads(LocalDate through) throws SQLException {
        String query =
                """
                select d.*, encode(d.digest, 'hex') as hex, c.name as carrier_name,
                       a.name as agreement_name
                from document d
                join carrier c on c.id = d.carrier
                join agreement a on a.id = d.agreement
                where d.to_publication is null and d.period_end <= ?
                order by d.number
                """;
        List<StoredDocument> documents = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setObject(1, through.plusDays(1));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    documents.add(document(row));
                }
            }
        }
        return documents;
    }

    private static StoredDocument document(ResultSet row) throws SQLException {
        Tax tax =
                new Tax(
                        Coded.ofCode(TaxCategory.class, row.getInt("tax_category")),
                        row.getBigDecimal("tax_percent"),
                        row.getString("tax_note"));
        Document document =
                new Document(
                        row.getString("number"),
                        DocumentKind.ofLabel(row.getString("kind")),
                        DocumentStatus.ofLabel(row.getString("status")),
                        row.getString("carrier_name"),
                        row.getString("agreement_name"),
                        Coded.ofCode(Side.class, row.getInt("side")),
                        new BillingPeriod(day(row, "period_from"), day(row, "period_end")),
                        Currency.getInstance(row.getString("currency")),
                        day(row, "document_date"),
                        day(row, "due_date"),
                        tax,
                        new ArrayList<>());
        return new StoredDocument(
                row.getInt("id"), row.getString("hex"), row.getInt("statement"), document);
    }

    private static DocumentLine line(ResultSet row, Currency currency) throws SQLException {
        return new DocumentLine(
                row.getInt("n"),
                row.getString("description"),
                row.getString("destination"),
                row.getBigDecimal("rate"),
                row.getString("band"),
                row.getBigDecimal("tier_from"),
                row.getString("origin"),
                LiveStatements.jurisdiction(row.getInt("jurisdiction")),
                row.getLong("call_count"),
                row.getLong("billed_seconds"),
                new Money(row.getLong("amount_minor"), currency),
                row.getObject("usage_from") == null
                        ? null
                        : new BillingPeriod(day(row, "usage_from"), day(row, "usage_end")));
    }

    private static LocalDate day(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }

    /// Writes a document with its lines, and its postings unless it is a draft.
    void insert(
            Document document,
            byte[] digest,
            int statement,
            StoredNames names,
            int book,
            Run run,
            int publication)
            throws SQLException {
        int id = insertHead(document, digest, statement, names, book, run, publication);
        insertLines(id, document);
        if (document.status() != DocumentStatus.DRAFT) {
            insertPostings(id, document);
        }
    }

    private int insertHead(
            Document document,
            byte[] digest,
            int statement,
            StoredNames names,
            int book,
            Run run,
            int publication)
            throws SQLException {
        String insert =
                """
                insert into document (number, kind, status, carrier, agreement, side,
                    period_from, period_end, currency, document_date, due_date,
                    net_minor, tax_minor, gross_minor, tax_category, tax_percent, tax_note,
                    statement, book, run, digest, from_publication)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                returning id
                """;
        try (PreparedStatement row = connection.prepareStatement(insert)) {
            row.setString(1, document.number());
            row.setString(2, document.kind().label());
            row.setString(3, document.status().label());
            row.setInt(4, names.carriers().id(document.carrier()));
            row.setInt(5, names.agreements().id(document.agreement()));
            row.setInt(6, document.side().code());
            row.setObject(7, document.period().from());
            row.setObject(8, document.period().end());
            row.setString(9, document.currency().getCurrencyCode());
            row.setObject(10, document.date());
            row.setObject(11, document.dueDate());
            row.setLong(12, document.net().minorUnits());
            row.setLong(13, document.taxAmount().minorUnits());
            row.setLong(14, document.gross().minorUnits());
            row.setInt(15, document.tax().category().code());
            row.setBigDecimal(16, document.tax().percent());
            row.setString(17, document.tax().note());
            row.setInt(18, statement);
            row.setInt(19, book);
            row.setInt(20, run.id());
            row.setBytes(21, digest);
            row.setInt(22, publication);
            try (ResultSet id = row.executeQuery()) {
                id.next();
                return id.getInt(1);
            }
        }
    }

    private void insertLines(int id, Document document) throws SQLException {
        String insert =
                """
                insert into document_line (document, n, description, destination, rate, band,
                    tier_from, origin, jurisdiction, call_count, billed_seconds, amount_minor,
                    usage_from, usage_end)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """;
        try (PreparedStatement row = connection.prepareStatement(insert)) {
            for (DocumentLine line : document.lines()) {
                BillingPeriod usage = line.usage();
                row.setInt(1, id);
                row.setInt(2, line.number());
                row.setString(3, line.description());
                row.setString(4, line.destination());
                row.setBigDecimal(5, line.rate());
                row.setString(6, line.band());
                row.setBigDecimal(7, line.tierFrom());
                row.setString(8, line.origin());
                row.setInt(9, line.jurisdiction() == null ? 0 : line.jurisdiction().code());
                row.setLong(10, line.callCount());
                row.setLong(11, line.billedSeconds());
                row.setLong(12, line.amount().minorUnits());
                row.setObject(13, usage == null ? null : usage.from(), Types.DATE);
                row.setObject(14, usage == null ? null : usage.end(), Types.DATE);
                row.addBatch();
            }
            row.executeBatch();
        }
    }

    private void insertPostings(int id, Document document) throws SQLException {
        try (PreparedStatement row =
                connection.prepareStatement(
                        "insert into posting"
                                + " (document, day, account, debit_minor, credit_minor, currency)"
                                + " values (?, ?, ?, ?, ?, ?)")) {
            for (Posting posting : Posting.of(document)) {
                row.setInt(1, id);
                row.setObject(2, posting.day());
                row.setString(3, posting.account());
                row.setLong(4, posting.debit().minorUnits());
                row.setLong(5, posting.credit().minorUnits());
                row.setString(6, document.currency().getCurrencyCode());
                row.addBatch();
            }
            row.executeBatch();
        }
    }

    /// Ends a draft or an expected document.
    ///
    /// @return false when it had ended before
    boolean retire(int id, int publication) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "update document set to_publication = ?"
                                + " where id = ? and to_publication is null")) {
            update.setInt(1, publication);
            update.setInt(2, id);
            return update.executeUpdate() == 1;
        }
    }
}
