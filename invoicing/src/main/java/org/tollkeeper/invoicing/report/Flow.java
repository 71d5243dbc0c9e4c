package org.tollkeeper.invoicing.report;

import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Side;

/// Calls of one carrier, side and destination, added up.
///
/// @param destination empty when no price list of the carrier knows it
/// @param effectiveCount answered, or ended by the called user: what the network did not fail
/// @param talkMillis conversation time of the answered calls
/// @param pddMillis of the calls that have one
/// @param mos of the calls that have one
/// @param chargeNanos of the charged calls
/// @param currency of the charges; null when none is charged
public record Flow(
        String carrier,
        Side side,
        String destination,
        @Nullable Currency currency,
        long attemptCount,
        long answeredCount,
        long effectiveCount,
        long talkMillis,
        long billedSeconds,
        long pddMillis,
        long pddCount,
        BigDecimal mos,
        long mosCount,
        BigDecimal chargeNanos) {

    public Flow plus(Flow other) {
        return new Flow(
                carrier,
                side,
                destination,
                currency == null ? other.currency : currency,
                attemptCount + other.attemptCount,
                answeredCount + other.answeredCount,
                effectiveCount + other.effectiveCount,
                talkMillis + other.talkMillis,
                billedSeconds + other.billedSeconds,
                pddMillis + other.pddMillis,
                pddCount + other.pddCount,
                mos.add(other.mos),
                mosCount + other.mosCount,
                chargeNanos.add(other.chargeNanos));
    }

    /// Answer-seizure ratio in percent.
    @Nullable BigDecimal asr() {
        return Ratio.percent(answeredCount, attemptCount);
    }

    /// Network effectiveness ratio in percent.
    @Nullable BigDecimal ner() {
        return Ratio.percent(effectiveCount, attemptCount);
    }

    /// Average call duration in seconds.
    @Nullable BigDecimal acdSeconds() {
        return Ratio.secondsEach(talkMillis, answeredCount);
    }

    /// Average post-dial delay in milliseconds.
    @Nullable BigDecimal averagePddMillis() {
        return Ratio.of(pddMillis, pddCount);
    }

    @Nullable BigDecimal averageMos() {
        return Ratio.of(mos, BigDecimal.valueOf(mosCount));
    }
}
