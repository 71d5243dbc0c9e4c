package org.tollkeeper.invoicing.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tollkeeper.invoicing.report.Flow;
import org.tollkeeper.model.Side;

/// What reports count, as questions about the whole span to the tables of calls and charges: the
/// plain twin of [ReportDays] and what reads them.
final class PlainReports {

    private static final int CODE_DIGITS = 15;

    /// Unanswered calls with these causes reached the called user, or were given up by the caller.
    private static final String EFFECTIVE_CAUSES =
            """
            '16', '17', '18', '19', '21', 'NORMAL_CLEARING', 'USER_BUSY', 'NO_USER_RESPONSE',
            'NO_ANSWER', 'CALL_REJECTED', 'ORIGINATOR_CANCEL'\
            """;

    private static final String EFFECTIVE_SIP_CODES = "'480', '486', '487', '600', '603'";

    private static final String EARNINGS =
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

    private static final String CALLS =
            """
            with one as (
                select 2 as side, ingress_carrier as carrier, connect_ms, duration_ms
                from live_call where day between ? and ?
                union all
                select 1, egress_carrier, connect_ms, duration_ms
                from live_call where day between ? and ?)
            select side, count(*) as calls, coalesce(sum(duration_ms), 0) as ms,
                   count(*) filter (where carrier = 0) as own,
                   coalesce(sum(duration_ms) filter (where carrier = 0), 0) as own_ms,
                   count(*) filter (where carrier <> 0
                       and (connect_ms is null or duration_ms = 0)) as unanswered
            from one group by side order by side desc
            """;

    private static final String CHARGED =
            """
            select h.side, count(*) as calls, coalesce(sum(c.duration_ms), 0) as ms
            from live_charge h
            join call c on c.day = h.call_day and c.slice = h.call_slice and c.n = h.call_n
            where h.call_day between ? and ? and c.day between ? and ? and h.day between ? and ?
            group by h.side
            """;

    private static final String SUSPENDED =
            """
            select s.side, count(*) as calls, coalesce(sum(c.duration_ms), 0) as ms
            from charge_suspense s
            join live_slice l on l.id = s.slice
            join call c on c.day = s.call_day and c.slice = s.call_slice and c.n = s.call_n
            where s.call_day between ? and ? and c.day between ? and ?
            group by s.side
            """;

    private final Books books;
    private final LocalDate first;
    private final LocalDate last;

    PlainReports(Books books, ReportSpan span) {
        this.books = books;
        this.first = span.first();
        this.last = span.last();
    }

    /// Before calls without a charge join those of their destination.
    List<String> flows() throws SQLException {
        Map<List<Object>, Flow> flows = new HashMap<>();
        for (Side side : Side.values()) {
            for (Flow flow : flows(flowsQuery(side), side)) {
                List<Object> key =
                        List.of(
                                flow.carrier(),
                                side,
                                flow.destination(),
                                String.valueOf(flow.currency()));
                flows.merge(key, flow, Flow::plus);
            }
        }
        return flows.values().stream().map(Flow::toString).sorted().toList();
    }

    private static String flowsQuery(Side side) {
        return """
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
    }

    private List<Flow> flows(String query, Side side) throws SQLException {
        List<Flow> flows = new ArrayList<>();
        try (PreparedStatement select = books.connection.prepareStatement(query)) {
            select.setInt(1, side.code());
            select.setObject(2, first);
            select.setObject(3, last.plusDays(2));
            select.setObject(4, first);
            select.setObject(5, last);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    flows.add(flow(row, side));
                }
            }
        }
        return flows;
    }

    private Flow flow(ResultSet row, Side side) throws SQLException {
        String destination = row.getString("destination");
        return Flows.flow(
                row,
                side,
                destination == null ? destinationOf(row.getString("prefix")) : destination);
    }

    /// By the only deck there is.
    private String destinationOf(String prefix) throws SQLException {
        return books
                .rows(
                        """
                        select l.destination from deck_row r join rate_line l on l.id = r.rate_line
                        where r.known_to = 2147483647 and '%s' like r.code || '%%'
                        order by length(r.code) desc, r.id limit 1
                        """
                                .formatted(prefix))
                .stream()
                .findFirst()
                .orElse("");
    }

    List<String> earnings() throws SQLException {
        return rows(
                """
                select coalesce(carrier, ''), destination, day, calls, sell_currency,
                       coalesce(sell_nanos, 0), buy_currency, coalesce(buy_nanos, 0)
                from (%s) as plain
                """
                        .formatted(EARNINGS),
                first,
                last,
                first.minusDays(2),
                last);
    }

    /// Side, count and milliseconds of calls, those of our own network, and the unanswered.
    List<String> calls() throws SQLException {
        return rows(CALLS, first, last, first, last);
    }

    /// Side, count and milliseconds of charged calls.
    List<String> charged() throws SQLException {
        return rows(CHARGED, first, last, first, last, first, last.plusDays(2));
    }

    /// Side, count and milliseconds of calls that could not be priced.
    List<String> suspended() throws SQLException {
        return rows(SUSPENDED, first, last, first, last);
    }

    private List<String> rows(String query, LocalDate... days) throws SQLException {
        String bound = query;
        for (LocalDate day : days) {
            bound = bound.replaceFirst("\\?", "'" + day + "'");
        }
        return books.rows(bound).stream().sorted().toList();
    }
}
