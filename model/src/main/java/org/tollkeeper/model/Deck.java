package org.tollkeeper.model;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A price list. Its rows are [DeckRow]s; hours that no band names are [#OFF_PEAK].
///
/// @param windows of all bands
public record Deck(
        String id,
        String file,
        Currency currency,
        List<BandWindow> windows,
        Set<LocalDate> holidays) {

    public static final String OFF_PEAK = "offpeak";

    /// A weekly window of a time band, on the wall clock of the agreement's zone.
    ///
    /// @param fromMinute of the day, inclusive
    /// @param endMinute of the day, exclusive, up to 1440
    /// @param holidays FALSE: not on the deck's holidays; TRUE: on them too, whatever the weekday;
    ///   null: holidays are days like others
    public record BandWindow(
            String band,
            Set<DayOfWeek> days,
            int fromMinute,
            int endMinute,
            @Nullable Boolean holidays) {}
}
