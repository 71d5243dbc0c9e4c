package org.tollkeeper.mediation.store;

import static org.tollkeeper.mediation.store.ShadowTables.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.tollkeeper.db.run.DayLeaves;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.db.run.Slices;
import org.tollkeeper.model.Side;

/// Makes the changes of a remediation the newest generation, under one publication: calls that are
/// gone or say something else are taken out, new ones stand in slices of their own, and keys,
/// parts, suspense, duplicates and counts follow. What did not change is not touched.
final class NextGeneration {

    private final Connection connection;
    private final Run run;
    private final int publication;

    NextGeneration(Connection connection, Run run) throws SQLException {
        this.connection = connection;
        this.run = run;
        this.publication = run.publish(connection);
    }

    void publish() throws SQLException {
        takeOut();
        placeCalls();
        RecordMoves.write(connection, run);
        moveKeys();
        replaceParts();
        replaceHeldBack();
    }

    private void takeOut() throws SQLException {
        execute(
                connection,
                """
                insert into tombstone (slice, n, publication)
                select old_slice, old_n, %d from remediation.call_change where old_slice is not null\
                """
                        .formatted(publication));
        List<Integer> empty = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                select s.id from slice s
                                where s.id in (select old_slice from remediation.call_change)
                                  and s.row_count = (select count(*) from tombstone t
                                                     where t.slice = s.id)\
                                """)) {
            while (row.next()) {
                empty.add(row.getInt(1));
            }
        }
        for (int slice : empty) {
            Slices.retire(connection, slice, publication);
        }
    }

    /// New slices, one a day, and where each new call is in them.
    private void placeCalls() throws SQLException {
        execute(
                connection,
                """
                create table remediation.new_slice (day date primary key, slice integer not null);
                create table remediation.placed as
                select m.file, m.record, m.new_day as day, m.new_slice, m.new_n,
                       row_number() over (partition by m.new_day
                                          order by m.new_slice, m.new_n)::integer as n
                from remediation.call_change m where m.new_slice is not null;
                create unique index on remediation.placed (new_slice, new_n);
                create unique index on remediation.placed (file, record);
                analyze remediation.placed\
                """);
        List<LocalDate> days = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select distinct day from remediation.placed order by day")) {
            while (row.next()) {
                days.add(row.getObject(1, LocalDate.class));
            }
        }
        DayLeaves leaves = new DayLeaves(connection, "call");
        for (LocalDate day : days) {
            int slice = Slices.openCalls(connection, run, day);
            var _ = leaves.ensure(day);
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "insert into remediation.new_slice values (?, ?)")) {
                insert.setObject(1, day);
                insert.setInt(2, slice);
                insert.executeUpdate();
            }
            writeCalls(day, slice);
        }
    }

    private void writeCalls(LocalDate day, int slice) throws SQLException {
        String columns = String.join(", ", GenerationChanges.CALL_COLUMNS);
        execute(
                connection,
                """
                insert into call (day, slice, n, file, record, %1$s)
                select p.day, %2$d, p.n, p.file, p.record, c.%3$s
                from remediation.placed p
                join remediation.call c on c.day = p.day and c.slice = p.new_slice and c.n = p.new_n
                where p.day = date '%4$s';
                insert into call_detail (slice, n, detail)
                select %2$d, p.n, d.detail from remediation.placed p
                join remediation.call_detail d on d.slice = p.new_slice and d.n = p.new_n
                where p.day = date '%4$s';
                insert into call_volume (slice, switch, hour, call_count)
                select c.slice, c.switch, c.setup_ms / 3600000 %% 24, count(*)
                from call c where c.day = date '%4$s' and c.slice = %2$d
                group by 1, 2, 3;
                insert into call_sum (slice, carrier, side, connect_day, call_count, talk_ms)
                select %2$d, x.carrier, x.side,
                       date '1970-01-01' + floor(c.connect_ms / 86400000.0)::integer,
                       count(*), sum(c.duration_ms)
                from call c
                cross join lateral (values (c.ingress_carrier, %5$d), (c.egress_carrier, %6$d))
                    as x (carrier, side)
                where c.day = date '%4$s' and c.slice = %2$d and c.connect_ms is not null
                  and c.duration_ms > 0 and x.carrier <> 0
                group by 2, 3, 4\
                """
                        .formatted(
                                columns,
                                slice,
                                columns.replace(", ", ", c."),
                                day,
                                Side.SELL.code(),
                                Side.BUY.code()));
        CallDigest.Sum sum = CallDigest.ofSlice(connection, day, slice);
        Slices.publish(connection, slice, publication, sum.rowCount(), sum.digest());
    }

    private void moveKeys() throws SQLException {
        DayLeaves leaves = new DayLeaves(connection, "fingerprint");
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select distinct day from remediation.fingerprint_change")) {
            while (row.next()) {
                var _ = leaves.ensure(row.getObject(1, LocalDate.class));
            }
        }
        execute(
                connection,
                """
                update fingerprint p set content = m.content
                from remediation.fingerprint_change m
                where (m.old_file, m.old_record) = (m.new_file, m.new_record)
                  and not exists (select 1 from remediation.placed w
                                  where w.new_slice = m.new_slice and w.new_n = m.new_n)
                  and p.day = m.day and p.key_high = m.key_high and p.key_low = m.key_low
                  and (p.slice = 0) = (m.new_slice = 0);
                delete from fingerprint p using remediation.fingerprint_change m
                where m.old_file is not null and p.day = m.day and p.key_high = m.key_high
                  and p.key_low = m.key_low
                  and (p.file, p.record, p.content, p.slice = 0)
                      is distinct from (m.new_file, m.new_record, m.content, m.new_slice = 0);
                delete from fingerprint p using remediation.fingerprint_change m, remediation.placed w
                where w.new_slice = m.new_slice and w.new_n = m.new_n
                  and p.day = m.day and p.key_high = m.key_high and p.key_low = m.key_low;
                insert into fingerprint (day, key_high, key_low, content, file, record, slice, n)
                select m.day, m.key_high, m.key_low, m.content, m.new_file, m.new_record,
                       coalesce(s.slice, 0), coalesce(w.n, 0)
                from remediation.fingerprint_change m
                left join remediation.placed w
                    on w.new_slice = m.new_slice and w.new_n = m.new_n
                left join remediation.new_slice s on s.day = w.day
                where m.new_file is not null and (w.n is not null or m.new_slice = 0)
                on conflict (day, key_high, key_low) do nothing\
                """);
        keepKeysOfStandingCalls();
    }

    /// A call that stays as it is may have lost its key to a record that had no right to it.
    private void keepKeysOfStandingCalls() throws SQLException {
        execute(
                connection,
                """
                insert into fingerprint (day, key_high, key_low, content, file, record, slice, n)
                select m.day, m.key_high, m.key_low, m.content, c.file, c.record, c.slice, c.n
                from remediation.fingerprint_change m
                join live_call c on c.day = m.day and c.file = m.new_file
                    and c.record = m.new_record
                where m.new_slice <> 0
                  and c.day in (select x.day from remediation.fingerprint_change x
                                where x.new_slice <> 0)
                  and not exists (select 1 from fingerprint p
                                  where p.day = m.day and p.key_high = m.key_high
                                    and p.key_low = m.key_low)\
                """);
    }

    /// A part that says something else is another row; one that only belongs to another call, or to
    /// one that was written anew, is told so.
    private void replaceParts() throws SQLException {
        String columns =
                String.join(
                        ", ",
                        PartRows.COLUMNS.stream()
                                .filter(column ->
                                        !List.of("file", "record", "from_publication")
                                                .contains(column))
                                .toList());
        execute(
                connection,
                """
                create table remediation.part_place as
                select k.file, p.record, p.call_first,
                       coalesce(s.day, o.call_day) as day, coalesce(s.slice, o.call_slice) as slice,
                       coalesce(w.n, o.call_n) as n
                from remediation.part p
                join remediation.file_rank k on k.rank = p.file
                left join remediation.part_change m on m.file = k.file and m.record = p.record
                left join remediation.call c
                    on c.day = p.call_day and c.slice = p.call_slice and c.n = p.call_n
                left join remediation.file_rank wk on wk.rank = c.file
                left join remediation.placed w on w.new_slice = c.slice and w.new_n = c.n
                left join remediation.new_slice s on s.day = w.day
                left join part o on w.n is null and o.file = wk.file and o.record = c.record
                    and o.to_publication is null and o.call_first
                where p.to_publication is null and (m.file is not null or w.n is not null);
                update part p set to_publication = %1$d
                from remediation.part_change m
                where m.rewritten and m.old_publication is not null and p.file = m.file
                  and p.record = m.record and p.from_publication = m.old_publication;
                insert into part (file, record, from_publication, %2$s)
                select m.file, m.record, %1$d, p.%3$s
                from remediation.part_change m
                join remediation.part p on p.file = m.new_file and p.record = m.record
                    and p.to_publication is null
                where m.rewritten;
                update part p set call_day = w.day, call_slice = w.slice, call_n = w.n,
                    call_first = w.call_first and w.slice is not null
                from remediation.part_place w
                where p.file = w.file and p.record = w.record and p.to_publication is null\
                """
                        .formatted(publication, columns, columns.replace(", ", ", p.")));
    }

    private void replaceHeldBack() throws SQLException {
        execute(
                connection,
                """
                update suspense s set to_publication = %1$d, released_as =
                    case when x.new_outcome is not null and x.new_outcome <> 'call' then 'part'
                         else coalesce(o.outcome, 'suspended') end
                from remediation.suspense_change m
                left join remediation.move o on o.file = m.file and o.record = m.record
                left join remediation.part_change x on x.file = m.file and x.record = m.record
                where s.file = m.file and s.record = m.record
                  and s.from_publication = m.old_publication;
                insert into suspense (file, record, call_id, leg_id, setup_ms, mediated_at, trunk,
                    talk_ms, reason, cure_ms, from_publication)
                select m.file, m.record, s.call_id, s.leg_id, s.setup_ms, s.mediated_at, s.trunk,
                       s.talk_ms, s.reason, s.cure_ms, %1$d
                from remediation.suspense_change m
                join remediation.suspense s on s.file = m.new_file and s.record = m.record
                    and s.to_publication is null;
                update duplicate d set to_publication = %1$d
                from remediation.duplicate_change m
                where d.file = m.file and d.record = m.record
                  and d.from_publication = m.old_publication;
                insert into duplicate (file, record, call_id, leg_id, setup_ms, original_file,
                    original_record, differs, from_publication)
                select m.file, m.record, d.call_id, d.leg_id, d.setup_ms, m.new_original,
                       d.original_record, d.differs, %1$d
                from remediation.duplicate_change m
                join remediation.duplicate d on d.file = m.new_file and d.record = m.record
                    and d.to_publication is null;
                update filtered x set to_publication = %1$d
                from remediation.filtered_change m
                where x.file = m.file and x.record = m.record
                  and x.from_publication = m.old_publication;
                insert into filtered (file, record, from_publication)
                select m.file, m.record, %1$d from remediation.filtered_change m
                where m.new_file is not null\
                """
                        .formatted(publication));
    }
}
