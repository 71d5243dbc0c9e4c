package org.tollkeeper.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A row of `trunks.csv`: whose traffic a trunk of a switch carries, in which direction and when.
///
/// @param trunk name, address or group as it stands in the CDR
/// @param strip what the called number on this trunk begins with, taken off
/// @param add put before the called number
/// @param from first day in the switch's zone; null = since ever
/// @param to last day, inclusive; null = open
/// @param product of the agreement's deck lists that this trunk carries; empty = the only one
public record Trunk(
        String switchId,
        String trunk,
        String carrier,
        TrunkDirection direction,
        String strip,
        String add,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        String product) {

    public boolean inForceOn(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }
}
