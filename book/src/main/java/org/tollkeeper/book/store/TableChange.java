package org.tollkeeper.book.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a new version of the book changed in one table.
///
/// @param added rows that hold from this version on
/// @param closed rows that held until it
public record TableChange(String table, int added, int closed) {

    /// Brings a table to what a book says from a version on: rows that are gone are closed, rows
    /// that are new are added, all others are left alone. Rows are compared as texts, so that a
    /// price printed with another number of digits is another row.
    static TableChange write(Connection connection, BookTable table, NameNumbers names, int version)
            throws SQLException {
        String columns =
                table.columns().stream()
                        .map(column -> '"' + column.name() + '"')
                        .collect(Collectors.joining(", "));
        String next = "next_" + table.name();
        String sameRow = "%s = %s".formatted(rowText(table, "t"), rowText(table, "n"));
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "create temp table %s as select %s from %s with no data"
                            .formatted(next, columns, table.name()));
            copy(connection, table, names, next);
            statement.execute("analyze " + next);
            int closed =
                    statement.executeUpdate(
                            """
                            update %s t set known_to = %d where known_to = 2147483647
                            and not exists (select from %s n where %s)\
                            """
                                    .formatted(table.name(), version, next, sameRow));
            int added =
                    statement.executeUpdate(
                            """
                            insert into %1$s (%2$s, known_from) select %2$s, %3$d from %4$s n
                            where not exists (
                                select from %1$s t where t.known_to = 2147483647 and %5$s)\
                            """
                                    .formatted(table.name(), columns, version, next, sameRow));
            statement.execute("drop table " + next);
            return new TableChange(table.name(), added, closed);
        }
    }

    private static String rowText(BookTable table, String alias) {
        return table.columns().stream()
                .map(column -> alias + ".\"" + column.name() + '"')
                .collect(Collectors.joining(", ", "row(", ")::text"));
    }

    private static void copy(Connection connection, BookTable table, NameNumbers names, String next)
            throws SQLException {
        Set<List<@Nullable String>> seen = new HashSet<>();
        try (TextCopy copy = new TextCopy(connection, next)) {
            for (@Nullable String[] row : table.rows()) {
                List<@Nullable String> values = new ArrayList<>(row.length);
                for (int i = 0; i < row.length; i++) {
                    values.add(names.value(table.columns().get(i).kind(), row[i]));
                }
                if (seen.add(values)) {
                    copy.row(values);
                }
            }
            copy.finish();
        }
    }
}
