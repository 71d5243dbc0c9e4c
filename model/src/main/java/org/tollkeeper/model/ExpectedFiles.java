package org.tollkeeper.model;

import java.time.DayOfWeek;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How many files a switch writes, so that those which never came are noticed.
///
/// @param count of files in each span of a day
/// @param minutes length of the spans, cut from midnight on; 1440 = the day is one span
/// @param days on which files are expected, by the switch's wall clock
/// @param stamp regular expression whose first group is the time in a file's name: year, month and
///   day, then hour, minute and second as far as it has them; null = names tell no time
/// @param stampIsEnd whether that time ends what the file holds, instead of beginning it
public record ExpectedFiles(
        int count, int minutes, Set<DayOfWeek> days, @Nullable String stamp, boolean stampIsEnd) {

    /// Of a day that is one span.
    public static final int DAY_MINUTES = 24 * 60;

    public ExpectedFiles {
        if (count < 1 || days.isEmpty()) {
            throw new IllegalArgumentException("no files are expected: " + count + ", " + days);
        }
        if (minutes < 1 || DAY_MINUTES % minutes != 0) {
            throw new IllegalArgumentException(minutes + " minutes do not divide a day");
        }
        days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    }
}
