package org.tollkeeper.mediation.store;

import static org.tollkeeper.mediation.store.ShadowTables.execute;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tollkeeper.db.run.CsvExport;
import org.tollkeeper.mediation.store.Remediated.FieldChange;
import org.tollkeeper.mediation.store.Remediated.OutcomeChange;
import org.tollkeeper.mediation.store.Remediated.Volume;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.SuspenseReason;

/// The changes of a remediation as people read them: which calls are new, gone or say something
/// else, field by field, and which records end elsewhere.
final class CallDifference {

    private static final int MOST_FIELD_CHANGES = 1_000;

    /// A call that stands in another copy of its record now is the same call, by its key.
    private static final String PAIRS =
            """
            create table remediation.call_pair as
            with gone as (
                select m.old_day, m.old_slice, m.old_n, c.switch, c.call_id, c.leg_id, c.setup_ms
                from remediation.call_change m
                join call c on c.day = m.old_day and c.slice = m.old_slice and c.n = m.old_n
                where m.new_slice is null),
            added as (
                select m.new_day, m.new_slice, m.new_n, c.switch, c.call_id, c.leg_id, c.setup_ms
                from remediation.call_change m
                join remediation.call c on c.day = m.new_day and c.slice = m.new_slice
                    and c.n = m.new_n
                where m.old_slice is null)
            select old_day, old_slice, old_n, new_day, new_slice, new_n
            from remediation.call_change where old_slice is not null and new_slice is not null
            union all
            select old_day, old_slice, old_n, new_day, new_slice, new_n
            from gone full join added using (switch, call_id, leg_id, setup_ms);
            analyze remediation.call_pair;
            create table remediation.field_change as
            select w.name as switch, o.call_id, o.leg_id, o.setup_ms, f.duration_ms, x.field,
                   coalesce(x.old, '') as old, coalesce(x.fresh, '') as fresh
            from remediation.call_pair p
            join call o on o.day = p.old_day and o.slice = p.old_slice and o.n = p.old_n
            join remediation.call f on f.day = p.new_day and f.slice = p.new_slice
                and f.n = p.new_n
            join switch w on w.id = o.switch
            join cdr_file ox on ox.id = o.file
            join remediation.file_rank k on k.rank = f.file
            join cdr_file fx on fx.id = k.file
            left join carrier oi on oi.id = o.ingress_carrier
            left join carrier oe on oe.id = o.egress_carrier
            left join carrier fi on fi.id = f.ingress_carrier
            left join carrier fe on fe.id = f.egress_carrier
            join word o1 on o1.id = o.ingress_trunk join word f1 on f1.id = f.ingress_trunk
            join word o2 on o2.id = o.egress_trunk join word f2 on f2.id = f.egress_trunk
            join word o3 on o3.id = o.ingress_product join word f3 on f3.id = f.ingress_product
            join word o4 on o4.id = o.egress_product join word f4 on f4.id = f.egress_product
            join word o5 on o5.id = o.cause join word f5 on f5.id = f.cause
            join word o6 on o6.id = o.sip_code join word f6 on f6.id = f.sip_code
            join word o7 on o7.id = o.codec join word f7 on f7.id = f.codec
            join word o8 on o8.id = o.mos join word f8 on f8.id = f.mos
            join word o9 on o9.id = o.attestation join word f9 on f9.id = f.attestation
            left join call_detail od on od.slice = o.slice and od.n = o.n
            left join remediation.call_detail fd on fd.slice = f.slice and fd.n = f.n
            cross join lateral (values
                ('ingress_carrier', oi.name::text, fi.name::text),
                ('egress_carrier', oe.name, fe.name),
                ('ingress_trunk', o1.text, f1.text), ('egress_trunk', o2.text, f2.text),
                ('ingress_product', o3.text, f3.text), ('egress_product', o4.text, f4.text),
                ('calling', digits(o.calling), digits(f.calling)),
                ('called', digits(o.called), digits(f.called)),
                ('routing', digits(o.routing), digits(f.routing)),
                ('setup_at', instant(o.setup_ms), instant(f.setup_ms)),
                ('connect_at', instant(o.connect_ms), instant(f.connect_ms)),
                ('release_at', instant(o.release_ms), instant(f.release_ms)),
                ('duration_ms', o.duration_ms::text, f.duration_ms::text),
                ('cause', o5.text, f5.text), ('sip_code', o6.text, f6.text),
                ('pdd_ms', o.pdd_ms::text, f.pdd_ms::text), ('codec', o7.text, f7.text),
                ('mos', o8.text, f8.text), ('attestation', o9.text, f9.text),
                ('detail', od.detail::text, fd.detail::text),
                ('file', encode(ox.sha256, 'hex'), encode(fx.sha256, 'hex')),
                ('record', o.record::text, f.record::text)) as x (field, old, fresh)
            where x.old is distinct from x.fresh\
            """;

    private static final String VOLUMES =
            """
            select count(*) filter (where p.old_slice is null),
                   coalesce(sum(f.duration_ms) filter (where p.old_slice is null), 0),
                   count(*) filter (where p.new_slice is null),
                   coalesce(sum(o.duration_ms) filter (where p.new_slice is null), 0),
                   count(*) filter (where p.old_slice is not null and p.new_slice is not null),
                   coalesce(sum(f.duration_ms) filter (where p.old_slice is not null), 0),
                   (select coalesce(sum(call_count), 0) from remediation.run)
                       - (select count(*) from remediation.call_change
                          where new_slice is not null),
                   (select count(*) from remediation.reread),
                   (select count(*) from remediation.file_rank where is_read),
                   (select count(*) from remediation.move)
            from remediation.call_pair p
            left join call o on o.day = p.old_day and o.slice = p.old_slice and o.n = p.old_n
            left join remediation.call f on f.day = p.new_day and f.slice = p.new_slice
                and f.n = p.new_n\
            """;

    private static final String FIELDS =
            """
            select field, old, fresh, count(*), sum(duration_ms) from remediation.field_change
            group by field, old, fresh order by count(*) desc, field, old, fresh limit ?\
            """;

    private static final String OUTCOMES =
            """
            select coalesce(was, ''), old_reason, coalesce(outcome, ''), new_reason, count(*)
            from remediation.move
            where (was, old_reason) is distinct from (outcome, new_reason)
            group by 1, 2, 3, 4 order by 5 desc, 1, 2, 3, 4\
            """;

    private static final String LIST =
            """
            select case when p.new_slice is null then 'gone' when p.old_slice is null then 'added'
                   else 'changed' end as change,
                   w.name as switch, c.call_id, nullif(c.leg_id, '') as leg_id,
                   instant(c.setup_ms) as setup_at, null as field, null as "from", null as "to",
                   c.duration_ms
            from remediation.call_pair p
            cross join lateral (
                select switch, call_id, leg_id, setup_ms, duration_ms from call o
                where p.new_slice is null and o.day = p.old_day and o.slice = p.old_slice
                  and o.n = p.old_n
                union all
                select switch, call_id, leg_id, setup_ms, duration_ms from remediation.call f
                where p.old_slice is null and f.day = p.new_day and f.slice = p.new_slice
                  and f.n = p.new_n) c
            join switch w on w.id = c.switch
            where p.old_slice is null or p.new_slice is null
            union all
            select 'changed', switch, call_id, nullif(leg_id, ''), instant(setup_ms), field,
                   nullif(old, ''), nullif(fresh, ''), duration_ms
            from remediation.field_change
            order by 5, 2, 3, 4, 1, 6\
            """;

    private CallDifference() {}

    static Remediated find(Connection connection, List<Remediated.Left> left) throws SQLException {
        execute(connection, PAIRS);
        try (PreparedStatement select = connection.prepareStatement(VOLUMES);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Remediated(
                    row.getLong(8),
                    row.getLong(10),
                    row.getInt(9),
                    left,
                    new Volume(row.getLong(1), row.getLong(2)),
                    new Volume(row.getLong(3), row.getLong(4)),
                    new Volume(row.getLong(5), row.getLong(6)),
                    row.getLong(7),
                    fields(connection),
                    outcomes(connection));
        }
    }

    private static List<FieldChange> fields(Connection connection) throws SQLException {
        List<FieldChange> fields = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(FIELDS)) {
            select.setInt(1, MOST_FIELD_CHANGES);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    fields.add(
                            new FieldChange(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getLong(4),
                                    row.getLong(5)));
                }
            }
        }
        return fields;
    }

    private static List<OutcomeChange> outcomes(Connection connection) throws SQLException {
        List<OutcomeChange> outcomes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(OUTCOMES);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                outcomes.add(
                        new OutcomeChange(
                                outcome(row.getString(1), row.getInt(2)),
                                outcome(row.getString(3), row.getInt(4)),
                                row.getLong(5)));
            }
        }
        return outcomes;
    }

    private static String outcome(String name, int reason) {
        if (!name.equals("suspended")) {
            return name;
        }
        SuspenseReason held =
                reason == 0
                        ? SuspenseReason.INCOMPLETE_CALL
                        : Coded.ofCode(SuspenseReason.class, reason);
        return name + " " + held.label();
    }

    /// Writes every call that is new or gone, and every field of those that changed.
    static long write(Connection connection, Path file) throws SQLException, IOException {
        return CsvExport.write(connection, LIST, file);
    }
}
