package org.tollkeeper.settlement;

import java.util.Collection;
import java.util.List;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Side;

/// What an agreement's calls of one period add up to, line by line.
///
/// @param lines in the order of a statement, no two of which share a key
public record PeriodTraffic(BillingPeriod period, List<TrafficLine> lines) {

    public static PeriodTraffic of(BillingPeriod period, Collection<TrafficLine> lines) {
        return new PeriodTraffic(period, TrafficLine.merged(lines));
    }

    public Traffic total(Side side) {
        return lines.stream()
                .filter(line -> line.side() == side)
                .map(TrafficLine::traffic)
                .reduce(Traffic.NONE, Traffic::plus);
    }
}
