package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The local day on which settlement counts a charge, at the edges of days of 23, 24 and 25 hours.
class LocalDaysTest {

    private static final List<String> DAYS =
            """
            Europe/Berlin     2024-03-30T22:59:59.999Z 2024-03-30
            Europe/Berlin     2024-03-30T23:00:00Z     2024-03-31
            Europe/Berlin     2024-03-31T21:59:59.999Z 2024-03-31
            Europe/Berlin     2024-03-31T22:00:00Z     2024-04-01
            Europe/Berlin     2024-10-26T21:59:59.999Z 2024-10-26
            Europe/Berlin     2024-10-26T22:00:00Z     2024-10-27
            Europe/Berlin     2024-10-27T22:59:59.999Z 2024-10-27
            Europe/Berlin     2024-10-27T23:00:00Z     2024-10-28
            America/New_York  2024-03-10T04:59:59.999Z 2024-03-09
            America/New_York  2024-03-10T05:00:00Z     2024-03-10
            America/New_York  2024-03-11T03:59:59.999Z 2024-03-10
            America/New_York  2024-03-11T04:00:00Z     2024-03-11
            America/Santiago  2024-09-08T03:59:59.999Z 2024-09-07
            America/Santiago  2024-09-08T04:00:00Z     2024-09-08
            America/Santiago  2024-04-07T02:59:59.999Z 2024-04-06
            America/Santiago  2024-04-07T03:59:59.999Z 2024-04-06
            America/Santiago  2024-04-07T04:00:00Z     2024-04-07
            Asia/Kolkata      2024-02-29T18:29:59.999Z 2024-02-29
            Asia/Kolkata      2024-02-29T18:30:00Z     2024-03-01
            UTC               1969-12-31T23:59:59.999Z 1969-12-31
            UTC               1970-01-01T00:00:00Z     1970-01-01
            """
                    .lines()
                    .toList();

    @Test
    void in_the_order_of_the_calls() {
        hold(DAYS);
    }

    @Test
    void backwards() {
        hold(DAYS.reversed());
    }

    // Midnight of 8 September is skipped in Santiago, and the last hour of 6 April comes twice.
    private static void hold(List<String> lines) {
        LocalDays days = new LocalDays();
        for (String line : lines) {
            String[] f = line.split(" +", -1);
            assertThat(days.of(Instant.parse(f[1]).toEpochMilli(), ZoneId.of(f[0])))
                    .as(line)
                    .hasToString(f[2]);
        }
    }
}
