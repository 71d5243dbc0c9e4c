package org.tollkeeper.settlement;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Money;
import org.tollkeeper.model.Settlement.BillAndKeep;
import org.tollkeeper.model.Settlement.Imbalance;
import org.tollkeeper.model.Settlement.SenderKeepsAll;
import org.tollkeeper.model.Side;

/// The rules by which the traffic of an agreement's periods becomes what each side owes.
///
/// Under *sender keeps all* each line is rounded on its own and the total is their sum. Under *bill
/// and keep* nothing is due for traffic. Under *imbalance* the due of a side is computed exactly,
/// rounded once, and shared over its lines in proportion to their charges (with a fixed price: to
/// their volume). Shortfalls of commitments are due under every model.
public final class Settler {

    private final Agreement agreement;
    private final Currency currency;

    private Settler(Agreement agreement) {
        this.agreement = agreement;
        this.currency = agreement.currency();
    }

    /// The statements of those periods that have a charge or fall short of a commitment.
    ///
    /// @param periods all periods of the agreement from its first on, in order; where no more than
    ///   n periods running matter ([Imbalance#consecutivePeriods]), n - 1 before the first of
    ///   interest are enough
    public static List<Statement> settle(Agreement agreement, List<PeriodTraffic> periods) {
        Settler settler = new Settler(agreement);
        List<Statement> statements = new ArrayList<>();
        Streak streak = Streak.NONE;
        for (PeriodTraffic period : periods) {
            streak = streak.then(settler.exceeding(period));
            List<Shortfall> shortfalls = Shortfall.of(agreement, period);
            if (!period.lines().isEmpty() || !shortfalls.isEmpty()) {
                statements.add(settler.statement(period, settler.dues(period, streak), shortfalls));
            }
        }
        return statements;
    }

    private @Nullable Side exceeding(PeriodTraffic period) {
        return switch (agreement.settlement()) {
            case Imbalance terms -> Balance.of(period, terms.measure()).exceeding(terms.ratio());
            case SenderKeepsAll _, BillAndKeep _ -> null;
        };
    }

    /// What is due for each traffic line.
    private List<Money> dues(PeriodTraffic period, Streak streak) {
        return switch (agreement.settlement()) {
            case SenderKeepsAll _ ->
                    period.lines().stream()
                            .map(line -> Money.settle(line.traffic().charges(), currency))
                            .toList();
            case BillAndKeep _ ->
                    period.lines().stream().map(line -> Money.zero(currency)).toList();
            case Imbalance terms -> {
                List<Money> dues = new ArrayList<>();
                // Lines are ordered by side, buy before sell.
                for (Side side : List.of(Side.BUY, Side.SELL)) {
                    dues.addAll(imbalanceDues(period, side, terms, streak));
                }
                yield dues;
            }
        };
    }

    private List<Money> imbalanceDues(
            PeriodTraffic period, Side side, Imbalance terms, Streak streak) {
        List<BigInteger> weights =
                period.lines().stream()
                        .filter(line -> line.side() == side)
                        .map(line -> weight(line.traffic(), terms))
                        .toList();
        Money due = imbalanceDue(period, side, terms, streak).settle(currency);
        return Shares.of(due.minorUnits(), weights).stream()
                .map(units -> new Money(units, currency))
                .toList();
    }

    private static BigInteger weight(Traffic traffic, Imbalance terms) {
        return terms.fixedPricePerMinute() == null
                ? traffic.chargeNanos()
                : BigInteger.valueOf(traffic.seconds(terms.measure()));
    }

    private static ExactAmount imbalanceDue(
            PeriodTraffic period, Side side, Imbalance terms, Streak streak) {
        Balance balance = Balance.of(period, terms.measure());
        Side heavier = streak.side();
        if (heavier == null
                || streak.periodCount() < terms.consecutivePeriods()
                || !balance.reaches(terms.minimumMinutes())
                || balance.seconds(side) == 0) {
            return ExactAmount.ZERO;
        }
        BigDecimal charged = balance.chargedSeconds(side, heavier, terms);
        BigDecimal fixed = terms.fixedPricePerMinute();
        if (fixed != null) {
            return ExactAmount.ofSeconds(charged, fixed);
        }
        // Blended: charged seconds x charges / all seconds.
        return new ExactAmount(
                charged.multiply(period.total(side).charges()),
                BigDecimal.valueOf(balance.seconds(side)));
    }

    private Statement statement(
            PeriodTraffic period, List<Money> dues, List<Shortfall> shortfalls) {
        List<StatementLine> lines = new ArrayList<>();
        for (int i = 0; i < dues.size(); i++) {
            TrafficLine line = period.lines().get(i);
            lines.add(new StatementLine.OfTraffic(line.key(), line.traffic(), dues.get(i)));
        }
        for (Shortfall shortfall : shortfalls) {
            lines.add(
                    new StatementLine.OfCommitment(
                            shortfall.commitment().side(),
                            shortfall.commitment().destination(),
                            shortfall.commitment().shortfallRate(),
                            shortfall.due()));
        }
        return Statement.closing(agreement, period.period(), lines);
    }
}
