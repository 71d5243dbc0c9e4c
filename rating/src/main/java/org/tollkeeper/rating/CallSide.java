package org.tollkeeper.rating;

import java.time.Instant;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Side;

/// One side of an answered call: all that its price depends on, save the volume that went before.
///
/// @param carrier the carrier on this side
/// @param product of the trunk on this side; empty = none named
/// @param calling [Digits#NONE] when it is missing or no number
/// @param routing the routing number that came with the called one; [Digits#NONE] when there is
///   none
/// @param durationMs of the talk, above 0
public record CallSide(
        Side side,
        String carrier,
        String product,
        Digits calling,
        Digits called,
        Digits routing,
        Instant connectAt,
        long durationMs) {}
