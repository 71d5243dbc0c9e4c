package org.tollkeeper.app.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseException;

/// The rows that a query gives, each read into what the caller makes of it.
final class Rows {

    private Rows() {}

    /// Reads one row, on which the cursor stands.
    @FunctionalInterface
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    static <T> List<T> of(Database database, String query, Reading<T> reading) {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(reading.of(row));
            }
            return rows;
        } catch (SQLException e) {
            throw new DatabaseException("the database did not answer: " + e.getMessage(), e);
        }
    }
}
