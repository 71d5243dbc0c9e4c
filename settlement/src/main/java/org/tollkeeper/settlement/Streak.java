package org.tollkeeper.settlement;

import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Side;

/// Periods running, up to and with the present one, in which the same side exceeded the ratio.
///
/// @param side null: the ratio is not exceeded now
record Streak(@Nullable Side side, int periodCount) {

    static final Streak NONE = new Streak(null, 0);

    Streak then(@Nullable Side exceeding) {
        if (exceeding == null) {
            return NONE;
        }
        return new Streak(exceeding, exceeding == side ? periodCount + 1 : 1);
    }
}
