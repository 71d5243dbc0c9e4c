package org.tollkeeper.rating.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.run.DayLeaves;
import org.tollkeeper.db.run.Slices;

/// The slices that become visible and those that end, under one publication.
final class ChargePublication {

    private static final long WORTH_AN_ANALYZE_ROWS = 10_000;

    private final Connection connection;
    private final int publication;
    private final List<OpenSlice> published = new ArrayList<>();
    private final List<LiveSlice> retired = new ArrayList<>();

    ChargePublication(Connection connection, int publication) {
        this.connection = connection;
        this.publication = publication;
    }

    int publishedCount() {
        return published.size();
    }

    int retiredCount() {
        return retired.size();
    }

    void publish(Collection<OpenSlice> slices) {
        published.addAll(slices);
    }

    void retire(Collection<LiveSlice> slices) {
        retired.addAll(slices);
    }

    void replace(List<TierGroups.Group> groups) {
        for (TierGroups.Group group : groups) {
            @Nullable LiveSlice old = group.old;
            @Nullable OpenSlice fresh = group.fresh;
            if (old != null) {
                retired.add(old);
            }
            if (fresh != null) {
                published.add(fresh);
            }
        }
    }

    void finish() throws SQLException {
        for (OpenSlice slice : published) {
            Slices.publish(connection, slice.id, publication, slice.rowCount, slice.digest);
        }
        for (LiveSlice slice : retired) {
            Slices.retire(connection, slice.id(), publication);
        }
        analyze();
    }

    /// Tells the planner about days that were filled just now; it would take them for empty.
    private void analyze() throws SQLException {
        Map<LocalDate, Long> rowsByDay = new TreeMap<>();
        for (OpenSlice slice : published) {
            for (int day : slice.days) {
                rowsByDay.merge(LocalDate.ofEpochDay(day), slice.rowCount, Long::sum);
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<LocalDate, Long> day : rowsByDay.entrySet()) {
                if (day.getValue() >= WORTH_AN_ANALYZE_ROWS) {
                    statement.execute("analyze " + DayLeaves.leafOf("charge", day.getKey()));
                }
            }
        }
    }
}
