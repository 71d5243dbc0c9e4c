package org.tollkeeper.rating;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Deck;

/// Tells the time band of a deck from the wall clock of an agreement's zone. In a repeated hour the
/// clock reads the same twice, and so does the band; a boundary in a skipped hour happens at the
/// jump.
public final class BandClock {

    private static final int DAY_MINUTES = 1440;

    private final Deck deck;
    private final ZoneId zone;
    private final TreeSet<Integer> boundaryMinutes = new TreeSet<>();

    public BandClock(Deck deck, ZoneId zone) {
        this.deck = deck;
        this.zone = zone;
        boundaryMinutes.add(DAY_MINUTES);
        for (Deck.BandWindow window : deck.windows()) {
            boundaryMinutes.add(window.fromMinute());
            boundaryMinutes.add(window.endMinute());
        }
    }

    /// The band at an instant; [Deck#OFF_PEAK] in hours that no band names.
    public String bandAt(Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        boolean holiday = deck.holidays().contains(local.toLocalDate());
        int minute = local.getHour() * 60 + local.getMinute();
        for (Deck.BandWindow window : deck.windows()) {
            if (window.fromMinute() <= minute
                    && minute < window.endMinute()
                    && onDay(window, local, holiday)) {
                return window.band();
            }
        }
        return Deck.OFF_PEAK;
    }

    private static boolean onDay(Deck.BandWindow window, LocalDateTime local, boolean holiday) {
        @Nullable Boolean holidays = window.holidays();
        if (holiday && holidays != null) {
            return holidays;
        }
        return window.days().contains(local.getDayOfWeek());
    }

    /// An instant after `instant` up to which the band cannot change.
    public Instant steadyUntil(Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        LocalDateTime midnight = local.toLocalDate().atStartOfDay();
        int minute = local.getHour() * 60 + local.getMinute();
        @Nullable Integer boundary = boundaryMinutes.higher(minute);
        LocalDateTime next = midnight.plusMinutes(boundary == null ? DAY_MINUTES : boundary);
        Instant until = instant.plus(Duration.between(local, next));
        @Nullable ZoneOffsetTransition change = zone.getRules().nextTransition(instant);
        return change != null && change.getInstant().isBefore(until) ? change.getInstant() : until;
    }
}
