package org.tollkeeper.app.store;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.tollkeeper.db.Database;

/// The documents of one kind and status in one currency.
public record DocumentTotal(
        String kind,
        String status,
        String currency,
        int documentCount,
        BigDecimal net,
        BigDecimal tax,
        BigDecimal gross) {

    public static List<DocumentTotal> of(Database database) {
        return Rows.of(
                database,
                """
                select kind, status, currency, count(*),
                       sum(net_minor), sum(tax_minor), sum(gross_minor)
                  from document where to_publication is null
                 group by kind, status, currency
                 order by kind collate "C", status collate "C", currency collate "C"
                """,
                row -> {
                    int decimals =
                            Currency.getInstance(row.getString(3)).getDefaultFractionDigits();
                    return new DocumentTotal(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getInt(4),
                            row.getBigDecimal(5).movePointLeft(decimals).setScale(decimals),
                            row.getBigDecimal(6).movePointLeft(decimals).setScale(decimals),
                            row.getBigDecimal(7).movePointLeft(decimals).setScale(decimals));
                });
    }
}
