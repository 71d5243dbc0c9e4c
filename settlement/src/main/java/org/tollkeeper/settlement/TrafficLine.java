package org.tollkeeper.settlement;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tollkeeper.model.Side;

/// The traffic of a period that shares one line of its statement.
public record TrafficLine(LineKey key, Traffic traffic) {

    public Side side() {
        return key.side();
    }

    /// The lines in the order of a statement, those that share a key by value made one.
    public static List<TrafficLine> merged(Collection<TrafficLine> lines) {
        SortedMap<LineKey, TrafficLine> merged = new TreeMap<>(LineKey.ORDER);
        for (TrafficLine line : lines) {
            merged.merge(line.key, line, TrafficLine::mergedWith);
        }
        return List.copyOf(merged.values());
    }

    private TrafficLine mergedWith(TrafficLine other) {
        return new TrafficLine(key.sharedWith(other.key), traffic.plus(other.traffic));
    }
}
