package org.tollkeeper.app.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tollkeeper.db.Database;

/// Where the records went: read + reopened = calls + parts joined + duplicates + suspended +
/// filtered.
public record Totals(
        long readCount,
        long reopenedCount,
        long callCount,
        long joinedCount,
        long duplicateCount,
        long suspendedCount,
        long filteredCount) {

    /// The present state of every record of every file.
    public static Totals ofFiles(Database database) {
        return Rows.of(
                        database,
                        """
                        select coalesce(sum(read_count), 0), 0, coalesce(sum(call_count), 0),
                               coalesce(sum(joined_count), 0), coalesce(sum(duplicate_count), 0),
                               coalesce(sum(suspended_count), 0), coalesce(sum(filtered_count), 0)
                          from cdr_file
                        """,
                        row -> read(row, 1))
                .getFirst();
    }

    /// Reads seven columns in the order of the components.
    static Totals read(ResultSet row, int first) throws SQLException {
        return new Totals(
                row.getLong(first),
                row.getLong(first + 1),
                row.getLong(first + 2),
                row.getLong(first + 3),
                row.getLong(first + 4),
                row.getLong(first + 5),
                row.getLong(first + 6));
    }

    public boolean balance() {
        return readCount + reopenedCount
                == callCount + joinedCount + duplicateCount + suspendedCount + filteredCount;
    }

    /// The equation as people read it.
    public String equation() {
        return "%,d read%s = %,d calls + %,d parts joined + %,d duplicates + %,d suspended + %,d filtered"
                .formatted(
                        readCount,
                        reopenedCount == 0 ? "" : " + %,d reopened".formatted(reopenedCount),
                        callCount,
                        joinedCount,
                        duplicateCount,
                        suspendedCount,
                        filteredCount);
    }

    /// The equation in short: what is zero is left out.
    public String brief() {
        String in = brief(readCount, "read", "none read");
        String reopened = brief(reopenedCount, "reopened", "");
        String out =
                Stream.of(
                                brief(callCount, "calls", ""),
                                brief(joinedCount, "parts joined", ""),
                                brief(duplicateCount, "duplicates", ""),
                                brief(suspendedCount, "suspended", ""),
                                brief(filteredCount, "filtered", ""))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "));
        return in + (reopened.isEmpty() ? "" : " and " + reopened) + ": " + out;
    }

    private static String brief(long count, String what, String none) {
        return count == 0 ? none : "%,d %s".formatted(count, what);
    }

    /// The equation as programs read it.
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("read", readCount);
        values.put("reopened", reopenedCount);
        values.put("calls", callCount);
        values.put("partsJoined", joinedCount);
        values.put("duplicates", duplicateCount);
        values.put("suspended", suspendedCount);
        values.put("filtered", filteredCount);
        values.put("balanced", balance());
        return values;
    }
}
