package org.tollkeeper.db.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Side;

/// Opens, publishes and retires slices, in the caller's transaction.
public final class Slices {

    public static final int CALLS = 1;
    public static final int CHARGES = 2;
    public static final int TIERED_CHARGES = 3;

    private Slices() {}

    /// A new slice of calls of one UTC setup day.
    public static int openCalls(Connection connection, Run run, LocalDate day) throws SQLException {
        return open(connection, run, CALLS, day, 0, null, 0, null, null);
    }

    /// A new slice of the charges of one carrier and side on one UTC connect day.
    public static int openCharges(
            Connection connection, Run run, LocalDate day, int carrier, Side side)
            throws SQLException {
        return open(connection, run, CHARGES, day, carrier, side, 0, null, null);
    }

    /// A new slice of the charges of one tier group.
    ///
    /// @param month first day of the month, in the agreement's zone
    public static int openTieredCharges(
            Connection connection,
            Run run,
            int carrier,
            Side side,
            int agreement,
            String destination,
            LocalDate month)
            throws SQLException {
        return open(
                connection,
                run,
                TIERED_CHARGES,
                null,
                carrier,
                side,
                agreement,
                destination,
                month);
    }

    private static int open(
            Connection connection,
            Run run,
            int kind,
            @Nullable LocalDate day,
            int carrier,
            @Nullable Side side,
            int agreement,
            @Nullable String destination,
            @Nullable LocalDate month)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into slice"
                                + " (kind, run, day, carrier, side, agreement, destination, month)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?) returning id")) {
            insert.setInt(1, kind);
            insert.setInt(2, run.id());
            insert.setObject(3, day);
            insert.setObject(4, carrier == 0 ? null : carrier, Types.SMALLINT);
            insert.setObject(5, side == null ? null : side.code(), Types.SMALLINT);
            insert.setObject(6, agreement == 0 ? null : agreement, Types.INTEGER);
            insert.setString(7, destination);
            insert.setObject(8, month);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /// Makes a slice visible from `publication` on.
    ///
    /// @param digest order-independent sum over its rows
    public static void publish(
            Connection connection, int slice, int publication, long rowCount, long digest)
            throws SQLException {
        try (PreparedStatement count =
                        connection.prepareStatement(
                                "update slice set row_count = ?, digest = ? where id = ?");
                PreparedStatement life =
                        connection.prepareStatement(
                                "insert into slice_life (slice, from_publication) values (?, ?)")) {
            count.setLong(1, rowCount);
            count.setLong(2, digest);
            count.setInt(3, slice);
            count.executeUpdate();
            life.setInt(1, slice);
            life.setInt(2, publication);
            life.executeUpdate();
        }
    }

    /// Ends a slice's visibility: it stands in every state before `publication`, and in none after.
    public static void retire(Connection connection, int slice, int publication)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "update slice_life set to_publication = ?"
                                + " where slice = ? and to_publication is null")) {
            update.setInt(1, publication);
            update.setInt(2, slice);
            if (update.executeUpdate() != 1) {
                throw new SQLException("slice " + slice + " is not visible, so it cannot end");
            }
        }
    }
}
