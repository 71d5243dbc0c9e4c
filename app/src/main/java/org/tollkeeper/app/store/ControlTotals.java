package org.tollkeeper.app.store;

import java.math.BigDecimal;
import java.util.List;
import org.tollkeeper.db.Database;

/// The totals on which the stages from files to charges must agree, read on both sides of each
/// border. Only sums that the stages keep are read, so the check costs the same after a small night
/// and a big one.
///
/// @param what is counted
/// @param handedOver by the stage before
/// @param takenOver by the stage after
public record ControlTotals(String what, BigDecimal handedOver, BigDecimal takenOver) {

    private static final String QUESTION =
            """
            with calls as (select id, row_count from live_slice where kind = 1),
                 charges as (select id, row_count from live_slice where kind <> 1),
                 taken_out as (select t.slice, t.n from tombstone t join calls on calls.id = t.slice),
                 taken_out_sides as (
                     select (c.ingress_carrier <> 0)::int + (c.egress_carrier <> 0)::int as sides
                       from taken_out t
                       join slice s on s.id = t.slice
                       join call c on c.day = s.day and c.slice = t.slice and c.n = t.n
                      where c.connect_ms is not null and c.duration_ms > 0)
            select 'calls of files, and calls that are visible',
                   (select coalesce(sum(call_count), 0) from cdr_file),
                   (select coalesce(sum(row_count), 0) from calls)
                       - (select count(*) from taken_out)
            union all
            select 'answered sides of calls, and charges with suspended sides',
                   (select coalesce(sum(s.call_count), 0)
                      from call_sum s join calls on calls.id = s.slice)
                       - (select coalesce(sum(sides), 0) from taken_out_sides),
                   (select coalesce(sum(row_count), 0) from charges)
            union all
            select 'charges with suspended sides, and calls in sums with suspended sides',
                   (select coalesce(sum(row_count), 0) from charges),
                   (select coalesce(sum(t.call_count), 0)
                      from traffic_sum t join charges on charges.id = t.slice)
                   + (select count(*) from charge_suspense x join charges on charges.id = x.slice)
            """;

    /// Reads every border, in the order of the stages. All agree once mediation and rating have
    /// run.
    public static List<ControlTotals> of(Database database) {
        return Rows.of(
                database,
                QUESTION,
                row ->
                        new ControlTotals(
                                row.getString(1), row.getBigDecimal(2), row.getBigDecimal(3)));
    }

    public boolean agree() {
        return handedOver.compareTo(takenOver) == 0;
    }

    @Override
    public String toString() {
        return "%s: %s and %s"
                .formatted(what, handedOver.toPlainString(), takenOver.toPlainString());
    }
}
