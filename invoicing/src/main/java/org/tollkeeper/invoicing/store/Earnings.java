package org.tollkeeper.invoicing.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.invoicing.report.Earning;

/// What the calls connected in a span of days brought in and cost: both charges of a call side by
/// side.
final class Earnings {

    private static final String QUERY =
            """
            select n.name as carrier, e.destination, e.connect_day as day,
                   sum(e.call_count)::bigint as calls,
                   e.sell_currency, sum(e.sell_nanos) as sell_nanos,
                   e.buy_currency, sum(e.buy_nanos) as buy_nanos
            from report_earning e left join carrier n on n.id = e.carrier
            where e.day between ? and ? and e.connect_day between ? and ?
            group by 1, 2, 3, 5, 7
            """;

    private static final int FETCHED_ROW_COUNT = 2_000;

    private Earnings() {}

    static void each(Connection connection, ReportSpan span, Consumer<Earning> consumer)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(QUERY)) {
            select.setFetchSize(FETCHED_ROW_COUNT);
            select.setObject(1, span.firstSetup());
            select.setObject(2, span.last());
            select.setObject(3, span.first());
            select.setObject(4, span.last());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    consumer.accept(
                            new Earning(
                                    Objects.requireNonNullElse(row.getString("carrier"), ""),
                                    row.getString("destination"),
                                    row.getObject("day", LocalDate.class),
                                    row.getLong("calls"),
                                    currency(row.getString("sell_currency")),
                                    row.getBigDecimal("sell_nanos"),
                                    currency(row.getString("buy_currency")),
                                    row.getBigDecimal("buy_nanos")));
                }
            }
        }
    }

    private static @Nullable Currency currency(@Nullable String code) {
        return code == null ? null : Currency.getInstance(code);
    }
}
