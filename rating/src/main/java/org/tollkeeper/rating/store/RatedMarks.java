package org.tollkeeper.rating.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;

/// Remembers how far rating got: which slices of calls are rated, and under which pricing each
/// carrier-day stands.
final class RatedMarks {

    private static final String MARK_SLICE =
            """
            insert into rated_slice (call_slice, publication) values (?, ?)
            on conflict (call_slice) do update set publication = excluded.publication\
            """;

    private static final String MARK_TOMBSTONED =
            """
            update rated_slice r set publication = ?
            where exists (select 1 from tombstone t
                          where t.slice = r.call_slice and t.publication > r.publication)\
            """;

    private static final String FORGET_RETIRED =
            """
            delete from rated_slice r using slice_life l
            where l.slice = r.call_slice and l.to_publication is not null\
            """;

    private static final String MARK_UNIT =
            """
            insert into rated_unit (carrier, side, day, pricing, publication)
            values (?, ?, ?, ?, ?)
            on conflict (carrier, side, day) do update
            set pricing = excluded.pricing, publication = excluded.publication\
            """;

    private RatedMarks() {}

    static void write(Connection connection, int publication, List<CallSlices.CallSlice> slices)
            throws SQLException {
        try (PreparedStatement mark = connection.prepareStatement(MARK_SLICE)) {
            for (CallSlices.CallSlice slice : slices) {
                mark.setInt(1, slice.id());
                mark.setInt(2, publication);
                mark.addBatch();
            }
            mark.executeBatch();
        }
        try (PreparedStatement mark = connection.prepareStatement(MARK_TOMBSTONED);
                Statement forget = connection.createStatement()) {
            mark.setInt(1, publication);
            mark.executeUpdate();
            forget.executeUpdate(FORGET_RETIRED);
        }
    }

    static void writeUnits(
            Connection connection,
            int publication,
            Collection<Unit> units,
            ToLongFunction<Unit> pricing)
            throws SQLException {
        try (PreparedStatement mark = connection.prepareStatement(MARK_UNIT)) {
            for (Unit unit : units) {
                mark.setInt(1, unit.carrier());
                mark.setInt(2, unit.side().code());
                mark.setObject(3, unit.day());
                mark.setLong(4, pricing.applyAsLong(unit));
                mark.setInt(5, publication);
                mark.addBatch();
            }
            mark.executeBatch();
        }
    }
}
