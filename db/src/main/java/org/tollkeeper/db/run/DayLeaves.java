package org.tollkeeper.db.run;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The day leaves of a partitioned table, made when the first row of a day arrives. A leaf lies in
/// the schema of its table, whichever of that name the connection sees first.
///
/// A leaf that is made to be loaded stands beside its table, without indexes, until [#ensure] or
/// [#attachAll] build them and attach it, in the same transaction. PostgreSQL need not log what is
/// written into a table that the same transaction made (with `wal_level` minimal): it forces the
/// table's files to disk at the commit instead. See "Populating a Database" in its manual.
///
/// An object lives as long as a transaction.
public final class DayLeaves {

    private static final long WORTH_A_TABLE_ROWS = 10_000;

    /// What a row takes up at least, in any of the tables.
    private static final long ROW_BYTES = 80;

    private final Connection connection;
    private final String table;
    private final Set<LocalDate> present = new HashSet<>();
    private final Set<LocalDate> loading = new TreeSet<>();
    private final Set<LocalDate> own = new HashSet<>();
    private final Set<LocalDate> renewed = new HashSet<>();
    private final Map<LocalDate, Long> expectedRows = new HashMap<>();

    /// @param table `call`, `fingerprint` or `charge`
    public DayLeaves(Connection connection, String table) {
        this.connection = connection;
        this.table = table;
    }

    /// Says how many rows [#load] will be asked to take in for a day. A leaf that is smaller than
    /// that is made anew with what it holds: sorting all of it is quicker than adding row after row
    /// to its indexes.
    public void expect(LocalDate day, long rowCount) {
        expectedRows.put(day, rowCount);
    }

    /// Makes the leaf of `day` if it is missing, in the caller's transaction, and names it. It is
    /// there with its indexes then, whatever was loaded into it.
    public String ensure(LocalDate day) throws SQLException {
        var _ = load(day);
        if (loading.remove(day)) {
            attach(day);
        }
        return leafOf(table, day);
    }

    /// The leaf of `day` for many rows: one that is missing is made without its indexes and is no
    /// part of its table before [#ensure] or [#attachAll].
    public String load(LocalDate day) throws SQLException {
        String leaf = leafOf(table, day);
        if (present.add(day)) {
            try (Statement statement = connection.createStatement()) {
                if (!exists(statement, leaf)) {
                    create(statement, leaf, day);
                    own.add(day);
                } else if (isSmall(statement, leaf, day)) {
                    create(statement, anew(leaf), day);
                    statement.execute("insert into " + anew(leaf) + " select * from " + leaf);
                    renewed.add(day);
                }
            }
        }
        return renewed.contains(day) ? anew(leaf) : leaf;
    }

    private void create(Statement statement, String name, LocalDate day) throws SQLException {
        // The check spares PostgreSQL a look at every row when the leaf is attached.
        statement.execute(
                """
                create table %s (like %s including all excluding indexes,
                    constraint %s check (day >= date '%s' and day < date '%s'))\
                """
                        .formatted(name, table, checkOf(leafOf(table, day)), day, day.plusDays(1)));
        loading.add(day);
    }

    private boolean isSmall(Statement statement, String leaf, LocalDate day) throws SQLException {
        long expected = expectedRows.getOrDefault(day, 0L);
        if (expected < WORTH_A_TABLE_ROWS) {
            return false;
        }
        try (ResultSet row = statement.executeQuery("select pg_relation_size('" + leaf + "')")) {
            row.next();
            return row.getLong(1) <= expected * ROW_BYTES;
        }
    }

    private static String anew(String leaf) {
        return leaf + "_anew";
    }

    /// Whether the leaf of `day` waits for its indexes, so that looking for rows in it is slow.
    public boolean isLoading(LocalDate day) {
        return loading.contains(day);
    }

    /// Whether this object made the leaf of `day`, of which nobody else knows then before the
    /// transaction ends.
    public boolean isOwn(LocalDate day) {
        return own.contains(day);
    }

    /// How many leaves wait for their indexes.
    public int loadingCount() {
        return loading.size();
    }

    /// Builds the indexes of all leaves that wait for them, and attaches them. Due before the
    /// caller commits.
    public void attachAll() throws SQLException {
        for (LocalDate day : loading) {
            attach(day);
        }
        loading.clear();
    }

    private void attach(LocalDate day) throws SQLException {
        String leaf = leafOf(table, day);
        try (Statement statement = connection.createStatement()) {
            if (renewed.remove(day)) {
                statement.execute("alter table " + table + " detach partition " + leaf);
                statement.execute("drop table " + leaf);
                statement.execute("alter table " + anew(leaf) + " rename to " + leaf);
            }
            statement.execute("alter table " + leaf + " add " + primaryKey(statement));
            statement.execute(
                    "alter table %s attach partition %s for values from ('%s') to ('%s')"
                            .formatted(table, leaf, day, day.plusDays(1)));
            statement.execute("alter table " + leaf + " drop constraint " + checkOf(leaf));
        }
    }

    private boolean exists(Statement statement, String leaf) throws SQLException {
        try (ResultSet row =
                statement.executeQuery(
                        """
                        select exists (
                            select from pg_class leaf join pg_class parent
                                on parent.relnamespace = leaf.relnamespace
                            where parent.oid = to_regclass('%s') and leaf.relname = '%s')\
                        """
                                .formatted(table, leaf))) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /// Such as `PRIMARY KEY (day, slice, n)`.
    private String primaryKey(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery(
                        """
                        select pg_get_constraintdef(oid) from pg_constraint
                        where conrelid = '%s'::regclass and contype = 'p'\
                        """
                                .formatted(table))) {
            row.next();
            return row.getString(1);
        }
    }

    private static String checkOf(String leaf) {
        return leaf + "_day";
    }

    /// Name of the leaf of a day, such as `call_20240601`.
    public static String leafOf(String table, LocalDate day) {
        return table + "_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }
}
