package org.tollkeeper.mediation.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.DeliveryFinding;
import org.tollkeeper.model.DeliveryFinding.Kind;

/// The hours in which a switch had far fewer or far more calls than usual: than the median of the
/// same weekday and hour, in UTC, of the four weeks before.
///
/// Low is less than half of the median, where that is 100 calls or more; high is more than twice
/// it, from 200 calls on: below, chance alone does as much. An hour is judged once the switch has
/// delivered for four weeks before it. Neighbouring hours are one finding.
public final class HourlyVolume {

    /// Hours that are judged, and the weeks that they are judged by.
    public static final int JUDGED_HOURS = 7 * 24;

    public static final int WEEKS = 4;

    private static final int WEEK_HOURS = 7 * 24;
    private static final int LEAST_MEDIAN = 100;
    private static final int SECONDS_PER_HOUR = 3_600;

    private HourlyVolume() {}

    private record Hour(long hour, Kind kind, long doubleMedian, long count) {}

    /// The findings of the last [#JUDGED_HOURS], in order.
    ///
    /// @param calls by hour since 1970; hours without calls may be absent
    /// @param until the hour after the last one to judge
    public static List<DeliveryFinding> findings(
            String switchId, NavigableMap<Long, Long> calls, long until) {
        List<DeliveryFinding> findings = new ArrayList<>();
        if (calls.isEmpty()) {
            return findings;
        }
        long judged = calls.firstKey() + (long) WEEKS * WEEK_HOURS;
        List<Hour> run = new ArrayList<>();
        for (long hour = Math.max(judged, until - JUDGED_HOURS); hour < until; hour++) {
            Hour odd = judge(hour, calls);
            if (!run.isEmpty() && (odd == null || run.getLast().kind() != odd.kind())) {
                findings.add(finding(switchId, run));
                run.clear();
            }
            if (odd != null) {
                run.add(odd);
            }
        }
        if (!run.isEmpty()) {
            findings.add(finding(switchId, run));
        }
        return findings;
    }

    private static @Nullable Hour judge(long hour, NavigableMap<Long, Long> calls) {
        long[] before = new long[WEEKS];
        for (int week = 0; week < WEEKS; week++) {
            before[week] = calls.getOrDefault(hour - (week + 1L) * WEEK_HOURS, 0L);
        }
        Arrays.sort(before);
        // Of four the median is half of the middle two: compared doubled, it stays whole.
        long doubleMedian = before[1] + before[2];
        long count = calls.getOrDefault(hour, 0L);
        if (4 * count < doubleMedian && doubleMedian >= 2 * LEAST_MEDIAN) {
            return new Hour(hour, Kind.LOW_VOLUME, doubleMedian, count);
        }
        if (count > doubleMedian && count >= 2 * LEAST_MEDIAN) {
            return new Hour(hour, Kind.HIGH_VOLUME, doubleMedian, count);
        }
        return null;
    }

    private static DeliveryFinding finding(String switchId, List<Hour> hours) {
        long doubleMedians = hours.stream().mapToLong(Hour::doubleMedian).sum();
        return new DeliveryFinding(
                switchId,
                hours.getFirst().kind(),
                instant(hours.getFirst().hour()),
                instant(hours.getLast().hour() + 1),
                (doubleMedians + 1) / 2,
                hours.stream().mapToLong(Hour::count).sum(),
                "");
    }

    private static String instant(long hour) {
        return Instant.ofEpochSecond(hour * SECONDS_PER_HOUR).toString();
    }
}
