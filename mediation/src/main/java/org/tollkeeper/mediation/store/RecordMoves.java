package org.tollkeeper.mediation.store;

import static org.tollkeeper.mediation.store.ShadowTables.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.tollkeeper.db.run.Run;

/// Where each record that a remediation changes ended before and ends now, and what that makes of
/// the counts of its file and of the run. Both balance by what they are made of: a record leaves
/// one count and enters another.
final class RecordMoves {

    private static final String FIND =
            """
            create table remediation.move as
            with old as (
                select file, record, 'call' as outcome, 0 as reason
                from remediation.call_change where old_slice is not null
                union select file, record, old_outcome, 0
                from remediation.part_change where old_publication is not null
                union all select file, record, 'suspended', old_reason
                from remediation.suspense_change where old_publication is not null
                union all select file, record, 'duplicate', 0
                from remediation.duplicate_change where old_publication is not null
                union all select file, record, 'filtered', 0
                from remediation.filtered_change where old_publication is not null),
            fresh as (
                select file, record, 'call' as outcome, 0 as reason
                from remediation.call_change where new_slice is not null
                union select file, record, new_outcome, 0
                from remediation.part_change where new_file is not null
                union all select file, record, 'suspended', new_reason
                from remediation.suspense_change where new_file is not null
                union all select file, record, 'duplicate', 0
                from remediation.duplicate_change where new_file is not null
                union all select file, record, 'filtered', 0
                from remediation.filtered_change where new_file is not null)
            select coalesce(o.file, f.file) as file, coalesce(o.record, f.record) as record,
                   o.outcome as was, f.outcome, o.reason as old_reason, f.reason as new_reason
            from old o full join fresh f on f.file = o.file and f.record = o.record;
            create unique index on remediation.move (file, record);
            analyze remediation.move\
            """;

    private static final String COUNT_FILES =
            """
            update cdr_file f set
                read_count = read_count + m.fresh - m.old,
                call_count = call_count + m.calls,
                joined_count = joined_count + m.joined,
                duplicate_count = duplicate_count + m.duplicates,
                suspended_count = suspended_count + m.suspended,
                filtered_count = filtered_count + m.filtered
            from (select file, count(outcome) as fresh, count(was) as old,
                         count(*) filter (where outcome = 'call')
                             - count(*) filter (where was = 'call') as calls,
                         count(*) filter (where outcome = 'part')
                             - count(*) filter (where was = 'part') as joined,
                         count(*) filter (where outcome = 'duplicate')
                             - count(*) filter (where was = 'duplicate') as duplicates,
                         count(*) filter (where outcome = 'suspended')
                             - count(*) filter (where was = 'suspended') as suspended,
                         count(*) filter (where outcome = 'filtered')
                             - count(*) filter (where was = 'filtered') as filtered
                  from remediation.move group by file) m
            where f.id = m.file;
            update cdr_file f set
                first_setup_ms = least(f.first_setup_ms, x.first_setup_ms),
                last_setup_ms = greatest(f.last_setup_ms, x.last_setup_ms)
            from remediation.file_rank k join remediation.cdr_file x on x.id = k.rank
            where f.id = k.file and (x.first_setup_ms < f.first_setup_ms
                or x.last_setup_ms > f.last_setup_ms
                or (f.first_setup_ms is null and x.first_setup_ms is not null))\
            """;

    private static final String COUNT_RUN =
            """
            update run r set
                read_count = read_count + m.added,
                reopened_count = reopened_count + m.reopened,
                call_count = call_count + m.calls,
                joined_count = joined_count + m.joined,
                duplicate_count = duplicate_count + m.duplicates,
                suspended_count = suspended_count + m.suspended,
                filtered_count = filtered_count + m.filtered
            from (select count(*) filter (where was is null and outcome is not null) as added,
                         count(*) filter (where was is not null and outcome is not null)
                             as reopened,
                         count(*) filter (where outcome = 'call') as calls,
                         count(*) filter (where outcome = 'part') as joined,
                         count(*) filter (where outcome = 'duplicate') as duplicates,
                         count(*) filter (where outcome = 'suspended') as suspended,
                         count(*) filter (where outcome = 'filtered') as filtered
                  from remediation.move) m
            where r.id = ?\
            """;

    private RecordMoves() {}

    static void find(Connection connection) throws SQLException {
        execute(connection, FIND);
    }

    static void write(Connection connection, Run run) throws SQLException {
        execute(connection, COUNT_FILES);
        try (PreparedStatement update = connection.prepareStatement(COUNT_RUN)) {
            update.setInt(1, run.id());
            update.executeUpdate();
        }
    }
}
