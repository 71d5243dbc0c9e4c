package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Local stamps about the two changes of the clock. In Berlin the hour from 02:00 comes twice on
/// 2024-10-27 (first at UTC+2, until 01:00Z, then at UTC+1) and not at all on 2024-03-31.
class LocalClockTest {

    private final LocalClock berlin = new LocalClock(ZoneId.of("Europe/Berlin"));
    private final CdrRecord.Builder record = CdrRecord.at(1, 0);

    @ParameterizedTest(name = "{0} near {1} is {2}, {3}")
    @CsvSource({
        "2024-10-27T01:59:59, ,                     2024-10-26T23:59:59Z, ",
        "2024-10-27T02:30:00, ,                     2024-10-27T00:30:00Z, TIME_AMBIGUOUS",
        "2024-10-27T02:30:00, 2024-10-27T00:29:50Z, 2024-10-27T00:30:00Z, ",
        "2024-10-27T02:30:00, 2024-10-27T01:29:50Z, 2024-10-27T01:30:00Z, ",
        "2024-10-27T02:30:00, 2024-10-26T23:40:00Z, 2024-10-27T00:30:00Z, TIME_AMBIGUOUS",
        "2024-10-27T03:00:00, ,                     2024-10-27T02:00:00Z, ",
        "2024-03-31T01:59:59, ,                     2024-03-31T00:59:59Z, ",
        "2024-03-31T02:30:00, ,                     2024-03-31T01:00:00Z, TIME_SKIPPED",
        "2024-03-31T02:30:00, 2024-03-31T01:30:00Z, 2024-03-31T01:00:00Z, TIME_SKIPPED",
        "2024-03-31T03:00:00, ,                     2024-03-31T01:00:00Z, ",
    })
    void a_stamp_is_read_on_the_wall_clock_and_a_guess_is_flagged(
            LocalDateTime stamp, @Nullable Instant near, Instant instant, @Nullable String flag) {
        assertThat(Instant.ofEpochMilli(berlin.instant(record, stamp, near))).isEqualTo(instant);
        assertThat(anomalies()).isEqualTo(flag);
    }

    @ParameterizedTest(name = "{0} to {1} in {2} s is {3}")
    @CsvSource({
        // The end is past the repeated hour: the length tells which pass it began in.
        "2024-10-27T02:30:00, 2024-10-27T03:10:00, 2400, 2024-10-27T01:30:00Z",
        "2024-10-27T02:30:00, 2024-10-27T03:10:00, 6000, 2024-10-27T00:30:00Z",
        // Both in it: by the clock 10 minutes, in truth 70, so it ran over the change.
        "2024-10-27T02:30:00, 2024-10-27T02:40:00, 4200, 2024-10-27T00:30:00Z",
        // Backwards by the clock.
        "2024-10-27T02:55:00, 2024-10-27T02:05:00, 601,  2024-10-27T00:55:00Z",
        // Ten minutes of either pass.
        "2024-10-27T02:30:00, 2024-10-27T02:40:00, 600,  ",
        // A length that fits nothing, and an hour that comes once.
        "2024-10-27T02:30:00, 2024-10-27T03:10:00, 90,   ",
        "2024-10-27T04:30:00, 2024-10-27T04:40:00, 600,  ",
    })
    void two_stamps_and_the_time_between_them_reveal_the_pass(
            LocalDateTime start, LocalDateTime end, long seconds, @Nullable Instant revealed) {
        assertThat(berlin.revealed(start, () -> end, 1000 * seconds)).isEqualTo(revealed);
    }

    @ParameterizedTest(name = "{0} s after its identifier: {1}, {2}")
    @CsvSource({
        "0,     ,              ",
        "-59,   ,              ",
        "-61,   CLOCK_SUSPECT, CLOCK_SUSPECT",
        "1020,  CLOCK_SUSPECT, ",
        "10800, CLOCK_SUSPECT, CLOCK_SUSPECT",
        "10805, CLOCK_SUSPECT, CLOCK_SUSPECT",
        "10900, CLOCK_SUSPECT, ",
        "20,    ,              ",
    })
    void a_stamp_that_its_identifier_contradicts_is_flagged(
            long laterSeconds, @Nullable String same, @Nullable String older) {
        Instant clock = Instant.parse("2024-06-01T12:00:00Z");
        long stamp = clock.plusSeconds(laterSeconds).toEpochMilli();
        LocalClock.compare(record, stamp, clock);
        assertThat(anomalies()).isEqualTo(same);
        CdrRecord.Builder other = CdrRecord.at(2, 0);
        LocalClock.compareLater(other, stamp, clock);
        assertThat(other.build().detail().get(Detail.ANOMALIES)).isEqualTo(older);
    }

    private @Nullable String anomalies() {
        return record.build().detail().get(Detail.ANOMALIES);
    }
}
