package org.tollkeeper.mediation.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which archived files hold records of a remediation's scope, and which records of theirs are in
/// it although their own instant is not, or the other way round.
///
/// Files rank by the least path their content was met under: a fresh start would read them in that
/// order, and the first of several equal records stays.
final class RereadFiles {

    /// A file to read again.
    ///
    /// @param rank its number in the shadow
    /// @param file its number
    record Reread(int rank, int file, String switchId, String archived) {}

    private static final String RANK =
            """
            create table remediation.file_rank as
            select f.id as file, f.switch, f.archived,
                   row_number() over (order by f.least_path collate "C", f.id)::integer as rank,
                   s.known_now is distinct from b.known_then as mended,
                   false as is_read
            from (select f.*, coalesce((select min(x.path collate "C") from file_sighting x
                                        where x.file = f.id), f.path) as least_path
                  from cdr_file f where f.publication is not null) f
            left join lateral (
                select (v.format, v.time_zone, v.mapping)::text as known_now
                from switch_version v where v.switch = f.switch and v.known_to = 2147483647) s
                on true
            left join lateral (
                select (v.format, v.time_zone, v.mapping)::text as known_then
                from switch_version v
                where v.switch = f.switch
                  and (select r.book from run r where r.id <= f.run and r.book is not null
                       order by r.id desc limit 1) between v.known_from and v.known_to - 1) b
                on true\
            """;

    /// Arguments: the instants between which a record's own must lie, the days between which a
    /// call's must, and the switch or null.
    private static final String CANDIDATES =
            """
            select k.rank, k.file, w.name, k.archived
            from remediation.file_rank k join cdr_file f on f.id = k.file
            join switch w on w.id = k.switch
            where w.name = coalesce(?, w.name) and (
                k.mended
                or (f.last_setup_ms >= ? and f.first_setup_ms < ?)
                or k.file in (select s.file from suspense s
                              where s.to_publication is null
                                and (s.setup_ms is null or s.setup_ms between ? and ?))
                or k.file in (select p.file from part p
                              where p.to_publication is null
                                and (p.setup_ms between ? and ? or p.call_day between ? and ?))
                or k.file in (select d.file from duplicate d
                              where d.to_publication is null and d.setup_ms between ? and ?))
            order by k.rank\
            """;

    private final Connection connection;
    private final RemediationScope scope;

    RereadFiles(Connection connection, RemediationScope scope) {
        this.connection = connection;
        this.scope = scope;
    }

    /// Ranks all files, finds those to read, and what the scope's exceptions are in them.
    List<Reread> find() throws SQLException {
        ShadowTables.execute(connection, RANK);
        ShadowTables.execute(
                connection, "alter table remediation.file_rank add primary key (file)");
        ShadowTables.execute(connection, "create unique index on remediation.file_rank (rank)");
        ShadowTables.execute(connection, "analyze remediation.file_rank");
        List<Reread> files = candidates();
        writeExceptions();
        return files;
    }

    private List<Reread> candidates() throws SQLException {
        long first = scope.fromMs();
        long last = scope.endMs() - 1;
        try (PreparedStatement select = connection.prepareStatement(CANDIDATES)) {
            int at = 0;
            select.setString(++at, scope.switchId());
            select.setLong(++at, first);
            select.setLong(++at, last + 1);
            for (int i = 0; i < 2; i++) {
                select.setLong(++at, first);
                select.setLong(++at, last);
            }
            select.setObject(++at, scope.from());
            select.setObject(++at, scope.to());
            select.setLong(++at, first);
            select.setLong(++at, last);
            List<Reread> files = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    files.add(
                            new Reread(
                                    row.getInt(1),
                                    row.getInt(2),
                                    row.getString(3),
                                    row.getString(4)));
                }
            }
            return files;
        }
    }

    /// Records that were written off stay so. A part goes with its call, not with its own instant,
    /// and its duplicates go with it; a record without an instant goes with the day it was
    /// mediated. Where a switch is read otherwise now, instants may move: then what stands in the
    /// period is read again wherever it will stand.
    private void writeExceptions() throws SQLException {
        String inPeriod = " between %d and %d".formatted(scope.fromMs(), scope.endMs() - 1);
        String inDays = " between date '%s' and date '%s'".formatted(scope.from(), scope.to());
        ShadowTables.execute(
                connection,
                """
                create table remediation.exception
                    (file integer, record integer, included boolean, primary key (file, record));
                insert into remediation.exception
                    select distinct file, record, false from suspense
                    where released_as = 'written-off'
                    on conflict do nothing;
                insert into remediation.exception
                    select file, record, call_day %2$s from part
                    where to_publication is null and call_day is not null
                      and (call_day %2$s) <> (setup_ms %1$s)
                    on conflict do nothing;
                insert into remediation.exception
                    select d.file, d.record, e.included from duplicate d
                    join remediation.exception e
                        on e.file = d.original_file and e.record = d.original_record
                    where d.to_publication is null
                    on conflict do nothing;
                insert into remediation.exception
                    select file, record, true from suspense
                    where to_publication is null and setup_ms is null
                      and (mediated_at at time zone 'UTC')::date %2$s
                    on conflict do nothing;
                insert into remediation.exception
                    select c.file, c.record, true from live_call c
                    join remediation.file_rank k on k.file = c.file and k.mended
                    where c.day %2$s
                    union
                    select x.file, x.record, true
                    from (select file, record, setup_ms from part where to_publication is null
                          union all
                          select file, record, setup_ms from suspense where to_publication is null
                          union all
                          select file, record, setup_ms from duplicate
                          where to_publication is null) x
                    join remediation.file_rank k on k.file = x.file and k.mended
                    where x.setup_ms %1$s
                    on conflict do nothing;
                analyze remediation.exception\
                """
                        .formatted(inPeriod, inDays));
    }

    /// The exceptions among the records of a file.
    Map<Integer, Boolean> exceptions(Reread file) throws SQLException {
        Map<Integer, Boolean> exceptions = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select record, included from remediation.exception where file = ?")) {
            select.setInt(1, file.file());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    exceptions.put(row.getInt(1), row.getBoolean(2));
                }
            }
        }
        return exceptions;
    }

    /// Files with waiting parts of the scope's calls that were not read, because their own instants
    /// lie elsewhere; their records are exceptions from now on.
    List<Reread> companions() throws SQLException {
        ShadowTables.execute(
                connection,
                """
                create table remediation.companion as
                select p.file, p.record from part p
                where p.to_publication is null and p.call_day is null
                  and exists (select 1 from remediation.part n
                              where n.switch = p.switch
                                and hashtextextended(n.call_id, 0) = hashtextextended(p.call_id, 0)
                                and n.call_id = p.call_id and n.leg_id = p.leg_id)
                  and not p.setup_ms between %d and %d
                  and not exists (select 1 from remediation.exception e
                                  where e.file = p.file and e.record = p.record);
                insert into remediation.exception
                    select file, record, true from remediation.companion\
                """
                        .formatted(scope.fromMs(), scope.endMs() - 1));
        List<Reread> files = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement(
                                """
                                select k.rank, k.file, w.name, k.archived
                                from remediation.file_rank k join switch w on w.id = k.switch
                                where k.file in (select file from remediation.companion)
                                order by k.rank\
                                """);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                files.add(
                        new Reread(
                                row.getInt(1), row.getInt(2), row.getString(3), row.getString(4)));
            }
        }
        return files;
    }
}
