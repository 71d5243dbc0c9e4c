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
            with side as (
                select h.call_day, h.call_slice, h.call_n, h.side, h.day, l.destination,
                       v.currency, h.charge_nanos
                from live_charge h
                join deck_row r on r.id = h.deck_row
                join rate_line l on l.id = r.rate_line
                join agreement_version v
                     on v.agreement = h.agreement and v.known_to = 2147483647
                where h.day between ? and ?)
            select n.name as carrier, coalesce(s.destination, b.destination) as destination,
                   coalesce(s.day, b.day) as day, count(*) as calls,
                   s.currency as sell_currency, sum(s.charge_nanos) as sell_nanos,
                   b.currency as buy_currency, sum(b.charge_nanos) as buy_nanos
            from (select * from side where side = 2) s
            full join (select * from side where side = 1) b
                 on (b.call_day, b.call_slice, b.call_n) = (s.call_day, s.call_slice, s.call_n)
            join call c on c.day = coalesce(s.call_day, b.call_day)
                 and c.slice = coalesce(s.call_slice, b.call_slice)
                 and c.n = coalesce(s.call_n, b.call_n) and c.day between ? and ?
            left join carrier n on n.id = c.ingress_carrier
            group by 1, 2, 3, 5, 7
            """;

    private static final int FETCHED_ROW_COUNT = 2_000;

    private Earnings() {}

    static void each(Connection connection, ReportSpan span, Consumer<Earning> consumer)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(QUERY)) {
            select.setFetchSize(FETCHED_ROW_COUNT);
            select.setObject(1, span.first());
            select.setObject(2, span.last());
            select.setObject(3, span.firstSetup());
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
                                    Flows.nanos(row, "sell_nanos"),
                                    currency(row.getString("buy_currency")),
                                    Flows.nanos(row, "buy_nanos")));
                }
            }
        }
    }

    private static @Nullable Currency currency(@Nullable String code) {
        return code == null ? null : Currency.getInstance(code);
    }
}
