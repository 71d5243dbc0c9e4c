package org.tollkeeper.mediation.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/// How many calls of each switch and UTC hour of setup the slices of one transaction hold.
final class CallVolume {

    private static final int HOURS = 24;
    private static final long MILLIS_PER_HOUR = 3_600_000;

    private record Source(int slice, int switchNumber) implements Comparable<Source> {
        @Override
        public int compareTo(Source other) {
            return slice == other.slice
                    ? Integer.compare(switchNumber, other.switchNumber)
                    : Integer.compare(slice, other.slice);
        }
    }

    private final Map<Source, int[]> counts = new TreeMap<>();

    /// The counters of a switch's calls in a slice, one an hour, to be counted up by the caller.
    int[] hours(int slice, int switchNumber) {
        return counts.computeIfAbsent(new Source(slice, switchNumber), _ -> new int[HOURS]);
    }

    static int hour(long setupMs) {
        return (int) Math.floorMod(Math.floorDiv(setupMs, MILLIS_PER_HOUR), (long) HOURS);
    }

    void write(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into call_volume (slice, switch, hour, call_count)"
                                + " values (?, ?, ?, ?)")) {
            for (Map.Entry<Source, int[]> source : counts.entrySet()) {
                for (int hour = 0; hour < HOURS; hour++) {
                    if (source.getValue()[hour] > 0) {
                        insert.setInt(1, source.getKey().slice());
                        insert.setInt(2, source.getKey().switchNumber());
                        insert.setInt(3, hour);
                        insert.setInt(4, source.getValue()[hour]);
                        insert.addBatch();
                    }
                }
            }
            insert.executeBatch();
        }
    }
}
