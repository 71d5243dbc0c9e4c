package org.tollkeeper.db.run;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;

/// The day leaves of a partitioned table, made when the first row of a day arrives. A leaf lies in
/// the schema of its table, whichever of that name the connection sees first.
public final class DayLeaves {

    private final Connection connection;
    private final String table;
    private final Set<LocalDate> present = new HashSet<>();

    /// @param table `call`, `fingerprint` or `charge`
    public DayLeaves(Connection connection, String table) {
        this.connection = connection;
        this.table = table;
    }

    /// Makes the leaf of `day` if it is missing, in the caller's transaction, and names it.
    public String ensure(LocalDate day) throws SQLException {
        String leaf = leafOf(table, day);
        if (present.contains(day)) {
            return leaf;
        }
        try (Statement statement = connection.createStatement()) {
            boolean exists;
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
                exists = row.getBoolean(1);
            }
            if (!exists) {
                statement.execute(
                        "create table %s partition of %s for values from ('%s') to ('%s')"
                                .formatted(leaf, table, day, day.plusDays(1)));
            }
        }
        present.add(day);
        return leaf;
    }

    /// Name of the leaf of a day, such as `call_20240601`.
    public static String leafOf(String table, LocalDate day) {
        return table + "_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }
}
