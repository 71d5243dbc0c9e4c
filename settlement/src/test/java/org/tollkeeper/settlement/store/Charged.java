package org.tollkeeper.settlement.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.TestDatabase;
import org.tollkeeper.db.run.DayLeaves;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.db.run.Slices;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Side;

/// A database in which charges of some agreements are summed, as rating leaves it.
final class Charged implements AutoCloseable {

    static final Instant NOW = Instant.parse("2024-07-01T03:00:00Z");

    private final Database database = TestDatabase.fresh();
    private final Map<String, Integer> agreements = new HashMap<>();
    final Connection connection = database.connect();
    final Run run;
    private final int carrier;
    private int chargeCount;

    Charged() throws SQLException {
        run = Run.begin(connection, "nightly", "", NOW);
        carrier = number("insert into carrier (name) values (?) returning id", "ACME");
        connection.commit();
    }

    void know(Agreement... agreements) throws SQLException {
        for (Agreement agreement : agreements) {
            this.agreements.put(
                    agreement.id(),
                    number("insert into agreement (name) values (?) returning id", agreement.id()));
        }
        connection.commit();
    }

    /// Publishes a slice with one sum.
    ///
    /// @return the slice
    int sum(String agreement, Side side, String day, String destination, String rate, String sum)
            throws SQLException {
        String[] parts = sum.split(" ", -1);
        int slice = Slices.openCharges(connection, run, LocalDate.parse(day), carrier, side);
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into traffic_sum (slice, agreement, side, day, rate_line,
                            call_count, actual_seconds, billed_seconds, charge_nanos)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)) {
            insert.setInt(1, slice);
            insert.setObject(2, agreements.get(agreement));
            insert.setInt(3, side.code());
            insert.setObject(4, LocalDate.parse(day));
            insert.setInt(5, rateLine(destination, rate));
            insert.setInt(6, Integer.parseInt(parts[0]));
            insert.setLong(7, Long.parseLong(parts[1]));
            insert.setLong(8, Long.parseLong(parts[2]));
            insert.setBigDecimal(9, new BigDecimal(parts[3]).movePointRight(9).setScale(0));
            insert.executeUpdate();
        }
        Slices.publish(connection, slice, run.publish(connection), 0, 0);
        connection.commit();
        return slice;
    }

    /// A charge of a slice, of the first agreement known.
    void charge(int slice, Side side, String day, int seconds, String amount) throws SQLException {
        new DayLeaves(connection, "charge").ensure(LocalDate.parse(day));
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into charge (day, slice, call_day, call_slice, call_n, side,
                            carrier, agreement, deck_row, connect_ms, actual_seconds,
                            billed_seconds, charge_nanos)
                        values (?, ?, ?, 1, ?, ?, ?, 1, 1, 0, ?, ?, ?)
                        """)) {
            insert.setObject(1, LocalDate.parse(day));
            insert.setInt(2, slice);
            insert.setObject(3, LocalDate.parse(day));
            insert.setInt(4, ++chargeCount);
            insert.setInt(5, side.code());
            insert.setInt(6, carrier);
            insert.setInt(7, seconds);
            insert.setInt(8, seconds);
            insert.setLong(9, new BigDecimal(amount).movePointRight(9).longValueExact());
            insert.executeUpdate();
        }
        connection.commit();
    }

    void retire(int slice) throws SQLException {
        Slices.retire(connection, slice, run.publish(connection));
        connection.commit();
    }

    private int rateLine(String destination, String rate) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into rate_line (destination, rate, band, tier_from, origin,
                            jurisdiction)
                        values (?, ?, '', 0, '', 0)
                        on conflict (destination, (rate::text), band, (tier_from::text), origin,
                            jurisdiction)
                        do update set destination = excluded.destination returning id
                        """)) {
            insert.setString(1, destination);
            insert.setBigDecimal(2, new BigDecimal(rate));
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private int number(String insert, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    long count(String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        database.close();
    }
}
