package org.tollkeeper.rating.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.traffic.ExpectedRows;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Side;
import org.tollkeeper.rating.store.ChargeChanges.Figures;

/// What a publication changed in the charges, and why: the charges that ended beside those that
/// took their place, call by call, counted by agreement, side, destination and cause. Charges that
/// came out as they stood are not counted, nor are sides without a price before and after.
public final class CausedChanges {

    /// The UTC days of connect that the slices of a publication can hold.
    private static final String DAYS =
            """
            select min(coalesce(s.day, s.month - 1)),
                   max(coalesce(s.day, (s.month + interval '1 month')::date))
            from slice_life l join slice s on s.id = l.slice
            where s.kind in (2, 3) and (l.from_publication = ? or l.to_publication = ?)\
            """;

    /// One state of what a publication changed: its charges and suspended sides.
    private static final String STATE =
            """
            (select h.call_day, h.call_slice, h.call_n, h.side, h.agreement, h.deck_row,
                    h.billed_seconds, h.charge_nanos, h.part_count, 0 as reason, h.slice
             from slice_life l join charge h on h.slice = l.slice
             where l.{bound} = {publication} and h.day between '{first}' and '{last}'
             union all
             select h.call_day, h.call_slice, h.call_n, h.side, 0, 0, 0, 0, 0, h.reason, h.slice
             from slice_life l join charge_suspense h on h.slice = l.slice
             where l.{bound} = {publication})\
            """;

    /// The tiers and bands that a charge in parts went through, and for how long.
    private static final String SPANS =
            """
            (select array_agg(row (l.band, l.tier_from + 0.0, p.billed_seconds)::text order by p.n)
             from charge_part p join deck_row r on r.id = p.deck_row
             join rate_line l on l.id = r.rate_line
             where p.slice = {side}.slice and p.call_slice = {side}.call_slice
               and p.call_n = {side}.call_n and p.side = {side}.side)\
            """;

    // Calls are counted by numbers first: names are only looked up for what is left then.
    private static final String COMPARED =
            """
            select coalesce(an.name, bn.name, '') as agreement, t.side,
                   bl.destination as destination_before, al.destination as destination_after,
                   t.cause,
                   sum(t.calls_before) as calls_before,
                   sum(t.calls_after) as calls_after,
                   coalesce(sum(t.billed_before), 0) as billed_before,
                   coalesce(sum(t.billed_after), 0) as billed_after,
                   coalesce(sum(t.nanos_before), 0) as nanos_before,
                   coalesce(sum(t.nanos_after), 0) as nanos_after,
                   bv.currency as currency_before, av.currency as currency_after,
                   bv.charge_decimals as decimals_before, av.charge_decimals as decimals_after
            from (
                select coalesce(a.side, b.side) as side,
                       b.agreement as agreement_before, a.agreement as agreement_after,
                       br.rate_line as line_before, ar.rate_line as line_after,
                       count(*) filter (where b.reason = 0) as calls_before,
                       count(*) filter (where a.reason = 0) as calls_after,
                       sum(b.billed_seconds) as billed_before,
                       sum(a.billed_seconds) as billed_after,
                       sum(b.charge_nanos) as nanos_before, sum(a.charge_nanos) as nanos_after,
                       case when b.call_n is null then 'call-new'
                            when a.call_n is null then 'call-gone'
                            when a.reason <> 0 then 'suspended'
                            when b.reason <> 0 then 'priced'
                            when a.agreement <> b.agreement then 'agreement'
                            when ar.deck <> br.deck then 'deck'
                            when ar.code <> br.code then 'code'
                            when al.origin <> bl.origin then 'origin'
                            when al.jurisdiction <> bl.jurisdiction then 'jurisdiction'
                            when al.band <> bl.band then 'band'
                            when al.tier_from <> bl.tier_from then 'tier'
                            when al.destination <> bl.destination then 'destination'
                            when al.rate::text <> bl.rate::text then 'rate'
                            when ar.setup <> br.setup then 'setup'
                            when ar.minimum_seconds <> br.minimum_seconds
                              or ar.increment_seconds <> br.increment_seconds then 'increments'
                            when a.part_count + b.part_count = 0
                              or a.billed_seconds <> b.billed_seconds then 'terms'
                            when {spans before} is not distinct from {spans after} then 'rate'
                            when s.kind = 3 then 'tier'
                            else 'band' end as cause
                from {before} b
                full join {after} a using (call_day, call_slice, call_n, side)
                left join deck_row br on br.id = b.deck_row
                left join rate_line bl on bl.id = br.rate_line
                left join deck_row ar on ar.id = a.deck_row
                left join rate_line al on al.id = ar.rate_line
                left join slice s on s.id = a.slice
                where coalesce(a.reason, 0) * coalesce(b.reason, 0) = 0
                  and (a.call_n is null or b.call_n is null or a.reason <> b.reason
                   or a.charge_nanos <> b.charge_nanos or a.billed_seconds <> b.billed_seconds
                   or a.agreement <> b.agreement or ar.deck <> br.deck or ar.code <> br.code
                   or ar.setup::text <> br.setup::text or al.id <> bl.id)
                group by 1, 2, 3, 4, 5, cause) t
            left join agreement bn on bn.id = t.agreement_before
            left join agreement an on an.id = t.agreement_after
            left join rate_line bl on bl.id = t.line_before
            left join rate_line al on al.id = t.line_after
            left join agreement_version bv on bv.agreement = t.agreement_before
                and bv.known_from = (select max(known_from) from agreement_version w
                                     where w.agreement = bv.agreement)
            left join agreement_version av on av.agreement = t.agreement_after
                and av.known_from = (select max(known_from) from agreement_version w
                                     where w.agreement = av.agreement)
            group by 1, 2, 3, 4, 5, bv.currency, av.currency, bv.charge_decimals,
                     av.charge_decimals
            order by 1, 2 desc, coalesce(al.destination, bl.destination), 5\
            """;

    private CausedChanges() {}

    /// Sides of calls of one agreement that changed for one reason.
    ///
    /// @param destinationBefore null = they had no price
    /// @param destinationAfter null = they have no price
    /// @param before what they came to, in `currencyBefore`
    /// @param after what they come to, in `currencyAfter`
    public record Change(
            String agreement,
            Side side,
            @Nullable String destinationBefore,
            @Nullable String destinationAfter,
            ChangeCause cause,
            Figures before,
            Figures after,
            String currencyBefore,
            String currencyAfter) {

        /// The destination as people read it.
        public String destination() {
            if (destinationBefore == null || destinationAfter == null) {
                return destinationBefore != null
                        ? destinationBefore
                        : destinationAfter == null ? "" : destinationAfter;
            }
            return destinationBefore.equals(destinationAfter)
                    ? destinationAfter
                    : destinationBefore + " → " + destinationAfter;
        }
    }

    /// The changes of a publication, in the caller's transaction.
    public static List<Change> of(Connection connection, int publication) throws SQLException {
        List<Change> changes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(DAYS)) {
            select.setInt(1, publication);
            select.setInt(2, publication);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                @Nullable LocalDate first = row.getObject(1, LocalDate.class);
                @Nullable LocalDate last = row.getObject(2, LocalDate.class);
                if (first != null && last != null) {
                    compare(connection, publication, first, last, changes);
                }
            }
        }
        return changes;
    }

    private static void compare(
            Connection connection,
            int publication,
            LocalDate first,
            LocalDate last,
            List<Change> changes)
            throws SQLException {
        String query =
                COMPARED.replace("{before}", state("to_publication", publication, first, last))
                        .replace("{after}", state("from_publication", publication, first, last))
                        .replace("{spans before}", SPANS.replace("{side}", "b"))
                        .replace("{spans after}", SPANS.replace("{side}", "a"));
        ExpectedRows.many(connection);
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                changes.add(change(row));
            }
        }
        ExpectedRows.unknown(connection);
    }

    private static String state(String bound, int publication, LocalDate first, LocalDate last) {
        return STATE.replace("{bound}", bound)
                .replace("{publication}", String.valueOf(publication))
                .replace("{first}", first.toString())
                .replace("{last}", last.toString());
    }

    private static Change change(ResultSet row) throws SQLException {
        @Nullable String before = row.getString("currency_before");
        @Nullable String after = row.getString("currency_after");
        String any = after != null ? after : before == null ? "" : before;
        return new Change(
                row.getString("agreement"),
                Coded.ofCode(Side.class, row.getInt("side")),
                row.getString("destination_before"),
                row.getString("destination_after"),
                ChangeCause.ofLabel(row.getString("cause")),
                figures(row, "before"),
                figures(row, "after"),
                before == null ? any : before,
                after == null ? any : after);
    }

    private static Figures figures(ResultSet row, String when) throws SQLException {
        BigDecimal nanos = row.getBigDecimal("nanos_" + when);
        int decimals = row.getInt("decimals_" + when);
        if (row.wasNull()) {
            String other = when.equals("before") ? "after" : "before";
            decimals = row.getInt("decimals_" + other);
        }
        return new Figures(
                row.getLong("calls_" + when),
                row.getLong("billed_" + when),
                ChargeChanges.amount(nanos, decimals));
    }
}
