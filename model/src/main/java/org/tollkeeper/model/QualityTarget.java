package org.tollkeeper.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a destination should reach; null = no target.
///
/// @param asrMinPercent answer-seizure ratio
/// @param acdMinSeconds average call duration
/// @param pddMaxMillis post-dial delay
public record QualityTarget(
        String destination,
        @Nullable BigDecimal asrMinPercent,
        @Nullable BigDecimal mosMin,
        @Nullable BigDecimal acdMinSeconds,
        @Nullable BigDecimal pddMaxMillis) {}
