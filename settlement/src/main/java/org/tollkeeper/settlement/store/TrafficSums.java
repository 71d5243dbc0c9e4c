package org.tollkeeper.settlement.store;

import java.math.BigInteger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Jurisdiction;
import org.tollkeeper.model.Side;
import org.tollkeeper.settlement.LineKey;
import org.tollkeeper.settlement.PeriodTraffic;
import org.tollkeeper.settlement.Traffic;
import org.tollkeeper.settlement.TrafficLine;

/// What are the visible charges of an agreement in each of its periods, line by line?
final class TrafficSums {

    private static final String QUERY =
            """
            select sums.n, sums.side, r.destination, r.rate, r.band, r.tier_from, r.origin,
                   r.jurisdiction, sums.call_count, sums.actual_seconds, sums.billed_seconds,
                   sums.charge_nanos
            from (select period.n, t.side, t.rate_line,
                         sum(t.call_count) call_count,
                         sum(t.actual_seconds)::bigint actual_seconds,
                         sum(t.billed_seconds)::bigint billed_seconds,
                         sum(t.charge_nanos) charge_nanos
                  from unnest(?::date[], ?::date[]) with ordinality as period (first, next, n)
                  join traffic_sum t
                    on t.agreement = ? and t.day >= period.first and t.day < period.next
                  join slice_life l on l.slice = t.slice and l.to_publication is null
                  group by period.n, t.side, t.rate_line) sums
            join rate_line r on r.id = sums.rate_line
            """;

    private final Connection connection;

    TrafficSums(Connection connection) {
        this.connection = connection;
    }

    /// The traffic of an agreement.
    ///
    /// @param agreement its number
    /// @return as many as `periods`, in their order
    List<PeriodTraffic> of(int agreement, List<BillingPeriod> periods) throws SQLException {
        List<List<TrafficLine>> lines = new ArrayList<>();
        periods.forEach(period -> lines.add(new ArrayList<>()));
        try (PreparedStatement select = connection.prepareStatement(QUERY)) {
            select.setArray(1, dates(periods, BillingPeriod::from));
            select.setArray(2, dates(periods, BillingPeriod::end));
            select.setInt(3, agreement);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    lines.get(row.getInt(1) - 1).add(line(row));
                }
            }
        }
        List<PeriodTraffic> traffic = new ArrayList<>();
        for (int i = 0; i < periods.size(); i++) {
            traffic.add(PeriodTraffic.of(periods.get(i), lines.get(i)));
        }
        return traffic;
    }

    private Array dates(List<BillingPeriod> periods, Function<BillingPeriod, LocalDate> day)
            throws SQLException {
        return connection.createArrayOf("date", periods.stream().map(day).toArray());
    }

    private static TrafficLine line(ResultSet row) throws SQLException {
        return new TrafficLine(
                new LineKey(
                        Coded.ofCode(Side.class, row.getInt("side")),
                        row.getString("destination"),
                        row.getBigDecimal("rate"),
                        row.getString("band"),
                        row.getBigDecimal("tier_from"),
                        row.getString("origin"),
                        jurisdiction(row.getInt("jurisdiction"))),
                new Traffic(
                        row.getLong("call_count"),
                        row.getLong("actual_seconds"),
                        row.getLong("billed_seconds"),
                        nanos(row)));
    }

    private static BigInteger nanos(ResultSet row) throws SQLException {
        return row.getBigDecimal("charge_nanos").toBigIntegerExact();
    }

    private static @Nullable Jurisdiction jurisdiction(int code) {
        return code == 0 ? null : Coded.ofCode(Jurisdiction.class, code);
    }
}
