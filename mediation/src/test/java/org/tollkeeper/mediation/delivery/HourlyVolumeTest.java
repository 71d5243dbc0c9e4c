package org.tollkeeper.mediation.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HourlyVolumeTest {

    private static final long WEEK = 7 * 24;

    /// Monday 1 July 2024, 00:00 UTC; the hours before it are judged.
    private static final long UNTIL = hour("2024-07-01T00:00:00Z");

    private static long hour(String instant) {
        return Instant.parse(instant).getEpochSecond() / 3600;
    }

    private static List<String> found(NavigableMap<Long, Long> calls, long until) {
        return HourlyVolume.findings("sw", calls, until).stream()
                .map(finding ->
                        "%s %s %s %d/%d"
                                .formatted(
                                        finding.kind().label(),
                                        finding.from(),
                                        finding.to(),
                                        finding.cameCount(),
                                        finding.expectedCount()))
                .toList();
    }

    /// One hour of a Sunday, and the same of the four Sundays before, oldest first.
    @ParameterizedTest(name = "{0} after {1}, {2}, {3}, {4}: {5}")
    @CsvSource({
        // the median of four is half of the middle two: 100 and 300 make 200
        "99, 10, 100, 300, 900, 'low 99/200'",
        "100, 10, 100, 300, 900, ''",
        "400, 900, 300, 100, 10, ''",
        "401, 300, 10, 900, 100, 'high 401/200'",
        // an odd sum: the median is 200.5, printed as 201
        "100, 0, 200, 201, 900, 'low 100/201'",
        "401, 0, 200, 201, 900, ''",
        "402, 0, 200, 201, 900, 'high 402/201'",
        // no calls at all
        "0, 100, 100, 100, 100, 'low 0/100'",
        "200, 0, 0, 0, 0, 'high 200/0'",
        // too few to judge by
        "0, 99, 99, 100, 100, ''",
        "199, 1, 1, 1, 1, ''",
    })
    void an_hour_is_judged_by_the_median_of_four_weeks(
            long now, long first, long second, long third, long fourth, String finding) {
        NavigableMap<Long, Long> calls = new TreeMap<>();
        long hour = UNTIL - 10;
        long[] before = {first, second, third, fourth};
        calls.put(hour - 5 * WEEK, 1L);
        for (int i = 0; i < before.length; i++) {
            calls.put(hour - (4 - i) * WEEK, before[i]);
        }
        calls.put(hour, now);
        List<String> expected =
                finding.isEmpty()
                        ? List.of()
                        : List.of(
                                finding.replace(
                                        " ", "-volume 2024-06-30T14:00:00Z 2024-06-30T15:00:00Z "));
        assertThat(found(calls, UNTIL)).isEqualTo(expected);
    }

    @Test
    void neighbouring_hours_are_one_finding() {
        NavigableMap<Long, Long> calls = steady(5 * WEEK);
        for (long hour = UNTIL - 30; hour < UNTIL - 27; hour++) {
            calls.put(hour, 40L);
        }
        calls.put(UNTIL - 27, 900L);
        calls.remove(UNTIL - 1);
        assertThat(found(calls, UNTIL))
                .containsExactly(
                        "low-volume 2024-06-29T18:00:00Z 2024-06-29T21:00:00Z 120/900",
                        "high-volume 2024-06-29T21:00:00Z 2024-06-29T22:00:00Z 900/300",
                        "low-volume 2024-06-30T23:00:00Z 2024-07-01T00:00:00Z 0/300");
    }

    @Test
    void only_the_last_week_is_judged() {
        NavigableMap<Long, Long> calls = steady(6 * WEEK);
        calls.put(UNTIL - WEEK - 1, 0L);
        assertThat(found(calls, UNTIL)).isEmpty();
        calls.put(UNTIL - WEEK, 0L);
        assertThat(found(calls, UNTIL)).hasSize(1);
    }

    @Test
    void a_switch_is_judged_once_it_has_delivered_for_four_weeks() {
        NavigableMap<Long, Long> calls = steady(4 * WEEK + 2);
        calls.put(UNTIL - 3, 0L);
        assertThat(found(calls, UNTIL)).isEmpty();
        calls.put(UNTIL - 2, 0L);
        assertThat(found(calls, UNTIL)).hasSize(1);
        assertThat(found(new TreeMap<>(), UNTIL)).isEmpty();
    }

    /// 300 calls in every hour until the end.
    private static NavigableMap<Long, Long> steady(long hours) {
        NavigableMap<Long, Long> calls = new TreeMap<>();
        for (long hour = UNTIL - hours; hour < UNTIL; hour++) {
            calls.put(hour, 300L);
        }
        return calls;
    }
}
