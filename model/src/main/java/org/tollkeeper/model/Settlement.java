package org.tollkeeper.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// How the traffic of a period becomes what is owed.
public sealed interface Settlement {

    /// Name of the model in the book: `sender-keeps-all`, `bill-and-keep` or `imbalance`.
    String model();

    /// The sender keeps its customers' revenue and pays the terminating carrier a termination fee.
    record SenderKeepsAll() implements Settlement {
        @Override
        public String model() {
            return "sender-keeps-all";
        }
    }

    /// Nobody pays; the value exchanged is kept as a memo.
    record BillAndKeep() implements Settlement {
        @Override
        public String model() {
            return "bill-and-keep";
        }
    }

    /// Only traffic out of balance is charged, to the side that sent more.
    ///
    /// @param ratio r of r:1, at least 1, exact
    /// @param fixedPricePerMinute null: the blended price of the heavier side
    /// @param minimumMinutes nothing is due while the heavier side is below
    /// @param consecutivePeriods due from the n-th period running in which one side exceeds the
    ///   ratio
    record Imbalance(
            BigDecimal ratio,
            Excess excess,
            Measure measure,
            @Nullable BigDecimal fixedPricePerMinute,
            BigDecimal minimumMinutes,
            int consecutivePeriods)
            implements Settlement {

        public Imbalance {
            if (ratio.compareTo(BigDecimal.ONE) < 0) {
                throw new IllegalArgumentException("ratio " + ratio + " is below 1");
            }
        }

        @Override
        public String model() {
            return "imbalance";
        }
    }
}
