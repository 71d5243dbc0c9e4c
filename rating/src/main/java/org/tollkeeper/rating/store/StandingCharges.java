package org.tollkeeper.rating.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Side;

/// The slices of charges that stand for the stale units; a unit may have several, since late calls
/// only add.
final class StandingCharges {

    private static final String LIVE_OF_STALE_UNITS =
            """
            select s.carrier, s.side, s.day, s.id, s.row_count, s.digest
            from live_slice s
            join stale_unit u on u.carrier = s.carrier and u.side = s.side and u.day = s.day
            where s.kind = 2\
            """;

    private final Map<Unit, List<LiveSlice>> slices = new HashMap<>();

    private StandingCharges() {}

    static StandingCharges ofStaleUnits(Connection connection) throws SQLException {
        StandingCharges standing = new StandingCharges();
        try (PreparedStatement select = connection.prepareStatement(LIVE_OF_STALE_UNITS);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Unit unit =
                        new Unit(
                                row.getInt(1),
                                Coded.ofCode(Side.class, row.getInt(2)),
                                row.getObject(3, LocalDate.class));
                standing.slices
                        .computeIfAbsent(unit, u -> new ArrayList<>())
                        .add(new LiveSlice(row.getInt(4), row.getLong(5), row.getLong(6)));
            }
        }
        return standing;
    }

    /// The units whose draft says something else than what stands.
    Set<Unit> changed(Set<Unit> stale, Map<Unit, OpenSlice> drafts) {
        Set<Unit> changed = new HashSet<>();
        for (Unit unit : stale) {
            @Nullable OpenSlice draft = drafts.get(unit);
            long rowCount = draft == null ? 0 : draft.rowCount;
            long digest = draft == null ? 0 : draft.digest;
            List<LiveSlice> standing = slices.getOrDefault(unit, List.of());
            if (standing.stream().mapToLong(LiveSlice::rowCount).sum() != rowCount
                    || standing.stream().mapToLong(LiveSlice::digest).sum() != digest) {
                changed.add(unit);
            }
        }
        return changed;
    }

    List<LiveSlice> slices(Set<Unit> units) {
        return units.stream()
                .flatMap(unit -> slices.getOrDefault(unit, List.of()).stream())
                .toList();
    }
}
