package org.tollkeeper.mediation.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tollkeeper.mediation.delivery.FileCalendar.Arrival;
import org.tollkeeper.model.ExpectedFiles;

class FileCalendarTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Set<DayOfWeek> ALL = EnumSet.allOf(DayOfWeek.class);
    private static final String STAMP = "cdr-([0-9-]+)";

    private static Arrival named(String name) {
        return new Arrival(name, null, Instant.EPOCH);
    }

    private static Arrival lastCallAt(String instant) {
        return new Arrival("cdr", Instant.parse(instant), Instant.EPOCH);
    }

    private static List<String> missing(
            ExpectedFiles expected, ZoneId zone, String until, List<Arrival> files) {
        return new FileCalendar("sw", expected, zone)
                .findings(files, 35, Instant.parse(until)).stream()
                        .map(finding ->
                                "%s %d/%d %s"
                                        .formatted(
                                                finding.from().equals(finding.to())
                                                        ? finding.from()
                                                        : finding.from() + ".." + finding.to(),
                                                finding.cameCount(),
                                                finding.expectedCount(),
                                                finding.detail())
                                        .strip())
                        .toList();
    }

    private static ExpectedFiles daily(@Nullable String stamp, boolean isEnd, Set<DayOfWeek> days) {
        return new ExpectedFiles(1, ExpectedFiles.DAY_MINUTES, days, stamp, isEnd);
    }

    @Test
    void a_day_without_its_file_is_missed_from_the_first_file_on() {
        List<Arrival> files =
                List.of(named("cdr-20240603"), named("cdr-2024-06-04"), named("cdr-20240607"));
        assertThat(missing(daily(STAMP, false, ALL), BERLIN, "2024-06-08T22:00:00Z", files))
                .containsExactly("2024-06-05..2024-06-06 0/2", "2024-06-08 0/1");
    }

    @Test
    void nothing_is_missed_on_days_off() {
        // 3 June 2024 is a Monday.
        Set<DayOfWeek> week = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
        List<Arrival> files = List.of(named("cdr-20240603"));
        assertThat(missing(daily(STAMP, false, week), BERLIN, "2024-06-10T22:00:00Z", files))
                .containsExactly("2024-06-04..2024-06-10 0/5");
    }

    @Test
    void a_stamp_of_the_end_belongs_to_the_day_before_midnight() {
        List<Arrival> files =
                List.of(named("cdr-2024-06-02-00-00-00"), named("cdr-2024-06-03-00-00-00"));
        assertThat(missing(daily(STAMP, true, ALL), BERLIN, "2024-06-02T22:00:00Z", files))
                .isEmpty();
        assertThat(missing(daily(STAMP, true, ALL), BERLIN, "2024-06-03T22:00:00Z", files))
                .containsExactly("2024-06-03 0/1");
    }

    @Test
    void a_day_counts_once_it_has_ended_where_the_switch_is() {
        List<Arrival> files = List.of(named("cdr-20240603"));
        // midnight in London is 19:00 in New York
        assertThat(missing(daily(STAMP, false, ALL), NEW_YORK, "2024-06-04T23:00:00Z", files))
                .isEmpty();
        assertThat(missing(daily(STAMP, false, ALL), NEW_YORK, "2024-06-05T04:00:00Z", files))
                .containsExactly("2024-06-04 0/1");
    }

    @Test
    void without_a_stamp_the_last_call_tells_the_day_and_without_calls_the_file() {
        ExpectedFiles two = new ExpectedFiles(2, ExpectedFiles.DAY_MINUTES, ALL, null, false);
        List<Arrival> files =
                List.of(
                        // 23:59 and 00:01 in Berlin
                        lastCallAt("2024-06-03T21:59:00Z"),
                        lastCallAt("2024-06-03T22:01:00Z"),
                        new Arrival("empty", null, Instant.parse("2024-06-04T10:00:00Z")));
        assertThat(missing(two, BERLIN, "2024-06-04T22:00:00Z", files))
                .containsExactly("2024-06-03 1/2");
    }

    @Test
    void a_stamp_that_is_no_time_is_no_stamp() {
        List<Arrival> files =
                List.of(
                        new Arrival("cdr-20241399", null, Instant.parse("2024-06-03T10:00:00Z")),
                        new Arrival("cdr-1", null, Instant.parse("2024-06-04T10:00:00Z")),
                        new Arrival("other", null, Instant.parse("2024-06-05T10:00:00Z")));
        assertThat(missing(daily(STAMP, false, ALL), BERLIN, "2024-06-05T22:00:00Z", files))
                .isEmpty();
    }

    @Test
    void the_missing_spans_of_a_day_are_named() {
        ExpectedFiles hourly = new ExpectedFiles(1, 60, ALL, STAMP, false);
        List<Arrival> files = hours("2024-06-03", "03", "17");
        files.addAll(hours("2024-06-04"));
        assertThat(missing(hourly, BERLIN, "2024-06-04T22:00:00Z", files))
                .containsExactly("2024-06-03 22/24 03:00 17:00");
    }

    @Test
    void an_hour_that_the_clock_skips_is_not_expected() {
        ExpectedFiles hourly = new ExpectedFiles(1, 60, ALL, STAMP, false);
        List<Arrival> files = hours("2024-03-31", "02", "09");
        assertThat(missing(hourly, BERLIN, "2024-03-31T22:00:00Z", files))
                .containsExactly("2024-03-31 22/23 09:00");
        ExpectedFiles unstamped = new ExpectedFiles(1, 60, ALL, null, false);
        assertThat(
                        missing(
                                unstamped,
                                BERLIN,
                                "2024-03-31T22:00:00Z",
                                List.of(lastCallAt("2024-03-31T08:00:00Z"))))
                .containsExactly("2024-03-31 1/23");
    }

    @Test
    void an_hour_that_the_clock_shows_twice_is_expected_once() {
        ExpectedFiles hourly = new ExpectedFiles(1, 60, ALL, STAMP, false);
        List<Arrival> files = hours("2024-10-27");
        files.add(named("cdr-20241027-02-b"));
        assertThat(missing(hourly, BERLIN, "2024-10-27T23:00:00Z", files)).isEmpty();
    }

    @Test
    void one_span_too_many_does_not_make_up_for_another() {
        ExpectedFiles hourly = new ExpectedFiles(1, 60, ALL, STAMP, false);
        List<Arrival> files = hours("2024-06-03", "04");
        files.add(named("cdr-20240603-05-b"));
        assertThat(missing(hourly, BERLIN, "2024-06-03T22:00:00Z", files))
                .containsExactly("2024-06-03 23/24 04:00");
    }

    @Test
    void only_the_last_days_are_looked_at() {
        List<Arrival> files = List.of(named("cdr-20240101"));
        assertThat(missing(daily(STAMP, false, ALL), BERLIN, "2024-06-08T22:00:00Z", files))
                .containsExactly("2024-05-05..2024-06-08 0/35");
    }

    @Test
    void nothing_is_missed_before_the_first_file_came() {
        assertThat(missing(daily(STAMP, false, ALL), BERLIN, "2024-06-08T22:00:00Z", List.of()))
                .isEmpty();
    }

    /// A file for each hour of a day, but for some.
    private static List<Arrival> hours(String day, String... without) {
        List<Arrival> files = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            String text = LocalTime.of(hour, 0).format(DateTimeFormatter.ofPattern("HH"));
            if (!Arrays.asList(without).contains(text)) {
                files.add(named("cdr-" + LocalDate.parse(day) + "-" + text));
            }
        }
        return files;
    }
}
