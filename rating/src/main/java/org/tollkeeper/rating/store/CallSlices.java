package org.tollkeeper.rating.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The slices of calls to read: those not rated yet, and those with calls of stale units.
final class CallSlices {

    private static final String TO_READ =
            """
            select s.id, s.day, r.call_slice is null
            from live_slice s
            left join rated_slice r on r.call_slice = s.id
            where s.kind = 1
              and (r.call_slice is null
                   or s.id in (select c.slice from call_sum c
                               join stale_unit u on u.carrier = c.carrier and u.side = c.side
                                   and u.day = c.connect_day))
            order by s.day, s.id\
            """;

    private static final String CHARGES_BY_DAY =
            """
            select connect_day, sum(call_count) from call_sum
            where slice = any (?) group by connect_day\
            """;

    private CallSlices() {}

    /// A slice of calls.
    ///
    /// @param isNew not rated yet
    record CallSlice(int id, LocalDate day, boolean isNew) {
        CallKey key(int n) {
            return new CallKey(Math.toIntExact(day.toEpochDay()), id, n);
        }
    }

    static List<CallSlice> toRead(Connection connection) throws SQLException {
        List<CallSlice> slices = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(TO_READ);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                slices.add(
                        new CallSlice(
                                row.getInt(1),
                                row.getObject(2, LocalDate.class),
                                row.getBoolean(3)));
            }
        }
        return slices;
    }

    /// How many sides of calls of new slices were answered on each UTC day.
    static Map<LocalDate, Long> chargesByDay(Connection connection, List<CallSlice> slices)
            throws SQLException {
        Map<LocalDate, Long> rows = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(CHARGES_BY_DAY)) {
            Object[] ids = slices.stream().filter(CallSlice::isNew).map(CallSlice::id).toArray();
            select.setArray(1, connection.createArrayOf("integer", ids));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.put(row.getObject(1, LocalDate.class), row.getLong(2));
                }
            }
        }
        return rows;
    }
}
