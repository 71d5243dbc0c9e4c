package org.tollkeeper.invoicing.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Currency;
import org.tollkeeper.db.run.CsvExport;
import org.tollkeeper.model.Money;

/// The ledger as CSV: the postings of every document in force but drafts, by date and document.
public final class LedgerExport {

    private LedgerExport() {}

    /// Writes the postings of the days from `from` to `to`, both inclusive.
    ///
    /// @return how many
    public static long write(Connection connection, LocalDate from, LocalDate to, Path file)
            throws SQLException, IOException {
        String query =
                """
                select d.number || '/' || row_number() over (partition by d.id order by p.id)
                           as posting,
                       p.day as date, d.number as document, p.account,
                       round(p.debit_minor / 10::numeric ^ (%1$s), %1$s) as debit,
                       round(p.credit_minor / 10::numeric ^ (%1$s), %1$s) as credit, p.currency
                from posting p
                join document d on d.id = p.document
                where d.to_publication is null and p.day between '%2$s' and '%3$s'
                order by p.day, d.number, p.id\
                """
                        .formatted(decimals(connection), from, to);
        return CsvExport.write(connection, query, file);
    }

    /// SQL for the decimals of a posting's currency, as ISO 4217 has them.
    private static String decimals(Connection connection) throws SQLException {
        StringBuilder sql = new StringBuilder("case p.currency when '' then 0");
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select distinct currency from posting")) {
            while (row.next()) {
                Currency currency = Currency.getInstance(row.getString(1));
                sql.append(
                        " when '%s' then %d"
                                .formatted(currency, Money.zero(currency).amount().scale()));
            }
        }
        return sql.append(" else 2 end").toString();
    }
}
