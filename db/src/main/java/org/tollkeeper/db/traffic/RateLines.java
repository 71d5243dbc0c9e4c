package org.tollkeeper.db.traffic;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tollkeeper.db.DenseIndex;

/// What is to be known of the rate lines that charges are priced by, read before the charges are.
public final class RateLines<T> {

    private final Connection connection;
    private final String columns;
    private final Meaning<T> meaning;
    private final DenseIndex numbers = new DenseIndex();
    private final List<T> lines = new ArrayList<>();

    /// What a rate line comes to.
    @FunctionalInterface
    public interface Meaning<T> {
        T of(ResultSet row) throws SQLException;
    }

    /// @param columns of `l`, the rate line
    public RateLines(Connection connection, String columns, Meaning<T> meaning) {
        this.connection = connection;
        this.columns = columns;
        this.meaning = meaning;
    }

    /// Makes the lines known that the charges of some slices are priced by.
    ///
    /// @param slices a query for their numbers, or the numbers themselves
    public void read(String slices) throws SQLException {
        String query =
                "select l.id, %s from rate_line l where l.id in".formatted(columns)
                        + " (select s.rate_line from traffic_sum s where s.slice in (%s))"
                                .formatted(slices);
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                if (numbers.of(row.getInt(1)) == lines.size()) {
                    lines.add(meaning.of(row));
                }
            }
        }
    }

    public T of(int rateLine) {
        int number = numbers.find(rateLine);
        if (number < 0) {
            throw new IllegalStateException("charges without a sum of rate line " + rateLine);
        }
        return lines.get(number);
    }
}
