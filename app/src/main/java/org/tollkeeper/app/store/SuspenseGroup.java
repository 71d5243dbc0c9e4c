package org.tollkeeper.app.store;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.mediation.store.SuspenseFilter;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Money;
import org.tollkeeper.model.SuspenseReason;

/// What is held back now for one reason on one trunk of a switch.
///
/// Its estimate is its talk times the average price of a second: of the charges of the same side on
/// the same trunk, or on all trunks of the switch where the trunk has none, over the last seven
/// days that have charges. A record that mediation holds back counts as a sale.
///
/// @param side empty at mediation
/// @param oldest setup of the oldest, or when it was mediated where that cannot be read
/// @param estimate null = there are no charges to judge by
public record SuspenseGroup(
        SuspenseReason reason,
        String switchId,
        String trunk,
        String side,
        long recordCount,
        long talkMillis,
        Instant oldest,
        @Nullable Money estimate) {

    private static final int NANO_DECIMALS = 9;

    private static final String QUERY =
            """
            with held as (
                select s.reason, s.switch, s.trunk, 2 as side, 'mediation' as stage, s.talk_ms,
                       coalesce(s.setup_ms,
                                floor(extract(epoch from s.mediated_at) * 1000)::bigint) as at_ms,
                       s.file, s.record
                from open_suspense s
                union all
                select x.reason, c.switch, t.text, x.side, 'rating', c.duration_ms, c.setup_ms,
                       c.file, c.record
                from charge_suspense x
                join slice_life l on l.slice = x.slice and l.to_publication is null
                join call c on c.day = x.call_day and c.slice = x.call_slice and c.n = x.call_n
                join word t on t.id = case x.side when 2 then c.ingress_trunk
                                                  else c.egress_trunk end),
            meant as (
                select h.*, w.name from held h join switch w on w.id = h.switch
                join cdr_file f on f.id = h.file
                where (?::integer is null or h.reason = ?::integer)
                  and (?::text is null or w.name = ?::text)
                  and (?::text is null or h.trunk = ?::text)
                  and (?::bigint is null or h.at_ms < ?::bigint)
                  and (?::text is null or encode(f.sha256, 'hex') like ?::text || '%')
                  and (?::integer is null or h.record = ?::integer)),
            last_day as (
                select max(s.day) as day from live_slice s where s.kind = 2 and s.row_count > 0),
            price as (
                select h.side, c.switch, t.text as trunk, v.currency,
                       sum(h.charge_nanos) as nanos, sum(c.duration_ms) as talk_ms
                from live_charge h
                join call c on c.day = h.call_day and c.slice = h.call_slice and c.n = h.call_n
                join word t on t.id = case h.side when 2 then c.ingress_trunk
                                                  else c.egress_trunk end
                join agreement_version v on v.agreement = h.agreement
                    and v.known_to = 2147483647
                where exists (select 1 from meant)
                  and h.day > (select day from last_day) - 7
                group by 1, 2, grouping sets ((3, 4), (4))),
            best as (
                select distinct on (side, switch, trunk) side, switch, trunk, currency, nanos,
                       talk_ms
                from price where talk_ms > 0
                order by side, switch, trunk, talk_ms desc, currency)
            select m.reason, m.name, m.trunk,
                   case m.stage when 'mediation' then ''
                        else case m.side when 2 then 'sell' else 'buy' end end,
                   count(*), sum(m.talk_ms), min(m.at_ms),
                   coalesce(b.currency, a.currency), coalesce(b.nanos, a.nanos),
                   coalesce(b.talk_ms, a.talk_ms)
            from meant m
            left join best b on b.side = m.side and b.switch = m.switch and b.trunk = m.trunk
            left join best a on a.side = m.side and a.switch = m.switch and a.trunk is null
            group by m.reason, m.name, m.trunk, m.stage, m.side, 8, 9, 10
            order by m.reason, m.name, m.trunk, 4\
            """;

    /// What is held back, by reason, switch, trunk and side.
    public static List<SuspenseGroup> of(Database database, SuspenseFilter meant) {
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement(QUERY)) {
            meant.bindTo(select);
            List<SuspenseGroup> groups = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    groups.add(group(row));
                }
            }
            return groups;
        } catch (SQLException e) {
            throw new DatabaseException("the suspense cannot be read: " + e.getMessage(), e);
        }
    }

    private static SuspenseGroup group(ResultSet row) throws SQLException {
        long talkMillis = row.getLong(6);
        return new SuspenseGroup(
                Coded.ofCode(SuspenseReason.class, row.getInt(1)),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                talkMillis,
                Instant.ofEpochMilli(row.getLong(7)),
                estimate(row, talkMillis));
    }

    private static @Nullable Money estimate(ResultSet row, long talkMillis) throws SQLException {
        String currency = row.getString(8);
        if (currency == null) {
            return null;
        }
        BigDecimal perMillisecond =
                row.getBigDecimal(9)
                        .movePointLeft(NANO_DECIMALS)
                        .divide(row.getBigDecimal(10), MathContext.DECIMAL64);
        return Money.settle(
                perMillisecond.multiply(BigDecimal.valueOf(talkMillis)),
                Currency.getInstance(currency));
    }
}
