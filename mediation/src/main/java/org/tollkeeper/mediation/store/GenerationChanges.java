package org.tollkeeper.mediation.store;

import static org.tollkeeper.mediation.store.ShadowTables.execute;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/// What differs between the records as they stand and as the [ShadowTables] have them: one table of
/// changes for each table of mediation, found by joining both on file and record.
final class GenerationChanges {

    static final List<String> CALL_COLUMNS =
            CallSlices.COLUMNS.stream()
                    .filter(column ->
                            !List.of("day", "slice", "n", "file", "record").contains(column))
                    .toList();

    private static final List<String> PART_COLUMNS =
            PartRows.COLUMNS.stream()
                    .filter(column ->
                            !List.of("file", "record", "from_publication").contains(column))
                    .toList();

    private static final String SUSPENSE =
            """
            create table remediation.suspense_change as
            select coalesce(o.file, f.real_file) as file, coalesce(o.record, f.record) as record,
                   o.from_publication as old_publication, o.reason as old_reason,
                   f.reason as new_reason, f.file as new_file
            from (select s.* from suspense s
                  join remediation.reread r on r.file = s.file and r.record = s.record
                  where s.to_publication is null) o
            full join (select s.*, k.file as real_file from remediation.suspense s
                  join remediation.file_rank k on k.rank = s.file
                  where s.to_publication is null) f
                on f.real_file = o.file and f.record = o.record
            where (o.reason, o.call_id, o.leg_id, o.setup_ms, o.trunk, o.talk_ms, o.cure_ms)
               is distinct from
                  (f.reason, f.call_id, f.leg_id, f.setup_ms, f.trunk, f.talk_ms, f.cure_ms)\
            """;

    private static final String DUPLICATES =
            """
            create table remediation.duplicate_change as
            select coalesce(o.file, f.real_file) as file, coalesce(o.record, f.record) as record,
                   o.from_publication as old_publication, f.file as new_file,
                   f.original as new_original
            from (select d.* from duplicate d
                  join remediation.reread r on r.file = d.file and r.record = d.record
                  where d.to_publication is null) o
            full join (select d.*, k.file as real_file, w.file as original
                  from remediation.duplicate d join remediation.file_rank k on k.rank = d.file
                  join remediation.file_rank w on w.rank = d.original_file
                  where d.to_publication is null) f
                on f.real_file = o.file and f.record = o.record
            where (o.call_id, o.leg_id, o.setup_ms, o.original_file, o.original_record, o.differs)
               is distinct from
                  (f.call_id, f.leg_id, f.setup_ms, f.original, f.original_record, f.differs)\
            """;

    private static final String FILTERED =
            """
            create table remediation.filtered_change as
            select coalesce(o.file, f.real_file) as file, coalesce(o.record, f.record) as record,
                   o.from_publication as old_publication, f.file as new_file
            from (select x.* from filtered x
                  join remediation.reread r on r.file = x.file and r.record = x.record
                  where x.to_publication is null) o
            full join (select x.*, k.file as real_file from remediation.filtered x
                  join remediation.file_rank k on k.rank = x.file
                  where x.to_publication is null) f
                on f.real_file = o.file and f.record = o.record
            where o.file is null or f.file is null\
            """;

    private static final String OWN_INSTANTS =
            """
            create view remediation.own_instant as
            select setup_ms as ms from remediation.part
            union all
            select p.setup_ms from part p
            join remediation.exception e on e.file = p.file and e.record = p.record
            where e.included\
            """;

    private final Connection connection;
    private final RemediationScope scope;

    GenerationChanges(Connection connection, RemediationScope scope) {
        this.connection = connection;
        this.scope = scope;
    }

    /// Finds them all.
    void find() throws SQLException {
        boolean isAnywhere = isMended();
        execute(connection, calls(isAnywhere ? "true" : "c." + days()));
        execute(connection, parts());
        execute(connection, OWN_INSTANTS);
        execute(connection, SUSPENSE);
        execute(connection, DUPLICATES);
        execute(connection, FILTERED);
        execute(connection, fingerprints(isAnywhere ? "true" : "p." + daysOfKeys()));
        for (String table :
                List.of(
                        "part_change",
                        "suspense_change",
                        "duplicate_change",
                        "filtered_change",
                        "fingerprint_change")) {
            execute(connection, "analyze remediation." + table);
        }
    }

    private static String calls(String days) {
        return """
        create table remediation.call_change as
        select coalesce(o.file, f.real_file) as file, coalesce(o.record, f.record) as record,
               o.day as old_day, o.slice as old_slice, o.n as old_n,
               f.day as new_day, f.slice as new_slice, f.n as new_n
        from (select c.*, d.detail from live_call c
              join remediation.reread r on r.file = c.file and r.record = c.record
              left join call_detail d on d.slice = c.slice and d.n = c.n
              where %1$s) o
        full join (select c.*, k.file as real_file, d.detail from remediation.call c
              join remediation.file_rank k on k.rank = c.file
              left join remediation.call_detail d on d.slice = c.slice and d.n = c.n
              where not exists (select 1 from remediation.tombstone t
                                where t.slice = c.slice and t.n = c.n)) f
            on f.real_file = o.file and f.record = o.record
        where o.slice is null or f.slice is null
           or (%2$s, o.detail) is distinct from (%3$s, f.detail);
        create index on remediation.call_change (file, record);
        create index on remediation.call_change (new_slice, new_n);
        analyze remediation.call_change\
        """
                .formatted(days, columns("o", CALL_COLUMNS), columns("f", CALL_COLUMNS));
    }

    private static String parts() {
        return """
        create table remediation.part_change as
        select coalesce(o.file, f.real_file) as file, coalesce(o.record, f.record) as record,
               o.from_publication as old_publication,
               case when o.file is null then null when o.call_day is null then 'suspended'
                    when o.call_first then 'call' else 'part' end as old_outcome,
               case when f.file is null then null when f.call_day is null then 'suspended'
                    when f.call_first then 'call' else 'part' end as new_outcome,
               o.file is null or f.file is null or (%1$s) is distinct from (%2$s) as rewritten,
               f.file as new_file
        from (select p.*, c.file as whole_file, c.record as whole_record from part p
              join remediation.reread r on r.file = p.file and r.record = p.record
              left join call c on c.day = p.call_day and c.slice = p.call_slice
                  and c.n = p.call_n
              where p.to_publication is null) o
        full join (select p.*, k.file as real_file, w.file as whole_file,
                  c.record as whole_record
              from remediation.part p join remediation.file_rank k on k.rank = p.file
              left join remediation.call c on c.day = p.call_day and c.slice = p.call_slice
                  and c.n = p.call_n
              left join remediation.file_rank w on w.rank = c.file
              where p.to_publication is null) f
            on f.real_file = o.file and f.record = o.record
        where o.file is null or f.file is null or (%1$s) is distinct from (%2$s)
           or (o.whole_file, o.whole_record, o.call_first)
              is distinct from (f.whole_file, f.whole_record, f.call_first)\
        """
                .formatted(columns("o", PART_COLUMNS), columns("f", PART_COLUMNS));
    }

    private static String fingerprints(String days) {
        return """
        create table remediation.fingerprint_change as
        select coalesce(o.day, f.day) as day, coalesce(o.key_high, f.key_high) as key_high,
               coalesce(o.key_low, f.key_low) as key_low,
               o.file as old_file, o.record as old_record,
               f.real_file as new_file, f.record as new_record, f.content,
               f.slice as new_slice, f.n as new_n
        from (select p.* from fingerprint p
              join remediation.reread r on r.file = p.file and r.record = p.record
              where %s) o
        full join (select p.*, k.file as real_file from remediation.fingerprint p
              join remediation.file_rank k on k.rank = p.file) f
            on f.day = o.day and f.key_high = o.key_high and f.key_low = o.key_low
        where (o.file, o.record, o.content, o.slice = 0)
           is distinct from (f.real_file, f.record, f.content, f.slice = 0)
           or exists (select 1 from remediation.call_change c
                      where c.new_slice = f.slice and c.new_n = f.n)\
        """
                .formatted(days);
    }

    private String days() {
        return "day between date '%s' and date '%s'".formatted(scope.from(), scope.to());
    }

    /// The keys of parts lie on their own days.
    private String daysOfKeys() {
        return """
        day between
            least(date '%1$s', (select date '1970-01-01' + floor(min(ms) / 86400000.0)::integer
                                from remediation.own_instant))
            and greatest(date '%2$s',
                         (select date '1970-01-01' + floor(max(ms) / 86400000.0)::integer
                          from remediation.own_instant))\
        """
                .formatted(scope.from(), scope.to());
    }

    /// Whether a switch's files are read otherwise than before, so that instants may have moved.
    private boolean isMended() throws SQLException {
        return isThere(connection, "remediation.file_rank where is_read and mended");
    }

    /// Whether no more is to be done than to remember keys otherwise.
    static boolean areKeysOnly(Connection connection) throws SQLException {
        return isThere(connection, "remediation.fingerprint_change");
    }

    private static boolean isThere(Connection connection, String rows) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select exists (select 1 from " + rows + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static String columns(String table, List<String> columns) {
        return columns.stream()
                .map(column -> table + "." + column)
                .collect(Collectors.joining(", "));
    }
}
