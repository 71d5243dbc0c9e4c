package org.tollkeeper.rating.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.BinaryCopy;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Side;

/// Which carrier-days have to be rated again: their pricing changed, calls were taken out of them,
/// or somebody asked for them. They stand in the temporary table `stale_unit` until the transaction
/// ends.
final class StaleUnits {

    private static final String PRICED = "select carrier, side, day, pricing from rated_unit";

    private static final String OF_RETIRED_SLICES =
            """
            select distinct c.carrier, c.side, c.connect_day
            from rated_slice r
            join slice_life l on l.slice = r.call_slice
            join call_sum c on c.slice = r.call_slice
            where l.to_publication is not null\
            """;

    private static final String OF_TOMBSTONES =
            """
            select distinct x.carrier, x.side, (to_timestamp(c.connect_ms / 1000.0) at time zone 'UTC')::date
            from tombstone t
            join rated_slice r on r.call_slice = t.slice and t.publication > r.publication
            join slice s on s.id = t.slice
            join call c on c.day = s.day and c.slice = t.slice and c.n = t.n
            cross join lateral (values (c.ingress_carrier, 2), (c.egress_carrier, 1))
                as x (carrier, side)
            where x.carrier <> 0 and c.connect_ms is not null\
            """;

    private final Set<Unit> stale = new HashSet<>();

    private StaleUnits() {}

    /// Finds them.
    ///
    /// @param pricing the present digest of all that prices a unit
    /// @param from first UTC connect day to rate again whatever its pricing; null = none
    /// @param to the last, inclusive
    static StaleUnits find(
            Connection connection,
            ToLongFunction<Unit> pricing,
            @Nullable LocalDate from,
            @Nullable LocalDate to)
            throws SQLException {
        StaleUnits units = new StaleUnits();
        try (PreparedStatement select = connection.prepareStatement(PRICED);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Unit unit = unit(row);
                if (pricing.applyAsLong(unit) != row.getLong(4) || within(unit, from, to)) {
                    units.stale.add(unit);
                }
            }
        }
        units.addByCalls(connection);
        units.write(connection);
        return units;
    }

    /// Finds those that calls were taken out of, whatever the book.
    static StaleUnits byCalls(Connection connection) throws SQLException {
        StaleUnits units = new StaleUnits();
        units.addByCalls(connection);
        units.write(connection);
        return units;
    }

    private void addByCalls(Connection connection) throws SQLException {
        for (String query : List.of(OF_RETIRED_SLICES, OF_TOMBSTONES)) {
            try (PreparedStatement select = connection.prepareStatement(query);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    stale.add(unit(row));
                }
            }
        }
    }

    /// Units that were rated before and are meant, stale or not.
    static StaleUnits meant(Connection connection, Predicate<Unit> meant) throws SQLException {
        StaleUnits units = new StaleUnits();
        try (PreparedStatement select = connection.prepareStatement(PRICED);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Unit unit = unit(row);
                if (meant.test(unit)) {
                    units.stale.add(unit);
                }
            }
        }
        units.write(connection);
        return units;
    }

    private static boolean within(Unit unit, @Nullable LocalDate from, @Nullable LocalDate to) {
        return from != null && to != null && !unit.day().isBefore(from) && !unit.day().isAfter(to);
    }

    private static Unit unit(ResultSet row) throws SQLException {
        return new Unit(
                row.getInt(1),
                Coded.ofCode(Side.class, row.getInt(2)),
                row.getObject(3, LocalDate.class));
    }

    private void write(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists stale_unit");
            statement.execute(
                    "create temporary table stale_unit (carrier smallint, side smallint, day date,"
                            + " primary key (carrier, side, day)) on commit drop");
        }
        try (BinaryCopy copy =
                BinaryCopy.into(connection, "stale_unit", List.of("carrier", "side", "day"))) {
            for (Unit unit : stale) {
                copy.startRow();
                copy.writeShort((short) unit.carrier());
                copy.writeShort((short) unit.side().code());
                copy.writeDate(unit.day().toEpochDay());
            }
            copy.finish();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("analyze stale_unit");
        }
    }

    boolean isEmpty() {
        return stale.isEmpty();
    }

    boolean contains(Unit unit) {
        return stale.contains(unit);
    }

    Set<Unit> all() {
        return stale;
    }
}
