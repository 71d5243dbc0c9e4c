package org.tollkeeper.rating.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.run.Slices;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Side;

/// Decides slice by slice what becomes visible: charges of units that were complete until now are
/// added, charges of stale units and tier groups replace what stood there, unless they say the
/// same; then the new ones are dropped and nothing changes.
final class ChargePublication {

    private static final String LIVE_OF_STALE_UNITS =
            """
            select s.carrier, s.side, s.day, s.id, s.row_count, s.digest
            from live_slice s
            join stale_unit u on u.carrier = s.carrier and u.side = s.side and u.day = s.day
            where s.kind = 2\
            """;

    private final Connection connection;
    private final int publication;
    private final ChargeWriter writer;
    private final List<OpenSlice> published = new ArrayList<>();
    private final List<OpenSlice> dropped = new ArrayList<>();
    private final List<LiveSlice> retired = new ArrayList<>();

    ChargePublication(Connection connection, int publication, ChargeWriter writer) {
        this.connection = connection;
        this.publication = publication;
        this.writer = writer;
    }

    int publishedCount() {
        return published.size();
    }

    int retiredCount() {
        return retired.size();
    }

    void replaceUnits(StaleUnits stale, Map<Unit, OpenSlice> fresh) throws SQLException {
        Map<Unit, List<LiveSlice>> live = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(LIVE_OF_STALE_UNITS);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Unit unit =
                        new Unit(
                                row.getInt(1),
                                Coded.ofCode(Side.class, row.getInt(2)),
                                row.getObject(3, LocalDate.class));
                live.computeIfAbsent(unit, u -> new ArrayList<>())
                        .add(new LiveSlice(row.getInt(4), row.getLong(5), row.getLong(6)));
            }
        }
        for (Unit unit : stale.all()) {
            replace(live.getOrDefault(unit, List.of()), fresh.get(unit));
        }
        fresh.forEach((unit, slice) -> {
            if (!stale.contains(unit)) {
                published.add(slice);
            }
        });
    }

    void replaceGroups(TierGroups groups) {
        for (TierGroups.Group group : groups.all()) {
            @Nullable LiveSlice old = group.old;
            replace(old == null ? List.of() : List.of(old), group.fresh);
        }
    }

    private void replace(List<LiveSlice> old, @Nullable OpenSlice fresh) {
        long rowCount = old.stream().mapToLong(LiveSlice::rowCount).sum();
        long digest = old.stream().mapToLong(LiveSlice::digest).sum();
        if (fresh == null) {
            retired.addAll(old);
        } else if (fresh.rowCount == rowCount && fresh.digest == digest) {
            dropped.add(fresh);
        } else {
            retired.addAll(old);
            published.add(fresh);
        }
    }

    void write() throws SQLException {
        drop();
        writer.writeSums(published);
        for (OpenSlice slice : published) {
            Slices.publish(connection, slice.id, publication, slice.rowCount, slice.digest);
        }
        for (LiveSlice slice : retired) {
            Slices.retire(connection, slice.id(), publication);
        }
    }

    private void drop() throws SQLException {
        if (dropped.isEmpty()) {
            return;
        }
        Object[] slices = dropped.stream().map(slice -> slice.id).toArray();
        Set<Integer> days = new TreeSet<>();
        dropped.forEach(slice -> days.addAll(slice.days));
        try (PreparedStatement delete =
                connection.prepareStatement(
                        "delete from charge where day = ? and slice = any (?)")) {
            for (int day : days) {
                delete.setObject(1, LocalDate.ofEpochDay(day));
                delete.setArray(2, connection.createArrayOf("integer", slices));
                delete.executeUpdate();
            }
        }
        for (String query :
                List.of(
                        "delete from charge_part where slice = any (?)",
                        "delete from charge_suspense where slice = any (?)",
                        "delete from slice where id = any (?)")) {
            try (PreparedStatement delete = connection.prepareStatement(query)) {
                delete.setArray(1, connection.createArrayOf("integer", slices));
                delete.executeUpdate();
            }
        }
    }
}
