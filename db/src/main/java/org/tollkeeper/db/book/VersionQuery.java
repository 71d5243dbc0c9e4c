package org.tollkeeper.db.book;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question about the rows of the book that one version holds.
///
/// @param version of the book
record VersionQuery(Connection connection, int version) {

    private static final int FETCHED_ROWS = 10_000;

    /// How one row is read.
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// What is done with one row.
    @FunctionalInterface
    interface RowVisitor {
        void visit(ResultSet row) throws SQLException;
    }

    /// The rows of a query whose text has `%s` where the condition on the version of the table `v`
    /// belongs.
    <T> List<T> list(String sql, RowReader<T> reader) throws SQLException {
        List<T> rows = new ArrayList<>();
        each(sql, row -> rows.add(reader.read(row)));
        return rows;
    }

    /// Visits the rows of a query that is the same in every version.
    void eachOfAll(String sql, RowVisitor visitor) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                visitor.visit(row);
            }
        }
    }

    /// Visits the rows of a query.
    void each(String sql, RowVisitor visitor) throws SQLException {
        String inVersion = "v.known_from <= ? and v.known_to > ?";
        try (PreparedStatement select = connection.prepareStatement(sql.formatted(inVersion))) {
            select.setFetchSize(FETCHED_ROWS);
            select.setInt(1, version);
            select.setInt(2, version);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    visitor.visit(row);
                }
            }
        }
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) arrayOf(row, column));
    }

    static List<LocalDate> dates(ResultSet row, String column) throws SQLException {
        List<LocalDate> dates = new ArrayList<>();
        for (java.sql.Date date : (java.sql.Date[]) arrayOf(row, column)) {
            dates.add(date.toLocalDate());
        }
        return dates;
    }

    static @Nullable LocalDate date(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }

    static @Nullable Boolean truth(ResultSet row, String column) throws SQLException {
        boolean value = row.getBoolean(column);
        return row.wasNull() ? null : value;
    }

    private static Object arrayOf(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array.getArray();
    }
}
