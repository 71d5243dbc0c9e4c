package org.tollkeeper.bench.pipeline;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/// How much is generated.
///
/// @param seed of every random choice
/// @param calls accepted calls of the nights, all days together
/// @param days UTC setup days that the calls spread over; the last is [#LAST_DAY]
/// @param codes dial codes of each deck
/// @param carriers with an agreement each
public record Size(long seed, long calls, int days, int codes, int carriers) {

    /// As many as a benchmark has unless it is about their number.
    public static final int CARRIERS = 40;

    /// The end of a month, after which the night settles and drafts everything.
    static final LocalDate LAST_DAY = LocalDate.of(2024, 6, 30);

    static final int HISTORY_DAYS = 30;

    /// The setup days of the measured night.
    List<LocalDate> nightDays() {
        return endingOn(LAST_DAY, days);
    }

    /// The setup days of what is there already in a loaded database: the month before, so that the
    /// night settles and prints the same as on an empty one.
    List<LocalDate> historyDays() {
        return endingOn(LAST_DAY.withDayOfMonth(1).minusDays(1), HISTORY_DAYS);
    }

    private static List<LocalDate> endingOn(LocalDate last, int count) {
        return IntStream.range(0, count).mapToObj(i -> last.minusDays(count - 1L - i)).toList();
    }
}
