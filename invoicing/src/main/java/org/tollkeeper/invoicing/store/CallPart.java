package org.tollkeeper.invoicing.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Some of the calls set up on a day, as many as memory holds the charges of: some whole slices, or
/// a stretch of one.
///
/// @param slices of calls
/// @param from number of the first call of a stretch
/// @param end exclusive
record CallPart(List<Integer> slices, long from, long end) {

    private static final long NO_END = Long.MAX_VALUE;

    private static final String SLICES =
            "select id, row_count from slice where kind = 1 and day = ? order by id";

    /// The calls of a day in parts of about `mostCalls`.
    static List<CallPart> of(Connection connection, LocalDate day, int mostCalls)
            throws SQLException {
        List<CallPart> parts = new ArrayList<>();
        List<Integer> gathered = new ArrayList<>();
        long gatheredCalls = 0;
        try (PreparedStatement select = connection.prepareStatement(SLICES)) {
            select.setObject(1, day);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    int slice = row.getInt(1);
                    long calls = row.getLong(2);
                    if (calls > mostCalls) {
                        addStretches(slice, calls, mostCalls, parts);
                        continue;
                    }
                    if (gatheredCalls + calls > mostCalls) {
                        parts.add(new CallPart(List.copyOf(gathered), 0, NO_END));
                        gathered.clear();
                        gatheredCalls = 0;
                    }
                    gathered.add(slice);
                    gatheredCalls += calls;
                }
            }
        }
        if (!gathered.isEmpty()) {
            parts.add(new CallPart(List.copyOf(gathered), 0, NO_END));
        }
        return parts;
    }

    private static void addStretches(int slice, long calls, int mostCalls, List<CallPart> parts) {
        for (long from = 0; from < calls; from += mostCalls) {
            boolean isLast = from + mostCalls >= calls;
            parts.add(new CallPart(List.of(slice), from, isLast ? NO_END : from + mostCalls));
        }
    }

    /// The condition on a table that names calls by these columns.
    String of(String slice, String n) {
        String these =
                "%s in (%s)"
                        .formatted(
                                slice,
                                slices.stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(",")));
        if (from > 0) {
            these += " and %s >= %d".formatted(n, from);
        }
        return end == NO_END ? these : these + " and %s < %d".formatted(n, end);
    }
}
