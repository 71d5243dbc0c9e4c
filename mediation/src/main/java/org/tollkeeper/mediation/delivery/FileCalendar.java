package org.tollkeeper.mediation.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.DeliveryFinding;
import org.tollkeeper.model.DeliveryFinding.Kind;
import org.tollkeeper.model.ExpectedFiles;

/// The days on which a switch delivered fewer files than the book expects.
///
/// A file belongs to the local day that its name tells, else to that of its last call, else to that
/// on which it was last written. Days and their spans are read off the switch's wall clock: a span
/// that the clock skips is not expected, one that it shows twice is expected once. Only where names
/// tell the time is it known which spans are missing. Days running on which nothing came are one
/// finding.
public final class FileCalendar {

    private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]");
    private static final List<Integer> STAMP_DIGITS = List.of(8, 10, 12, 14);

    /// A file that came.
    ///
    /// @param name without folders
    /// @param lastSetup of its records; null if it has none
    /// @param modified when it was last written
    public record Arrival(String name, @Nullable Instant lastSetup, Instant modified) {}

    private record Span(LocalDate day, int index) {}

    private final String switchId;
    private final ExpectedFiles expected;
    private final ZoneId zone;
    private final @Nullable Pattern stamp;

    public FileCalendar(String switchId, ExpectedFiles expected, ZoneId zone) {
        this.switchId = switchId;
        this.expected = expected;
        this.zone = zone;
        this.stamp = expected.stamp() == null ? null : Pattern.compile(expected.stamp());
    }

    /// The days with too few files, in order. Nothing is expected before the day of the first file.
    ///
    /// @param dayCount how many days to look at
    /// @param until days that end later are not looked at
    public List<DeliveryFinding> findings(List<Arrival> files, int dayCount, Instant until) {
        Map<Span, Integer> came = new HashMap<>();
        @Nullable LocalDate begin = null;
        for (Arrival file : files) {
            Span span = span(file);
            came.merge(span, 1, Integer::sum);
            begin = begin == null || span.day().isBefore(begin) ? span.day() : begin;
        }
        List<DeliveryFinding> findings = new ArrayList<>();
        if (begin == null) {
            return findings;
        }
        LocalDate end = until.atZone(zone).toLocalDate();
        LocalDate first = end.minusDays(dayCount);
        @Nullable DeliveryFinding silent = null;
        for (LocalDate day = begin.isAfter(first) ? begin : first;
                day.isBefore(end);
                day = day.plusDays(1)) {
            if (!expected.days().contains(day.getDayOfWeek())) {
                continue;
            }
            DeliveryFinding missing = missing(day, came);
            if (missing != null && missing.cameCount() == 0) {
                silent = silent == null ? missing : together(silent, missing);
                continue;
            }
            if (silent != null) {
                findings.add(silent);
                silent = null;
            }
            if (missing != null) {
                findings.add(missing);
            }
        }
        if (silent != null) {
            findings.add(silent);
        }
        return findings;
    }

    private DeliveryFinding together(DeliveryFinding silent, DeliveryFinding next) {
        return new DeliveryFinding(
                switchId,
                Kind.MISSING_FILES,
                silent.from(),
                next.to(),
                silent.expectedCount() + next.expectedCount(),
                0,
                "");
    }

    private @Nullable DeliveryFinding missing(LocalDate day, Map<Span, Integer> came) {
        int wanted = 0;
        int found = 0;
        List<LocalTime> without = new ArrayList<>();
        for (int i = 0; i < ExpectedFiles.DAY_MINUTES / expected.minutes(); i++) {
            LocalTime time = LocalTime.MIDNIGHT.plusMinutes((long) i * expected.minutes());
            int here = came.getOrDefault(new Span(day, i), 0);
            if (isSkipped(day.atTime(time))) {
                found += stamp == null ? here : 0;
                continue;
            }
            wanted += expected.count();
            found += stamp == null ? here : Math.min(here, expected.count());
            if (here < expected.count()) {
                without.add(time);
            }
        }
        if (found >= wanted) {
            return null;
        }
        boolean known = stamp != null && expected.minutes() < ExpectedFiles.DAY_MINUTES;
        String spans = without.stream().map(LocalTime::toString).collect(Collectors.joining(" "));
        return new DeliveryFinding(
                switchId,
                Kind.MISSING_FILES,
                day.toString(),
                day.toString(),
                wanted,
                found,
                known && found > 0 ? spans : "");
    }

    private boolean isSkipped(LocalDateTime begin) {
        ZoneOffsetTransition jump = zone.getRules().getTransition(begin);
        return jump != null
                && jump.isGap()
                && !begin.plusMinutes(expected.minutes()).isAfter(jump.getDateTimeAfter());
    }

    private Span span(Arrival file) {
        LocalDateTime time = stamped(file.name());
        if (time == null) {
            Instant instant = file.lastSetup() == null ? file.modified() : file.lastSetup();
            time = LocalDateTime.ofInstant(instant, zone);
        } else if (expected.stampIsEnd()) {
            time = time.minus(Duration.ofNanos(1));
        }
        int minute = time.toLocalTime().toSecondOfDay() / 60;
        return new Span(time.toLocalDate(), minute / expected.minutes());
    }

    private @Nullable LocalDateTime stamped(String name) {
        if (stamp == null) {
            return null;
        }
        Matcher found = stamp.matcher(name);
        String text = found.find() ? found.group(1) : null;
        return text == null ? null : time(NO_DIGITS.matcher(text).replaceAll(""));
    }

    private static @Nullable LocalDateTime time(String digits) {
        if (!STAMP_DIGITS.contains(digits.length())) {
            return null;
        }
        try {
            return LocalDateTime.of(
                    number(digits, 0, 4),
                    number(digits, 4, 6),
                    number(digits, 6, 8),
                    number(digits, 8, 10),
                    number(digits, 10, 12),
                    number(digits, 12, 14));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /// The number that digits of a text are, 0 where it ends before them.
    private static int number(String digits, int from, int to) {
        return to > digits.length() ? 0 : Integer.parseInt(digits.substring(from, to));
    }
}
