package org.tollkeeper.invoicing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Excess;
import org.tollkeeper.model.Measure;
import org.tollkeeper.model.Settlement;
import org.tollkeeper.model.Side;

/// The settlement model of an agreement in the words that documents print.
public final class SettlementWords {

    private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);

    private SettlementWords() {}

    public static String of(Agreement agreement, AccountStatement statement) {
        return switch (agreement.settlement()) {
            case Settlement.SenderKeepsAll all ->
                    "Sender keeps all (termination fee paid by the originator)";
            case Settlement.BillAndKeep none ->
                    "Bill and keep: neither side owes for traffic; its value is shown as a memo";
            case Settlement.Imbalance imbalance -> imbalance(imbalance, agreement, statement);
        };
    }

    private static String imbalance(
            Settlement.Imbalance imbalance, Agreement agreement, AccountStatement statement) {
        boolean billed = imbalance.measure() == Measure.BILLED;
        long in = statement.trafficSeconds(Side.SELL, billed);
        long out = statement.trafficSeconds(Side.BUY, billed);
        BigDecimal heavier = BigDecimal.valueOf(Math.max(in, out));
        BigDecimal lighter = BigDecimal.valueOf(Math.min(in, out));
        BigDecimal allowed = imbalance.ratio().multiply(lighter);
        StringBuilder words = new StringBuilder();
        words.append("Imbalance above ")
                .append(imbalance.ratio().toPlainString())
                .append(":1, by ")
                .append(imbalance.measure().label())
                .append(" minutes. Received from ")
                .append(agreement.carrier())
                .append(' ')
                .append(minutes(BigDecimal.valueOf(in)))
                .append(", sent ")
                .append(minutes(BigDecimal.valueOf(out)));
        if (lighter.signum() > 0) {
            words.append("; ratio ")
                    .append(heavier.divide(lighter, 4, RoundingMode.HALF_UP).toPlainString())
                    .append(":1");
        }
        if (heavier.compareTo(allowed) <= 0) {
            return words.append("; within the ratio, nothing is due for traffic").toString();
        }
        BigDecimal least = imbalance.minimumMinutes().multiply(SECONDS_PER_MINUTE);
        if (heavier.compareTo(least) < 0) {
            return words.append("; below the minimum of ")
                    .append(minutes(least))
                    .append(", nothing is due for traffic")
                    .toString();
        }
        words.append("; ").append(excess(imbalance.excess(), heavier, lighter, allowed));
        BigDecimal fixed = imbalance.fixedPricePerMinute();
        words.append(
                fixed == null
                        ? ", at the blended price of that traffic"
                        : ", at " + fixed.toPlainString() + " per minute");
        if (imbalance.consecutivePeriods() > 1) {
            words.append("; due from period ")
                    .append(imbalance.consecutivePeriods())
                    .append(" in a row above the ratio");
        }
        return words.toString();
    }

    private static String excess(
            Excess scope, BigDecimal heavier, BigDecimal lighter, BigDecimal allowed) {
        return switch (scope) {
            case OVER_RATIO -> "excess over the ratio " + minutes(heavier.subtract(allowed));
            case OVER_BALANCE -> "excess over balance " + minutes(heavier.subtract(lighter));
            case ALL_TRAFFIC -> "all traffic of both sides is charged";
        };
    }

    private static String minutes(BigDecimal seconds) {
        BigDecimal minutes = seconds.divide(SECONDS_PER_MINUTE, 2, RoundingMode.HALF_UP);
        return String.format(Locale.ROOT, "%,.2f min", minutes);
    }
}
