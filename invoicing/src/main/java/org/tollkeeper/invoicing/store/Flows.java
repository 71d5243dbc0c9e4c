package org.tollkeeper.invoicing.store;

import java.math.BigDecimal;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.invoicing.report.Flow;
import org.tollkeeper.model.Side;

/// The calls of a span of setup days, added up by carrier, side and destination. A charged call
/// counts for the destination it was charged as; any other for the one its number would have.
final class Flows {

    /// Longest code looked for in a number that was not charged.
    private static final int CODE_DIGITS = 12;

    /// Unanswered calls with these causes reached the called user, or were given up by the caller.
    private static final String EFFECTIVE_CAUSES =
            """
            '16', '17', '18', '19', '21', 'NORMAL_CLEARING', 'USER_BUSY', 'NO_USER_RESPONSE',
            'NO_ANSWER', 'CALL_REJECTED', 'ORIGINATOR_CANCEL'\
            """;

    private static final String EFFECTIVE_SIP_CODES = "'480', '486', '487', '600', '603'";

    private static final int FETCHED_ROW_COUNT = 2_000;

    private final Connection connection;
    private final CurrentBook book;

    Flows(Connection connection, CurrentBook book) {
        this.connection = connection;
        this.book = book;
    }

    List<Flow> of(ReportSpan span) throws SQLException {
        Map<Key, Flow> flows = new LinkedHashMap<>();
        for (Side side : Side.values()) {
            read(side, span, flows);
        }
        return merged(flows);
    }

    private record Key(
            String carrier, Side side, String destination, @Nullable Currency currency) {}

    private void read(Side side, ReportSpan span, Map<Key, Flow> flows) throws SQLException {
        DestinationsByCode destinations = new DestinationsByCode(connection, book, side);
        String query =
                """
                with spoken as materialized (
                    select id, text in (%s) as is_effective_cause,
                           text in (%s) as is_effective_sip_code,
                           case when text ~ '^[0-9](\\.[0-9]+)?$' then text::numeric end as mos
                    from word)
                select n.name as carrier, l.destination, v.currency,
                       case when l.destination is null then left(digits(c.called), %d) end
                           as prefix,
                       count(*) as attempts, count(c.connect_ms) as answered,
                       count(*) filter (where c.connect_ms is not null
                           or cause.is_effective_cause or sip.is_effective_sip_code) as effective,
                       coalesce(sum(c.duration_ms), 0) as talk_ms,
                       coalesce(sum(h.billed_seconds), 0) as billed_seconds,
                       coalesce(sum(c.pdd_ms), 0) as pdd_ms, count(c.pdd_ms) as pdd_count,
                       coalesce(sum(mos.mos), 0) as mos, count(mos.mos) as mos_count,
                       coalesce(sum(h.charge_nanos), 0) as nanos
                from live_call c
                join carrier n on n.id = c.%s
                join spoken cause on cause.id = c.cause
                join spoken sip on sip.id = c.sip_code
                join spoken mos on mos.id = c.mos
                left join live_charge h on h.call_day = c.day and h.call_slice = c.slice
                     and h.call_n = c.n and h.side = ? and h.day between ? and ?
                left join deck_row r on r.id = h.deck_row
                left join rate_line l on l.id = r.rate_line
                left join agreement_version v
                     on v.agreement = h.agreement and v.known_to = 2147483647
                where c.day between ? and ?
                group by 1, 2, 3, 4
                order by 1, 3
                """
                        .formatted(
                                EFFECTIVE_CAUSES,
                                EFFECTIVE_SIP_CODES,
                                CODE_DIGITS,
                                side == Side.SELL ? "ingress_carrier" : "egress_carrier");
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setFetchSize(FETCHED_ROW_COUNT);
            select.setInt(1, side.code());
            select.setObject(2, span.first());
            select.setObject(3, span.lastConnect());
            select.setObject(4, span.first());
            select.setObject(5, span.last());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String destination = row.getString("destination");
                    if (destination == null) {
                        destination =
                                destinations.of(row.getString("carrier"), row.getString("prefix"));
                    }
                    Flow flow = flow(row, side, destination);
                    flows.merge(key(flow), flow, Flow::plus);
                }
            }
        }
    }

    private static Flow flow(ResultSet row, Side side, String destination) throws SQLException {
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

    static BigDecimal nanos(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNullElse(row.getBigDecimal(column), BigDecimal.ZERO);
    }
}
