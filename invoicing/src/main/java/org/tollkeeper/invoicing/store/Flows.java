package org.tollkeeper.invoicing.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.invoicing.report.Flow;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Side;

/// The calls of a span of setup days, added up by carrier, side and destination.
final class Flows {

    private static final String QUERY =
            """
            select n.name as carrier, f.side, f.destination, f.currency,
                   sum(f.attempt_count)::bigint as attempts,
                   sum(f.answered_count)::bigint as answered,
                   sum(f.effective_count)::bigint as effective, sum(f.talk_ms)::bigint as talk_ms,
                   sum(f.billed_seconds)::bigint as billed_seconds,
                   sum(f.pdd_ms)::bigint as pdd_ms, sum(f.pdd_count)::bigint as pdd_count,
                   sum(f.mos) as mos, sum(f.mos_count)::bigint as mos_count,
                   sum(f.charge_nanos) as nanos
            from report_flow f join carrier n on n.id = f.carrier
            where f.day between ? and ?
            group by 1, 2, 3, 4
            order by 1, 4
            """;

    private static final int FETCHED_ROW_COUNT = 2_000;

    private Flows() {}

    private record Key(
            String carrier, Side side, String destination, @Nullable Currency currency) {}

    /// Reads days that [ReportDays] has made current.
    static List<Flow> of(Connection connection, ReportSpan span) throws SQLException {
        Map<Key, Flow> flows = new LinkedHashMap<>();
        for (Flow flow : rows(connection, span)) {
            flows.put(key(flow), flow);
        }
        return merged(flows);
    }

    /// The same with calls that have no charge apart from those that have one.
    static List<Flow> rows(Connection connection, ReportSpan span) throws SQLException {
        List<Flow> flows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(QUERY)) {
            select.setFetchSize(FETCHED_ROW_COUNT);
            select.setObject(1, span.first());
            select.setObject(2, span.last());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Side side = Coded.ofCode(Side.class, row.getInt("side"));
                    flows.add(flow(row, side, row.getString("destination")));
                }
            }
        }
        return flows;
    }

    static Flow flow(ResultSet row, Side side, String destination) throws SQLException {
        String currency = row.getString("currency");
        return new Flow(
                row.getString("carrier"),
                side,
                destination,
                currency == null ? null : Currency.getInstance(currency),
                row.getLong("attempts"),
                row.getLong("answered"),
                row.getLong("effective"),
                row.getLong("talk_ms"),
                row.getLong("billed_seconds"),
                row.getLong("pdd_ms"),
                row.getLong("pdd_count"),
                row.getBigDecimal("mos"),
                row.getLong("mos_count"),
                row.getBigDecimal("nanos"));
    }

    private static Key key(Flow flow) {
        return new Key(flow.carrier(), flow.side(), flow.destination(), flow.currency());
    }

    /// Calls without a charge join the charged ones of their destination.
    private static List<Flow> merged(Map<Key, Flow> flows) {
        Map<Key, Flow> uncharged = new HashMap<>();
        List<Flow> merged = new ArrayList<>();
        for (Flow flow : flows.values()) {
            if (flow.currency() == null) {
                uncharged.put(key(flow), flow);
            }
        }
        for (Flow flow : flows.values()) {
            if (flow.currency() != null) {
                Key without = new Key(flow.carrier(), flow.side(), flow.destination(), null);
                Flow more = uncharged.remove(without);
                merged.add(more == null ? flow : flow.plus(more));
            }
        }
        merged.addAll(uncharged.values());
        return merged;
    }
}
