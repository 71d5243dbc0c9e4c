package org.tollkeeper.app.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tollkeeper.db.Database;

/// Sequence numbers of a switch's files that never came, between two that did.
///
/// @param first the first missing number
/// @param last the last missing number before one that came
public record SequenceGap(String switchId, long first, long last) {

    private record Sighting(String switchId, String sequence, String path) {}

    /// The gaps of every switch that numbers its files, in order. A quarantined file came.
    public static List<SequenceGap> of(Database database) {
        List<Sighting> sightings =
                Rows.of(
                        database,
                        """
                        select s.name, v.sequence, f.path
                          from switch_version v
                          join switch s on s.id = v.switch
                          join file_sighting f on f.switch = v.switch
                         where v.known_to = 2147483647 and v.sequence <> ''
                        """,
                        row -> new Sighting(row.getString(1), row.getString(2), row.getString(3)));
        Map<String, NavigableSet<Long>> numbers = new TreeMap<>();
        for (Sighting sighting : sightings) {
            String name = sighting.path().substring(sighting.path().lastIndexOf('/') + 1);
            Matcher matcher = Pattern.compile(sighting.sequence()).matcher(name);
            if (matcher.find() && matcher.group(1).matches("[0-9]{1,18}")) {
                numbers.computeIfAbsent(sighting.switchId(), _ -> new TreeSet<>())
                        .add(Long.parseLong(matcher.group(1)));
            }
        }
        List<SequenceGap> gaps = new ArrayList<>();
        numbers.forEach((switchId, came) -> addGaps(switchId, came, gaps));
        return gaps;
    }

    static void addGaps(String switchId, NavigableSet<Long> came, List<SequenceGap> gaps) {
        if (came.isEmpty()) {
            return;
        }
        long expected = came.first();
        for (long number : came) {
            if (number > expected) {
                gaps.add(new SequenceGap(switchId, expected, number - 1));
            }
            expected = number + 1;
        }
    }

    /// How many files are missing.
    public long missingCount() {
        return last - first + 1;
    }
}
