package org.tollkeeper.model;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;

/// Local times of a zone as instants: a time in a skipped hour is the instant of the jump, one in a
/// repeated hour its first pass.
public final class WallClock {

    private WallClock() {}

    public static Instant instant(LocalDateTime local, ZoneId zone) {
        @Nullable ZoneOffsetTransition change = zone.getRules().getTransition(local);
        if (change == null) {
            return local.toInstant(zone.getRules().getOffset(local));
        }
        return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
    }
}
