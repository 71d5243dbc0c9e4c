package org.tollkeeper.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WallClockTest {

    /// Berlin skips 02:00 to 03:00 on 29 March 2026 and repeats it on 25 October; Lord Howe moves
    /// by half an hour.
    @ParameterizedTest(name = "{1} in {0} is {2}")
    @CsvSource({
        "Europe/Berlin,       2026-03-29T01:59:59, 2026-03-29T00:59:59Z",
        "Europe/Berlin,       2026-03-29T02:00:00, 2026-03-29T01:00:00Z",
        "Europe/Berlin,       2026-03-29T02:30:00, 2026-03-29T01:00:00Z",
        "Europe/Berlin,       2026-03-29T03:00:00, 2026-03-29T01:00:00Z",
        "Europe/Berlin,       2026-10-25T02:30:00, 2026-10-25T00:30:00Z",
        "Europe/Berlin,       2026-10-25T03:00:00, 2026-10-25T02:00:00Z",
        "Australia/Lord_Howe, 2026-10-04T02:15:00, 2026-10-03T15:30:00Z",
        "Australia/Lord_Howe, 2026-04-05T01:45:00, 2026-04-04T14:45:00Z",
        "Asia/Kolkata,        2026-01-05T00:00:00, 2026-01-04T18:30:00Z",
    })
    void readsSkippedAndRepeatedHours(ZoneId zone, LocalDateTime local, Instant instant) {
        assertThat(WallClock.instant(local, zone)).isEqualTo(instant);
    }
}
