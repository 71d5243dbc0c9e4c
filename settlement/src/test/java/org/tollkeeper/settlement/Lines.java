package org.tollkeeper.settlement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Side;

/// Traffic for tests, and statements as short text.
public final class Lines {

    private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);

    private Lines() {}

    public static LineKey key(Side side, String destination, String rate) {
        return new LineKey(side, destination, new BigDecimal(rate), "", BigDecimal.ZERO, "", null);
    }

    /// So many minutes at a price, charged exactly.
    public static TrafficLine minutes(Side side, String destination, String rate, String minutes) {
        return seconds(
                side,
                destination,
                rate,
                new BigDecimal(minutes.replace(",", ""))
                        .multiply(SECONDS_PER_MINUTE)
                        .longValueExact());
    }

    public static TrafficLine seconds(Side side, String destination, String rate, long seconds) {
        BigDecimal charges =
                new BigDecimal(rate)
                        .multiply(BigDecimal.valueOf(seconds))
                        .movePointRight(9)
                        .divide(SECONDS_PER_MINUTE);
        return new TrafficLine(
                key(side, destination, rate),
                new Traffic(1, seconds, seconds, charges.toBigIntegerExact()));
    }

    public static TrafficLine charged(
            Side side, String destination, long actual, long billed, String charges) {
        return new TrafficLine(
                key(side, destination, "0.01"),
                new Traffic(
                        1,
                        actual,
                        billed,
                        new BigDecimal(charges).movePointRight(9).toBigIntegerExact()));
    }

    public static PeriodTraffic month(String month, TrafficLine... lines) {
        LocalDate first = LocalDate.parse(month + "-01");
        return PeriodTraffic.of(new BillingPeriod(first, first.plusMonths(1)), List.of(lines));
    }

    /// The statement of January 2024 alone.
    public static Statement january(Agreement agreement, TrafficLine... lines) {
        return Settler.settle(agreement, List.of(month("2024-01", lines))).getFirst();
    }

    /// `line side destination due`, a line a line.
    public static List<String> brief(Statement statement) {
        List<String> brief = new ArrayList<>();
        for (StatementLine line : statement.lines()) {
            brief.add(
                    switch (line) {
                        case StatementLine.OfTraffic traffic ->
                                "traffic %s %s %s"
                                        .formatted(
                                                traffic.key().side().label(),
                                                traffic.key().destination(),
                                                traffic.due());
                        case StatementLine.OfCommitment commitment ->
                                "commitment %s %s %s"
                                        .formatted(
                                                commitment.side().label(),
                                                commitment.destination(),
                                                commitment.due());
                        case StatementLine.Total total ->
                                "total %s %s".formatted(total.side().label(), total.due());
                        case StatementLine.Net net ->
                                "net %s %s"
                                        .formatted(
                                                net.owed() == null ? "-" : net.owed().label(),
                                                net.due());
                    });
        }
        return brief;
    }
}
