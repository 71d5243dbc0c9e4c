package org.tollkeeper.settlement.store;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Jurisdiction;
import org.tollkeeper.model.Side;
import org.tollkeeper.settlement.LineKey;
import org.tollkeeper.settlement.PeriodTraffic;
import org.tollkeeper.settlement.Traffic;
import org.tollkeeper.settlement.TrafficLine;

/// What do the visible charges of each agreement and period add up to, line by line? One question
/// for all agreements; the answers come one agreement at a time, so that no more than one is held.
final class TrafficSums implements AutoCloseable {

    private static final String QUERY =
            """
            select sums.place, sums.n, sums.side, r.destination, r.rate, r.band, r.tier_from,
                   r.origin, r.jurisdiction, sums.call_count, sums.actual_seconds,
                   sums.billed_seconds, sums.charge_nanos
            from (select period.place, period.n, t.side, t.rate_line,
                         sum(t.call_count) call_count,
                         sum(t.actual_seconds)::bigint actual_seconds,
                         sum(t.billed_seconds)::bigint billed_seconds,
                         sum(t.charge_nanos) charge_nanos
                  from unnest(?::integer[], ?::integer[], ?::integer[], ?::date[], ?::date[])
                       as period (place, n, agreement, first, next)
                  join traffic_sum t on t.agreement = period.agreement
                                    and t.day >= period.first and t.day < period.next
                  join slice_life l on l.slice = t.slice and l.to_publication is null
                  group by period.place, period.n, t.side, t.rate_line) sums
            join rate_line r on r.id = sums.rate_line
            order by sums.place
            """;

    private static final int FETCHED_ROW_COUNT = 5_000;

    /// Periods of an agreement, by its number.
    record Wanted(int agreement, List<BillingPeriod> periods) {}

    private final List<Wanted> wanted;
    private final PreparedStatement select;
    private final ResultSet row;
    private int place;
    private boolean atRow;

    /// Asks for the traffic of `wanted`, in the caller's transaction, which stays open until
    /// [#close].
    TrafficSums(Connection connection, List<Wanted> wanted) throws SQLException {
        this.wanted = wanted;
        try (Statement statement = connection.createStatement()) {
            // The sums are new since the last look at them: without it the plan is a guess.
            statement.execute("analyze traffic_sum, slice_life, rate_line");
        }
        select = connection.prepareStatement(QUERY);
        ask(connection);
        row = select.executeQuery();
        atRow = row.next();
    }

    private void ask(Connection connection) throws SQLException {
        List<Object> places = new ArrayList<>();
        List<Object> numbers = new ArrayList<>();
        List<Object> agreements = new ArrayList<>();
        List<Object> firsts = new ArrayList<>();
        List<Object> nexts = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            List<BillingPeriod> periods = wanted.get(i).periods;
            for (int n = 0; n < periods.size(); n++) {
                places.add(i);
                numbers.add(n);
                agreements.add(wanted.get(i).agreement);
                firsts.add(periods.get(n).from());
                nexts.add(periods.get(n).end());
            }
        }
        select.setArray(1, connection.createArrayOf("integer", places.toArray()));
        select.setArray(2, connection.createArrayOf("integer", numbers.toArray()));
        select.setArray(3, connection.createArrayOf("integer", agreements.toArray()));
        select.setArray(4, connection.createArrayOf("date", firsts.toArray()));
        select.setArray(5, connection.createArrayOf("date", nexts.toArray()));
        select.setFetchSize(FETCHED_ROW_COUNT);
    }

    /// The traffic of the next agreement wanted: as many as its periods, in their order.
    List<PeriodTraffic> next() throws SQLException {
        List<BillingPeriod> periods = wanted.get(place).periods;
        List<List<TrafficLine>> lines = new ArrayList<>();
        periods.forEach(period -> lines.add(new ArrayList<>()));
        for (; atRow && row.getInt("place") == place; atRow = row.next()) {
            lines.get(row.getInt("n")).add(line());
        }
        place++;
        List<PeriodTraffic> traffic = new ArrayList<>();
        for (int n = 0; n < periods.size(); n++) {
            traffic.add(PeriodTraffic.of(periods.get(n), lines.get(n)));
        }
        return traffic;
    }

    private TrafficLine line() throws SQLException {
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
                        nanos()));
    }

    private BigInteger nanos() throws SQLException {
        return row.getBigDecimal("charge_nanos").toBigIntegerExact();
    }

    private static @Nullable Jurisdiction jurisdiction(int code) {
        return code == 0 ? null : Coded.ofCode(Jurisdiction.class, code);
    }

    @Override
    public void close() throws SQLException {
        select.close();
    }
}
