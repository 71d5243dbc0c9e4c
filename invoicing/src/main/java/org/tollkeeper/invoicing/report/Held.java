package org.tollkeeper.invoicing.report;

import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Money;
import org.tollkeeper.model.SuspenseReason;

/// Records or charges held back for one reason at one place.
///
/// @param carrier empty when it is not known
/// @param side empty at mediation
/// @param trunk empty at rating
/// @param estimate what they may be worth; null when there is nothing to judge by
public record Held(
        SuspenseReason reason,
        String switchId,
        String carrier,
        String side,
        String trunk,
        long recordCount,
        long talkMillis,
        @Nullable Money estimate) {}
