package org.tollkeeper.book;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tollkeeper.model.Deck.BandWindow;

/// Finds instants that two bands of a deck claim: every instant has one band.
///
/// @param holidays of the deck
record BandOverlaps(Findings findings, Set<LocalDate> holidays) {

    void check(List<Placed<BandWindow>> windows) {
        for (int later = 1; later < windows.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                checkPair(windows.get(earlier), windows.get(later));
            }
        }
    }

    private void checkPair(Placed<BandWindow> earlier, Placed<BandWindow> later) {
        BandWindow a = earlier.part();
        BandWindow b = later.part();
        boolean sameHours = a.fromMinute() < b.endMinute() && b.fromMinute() < a.endMinute();
        if (a.band().equals(b.band()) || !sameHours) {
            return;
        }
        dayOfBoth(a, b)
                .ifPresent(day ->
                        findings.error(
                                later.place(),
                                "the bands %s and %s at one instant, on %s from %s"
                                        .formatted(
                                                a.band(),
                                                b.band(),
                                                day,
                                                clock(Math.max(a.fromMinute(), b.fromMinute()))),
                                "one band at an instant",
                                "part the windows of line %d and of this one"
                                        .formatted(earlier.place().line())));
    }

    private Optional<String> dayOfBoth(BandWindow a, BandWindow b) {
        Set<DayOfWeek> common = EnumSet.noneOf(DayOfWeek.class);
        common.addAll(a.days());
        common.retainAll(b.days());
        if (!common.isEmpty()) {
            DayOfWeek first = common.iterator().next();
            return Optional.of("a " + first.getDisplayName(TextStyle.FULL, Locale.ENGLISH));
        }
        return holidays.stream()
                .filter(day -> holdsOnHoliday(a, day) && holdsOnHoliday(b, day))
                .findFirst()
                .map(day -> "the holiday " + day);
    }

    private static boolean holdsOnHoliday(BandWindow window, LocalDate day) {
        Boolean holidays = window.holidays();
        return holidays == null ? window.days().contains(day.getDayOfWeek()) : holidays;
    }

    private static String clock(int minute) {
        return "%02d:%02d".formatted(minute / 60, minute % 60);
    }
}
