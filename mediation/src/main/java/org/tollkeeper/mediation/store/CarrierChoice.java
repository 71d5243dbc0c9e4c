package org.tollkeeper.mediation.store;

import static org.tollkeeper.mediation.store.ShadowTables.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/// Narrows the changes of a remediation to the calls that are one carrier's before or after, with
/// the parts and duplicates of these: what shares switch, call id and leg id goes together.
final class CarrierChoice {

    private static final String GROUPS =
            """
            create table remediation.change_group as
            select x.file, x.record, x.switch, x.call_id, x.leg_id, false as chosen
            from (select m.file, m.record, c.switch, c.call_id, c.leg_id
                  from remediation.call_change m
                  join call c on c.day = m.old_day and c.slice = m.old_slice and c.n = m.old_n
                  union
                  select m.file, m.record, c.switch, c.call_id, c.leg_id
                  from remediation.call_change m
                  join remediation.call c on c.day = m.new_day and c.slice = m.new_slice
                      and c.n = m.new_n
                  union
                  select m.file, m.record, p.switch, p.call_id, p.leg_id
                  from remediation.part_change m
                  join part p on p.file = m.file and p.record = m.record
                      and p.to_publication is null
                  union
                  select m.file, m.record, p.switch, p.call_id, p.leg_id
                  from remediation.part_change m
                  join remediation.part p on p.file = m.new_file and p.record = m.record
                      and p.to_publication is null
                  union
                  select m.file, m.record, f.switch, s.call_id, s.leg_id
                  from remediation.suspense_change m join cdr_file f on f.id = m.file
                  join suspense s on s.file = m.file and s.record = m.record
                      and s.to_publication is null
                  union
                  select m.file, m.record, f.switch, s.call_id, s.leg_id
                  from remediation.suspense_change m join cdr_file f on f.id = m.file
                  join remediation.suspense s on s.file = m.new_file and s.record = m.record
                      and s.to_publication is null
                  union
                  select m.file, m.record, f.switch, d.call_id, d.leg_id
                  from remediation.duplicate_change m join cdr_file f on f.id = m.file
                  join duplicate d on d.file = m.file and d.record = m.record
                      and d.to_publication is null
                  union
                  select m.file, m.record, f.switch, d.call_id, d.leg_id
                  from remediation.duplicate_change m join cdr_file f on f.id = m.file
                  join remediation.duplicate d on d.file = m.new_file and d.record = m.record
                      and d.to_publication is null) x;
            analyze remediation.change_group\
            """;

    private static final String CHOOSE =
            """
            update remediation.change_group g set chosen = true
            from (select distinct w.switch, w.call_id, w.leg_id from (
                      select c.switch, c.call_id, c.leg_id, c.ingress_carrier, c.egress_carrier
                      from remediation.call_change m join call c
                          on c.day = m.old_day and c.slice = m.old_slice and c.n = m.old_n
                      union all
                      select c.switch, c.call_id, c.leg_id, c.ingress_carrier, c.egress_carrier
                      from remediation.call_change m join remediation.call c
                          on c.day = m.new_day and c.slice = m.new_slice and c.n = m.new_n) w
                  join carrier k on k.id in (w.ingress_carrier, w.egress_carrier)
                  where k.name = ?) w
            where g.switch = w.switch and g.call_id = w.call_id and g.leg_id = w.leg_id\
            """;

    /// Records whose ids are others now tie two groups together.
    private static final String CHOOSE_MORE =
            """
            update remediation.change_group g set chosen = true
            where not g.chosen and (
                exists (select 1 from remediation.change_group o
                        where o.chosen and o.file = g.file and o.record = g.record)
                or exists (select 1 from remediation.change_group o
                           where o.chosen and o.switch = g.switch and o.call_id = g.call_id
                             and o.leg_id = g.leg_id))\
            """;

    private CarrierChoice() {}

    static void narrow(Connection connection, String carrier) throws SQLException {
        execute(connection, GROUPS);
        try (PreparedStatement choose = connection.prepareStatement(CHOOSE);
                PreparedStatement more = connection.prepareStatement(CHOOSE_MORE)) {
            choose.setString(1, carrier);
            int chosen = choose.executeUpdate();
            while (chosen > 0) {
                chosen = more.executeUpdate();
            }
        }
        execute(
                connection,
                """
                create table remediation.chosen as
                    select distinct file, record from remediation.change_group where chosen;
                create unique index on remediation.chosen (file, record);
                analyze remediation.chosen\
                """);
        for (String table :
                List.of(
                        "call_change",
                        "part_change",
                        "suspense_change",
                        "duplicate_change",
                        "filtered_change")) {
            execute(
                    connection,
                    """
                    delete from remediation.%s m where not exists (
                        select 1 from remediation.chosen c
                        where c.file = m.file and c.record = m.record)\
                    """
                            .formatted(table));
        }
        execute(
                connection,
                """
                delete from remediation.fingerprint_change m where not exists (
                    select 1 from remediation.chosen c
                    where (c.file = m.old_file and c.record = m.old_record)
                       or (c.file = m.new_file and c.record = m.new_record))\
                """);
    }
}
