package org.tollkeeper.settlement;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Commitment;
import org.tollkeeper.model.Money;

/// A commitment that a period fell short of, and what that costs.
record Shortfall(Commitment commitment, Money due) {

    private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);

    private static final Comparator<Shortfall> LINE_ORDER =
            Comparator.<Shortfall, String>comparing(
                            shortfall -> shortfall.commitment.side().label(), LineKey.TEXT)
                    .thenComparing(shortfall -> shortfall.commitment.destination(), LineKey.TEXT)
                    .thenComparing(shortfall -> shortfall.commitment.shortfallRate());

    /// The commitments that the period falls short of, in the order of a statement; of equals, in
    /// the order of the agreement.
    static List<Shortfall> of(Agreement agreement, PeriodTraffic traffic) {
        List<Shortfall> shortfalls = new ArrayList<>();
        BillingPeriod period = traffic.period();
        BillingPeriod whole = BillingPeriod.holding(period.from(), agreement.cycle());
        for (Commitment commitment : agreement.commitments()) {
            // Committed and counted seconds, both times the days of the whole period.
            BigDecimal missing =
                    commitment
                            .minutes()
                            .multiply(SECONDS_PER_MINUTE)
                            .multiply(BigDecimal.valueOf(period.days()))
                            .subtract(
                                    BigDecimal.valueOf(countedSeconds(commitment, traffic))
                                            .multiply(BigDecimal.valueOf(whole.days())));
            if (missing.signum() > 0) {
                shortfalls.add(
                        new Shortfall(
                                commitment,
                                due(commitment, missing, whole.days(), agreement.currency())));
            }
        }
        shortfalls.sort(LINE_ORDER);
        return shortfalls;
    }

    private static long countedSeconds(Commitment commitment, PeriodTraffic traffic) {
        return traffic.lines().stream()
                .filter(line -> line.side() == commitment.side())
                .filter(line ->
                        commitment.destination().isEmpty()
                                || commitment.destination().equals(line.key().destination()))
                .mapToLong(line -> line.traffic().billedSeconds())
                .sum();
    }

    private static Money due(
            Commitment commitment, BigDecimal missing, long days, Currency currency) {
        return Money.settle(
                missing.multiply(commitment.shortfallRate()),
                SECONDS_PER_MINUTE.multiply(BigDecimal.valueOf(days)),
                currency);
    }
}
