package org.tollkeeper.settlement;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Money;
import org.tollkeeper.model.Side;

/// One line of a statement. A statement has its traffic lines first, then the commitments it falls
/// short of, a total a side, and the net where the agreement nets.
public sealed interface StatementLine {

    Kind kind();

    Money due();

    /// The side in whose total the line counts; null for totals and nets, which sum others up.
    @Nullable Side countsFor();

    /// What a line is, as it is stored and printed; the order of the codes is that of the lines.
    enum Kind implements Coded {
        TRAFFIC(1, "traffic"),
        COMMITMENT(2, "commitment"),
        TOTAL(3, "total"),
        NET(4, "net");

        private final int code;
        private final String label;

        Kind(int code, String label) {
            this.code = code;
            this.label = label;
        }

        @Override
        public int code() {
            return code;
        }

        @Override
        public String label() {
            return label;
        }
    }

    /// Traffic that shares a key, and what the settlement makes of it.
    record OfTraffic(LineKey key, Traffic traffic, Money due) implements StatementLine {
        @Override
        public Kind kind() {
            return Kind.TRAFFIC;
        }

        @Override
        public Side countsFor() {
            return key.side();
        }
    }

    /// A shortfall, due under every model.
    ///
    /// @param side whose promise it was: SELL the carrier's, BUY ours
    /// @param destination empty = all
    record OfCommitment(Side side, String destination, BigDecimal shortfallRate, Money due)
            implements StatementLine {
        @Override
        public Kind kind() {
            return Kind.COMMITMENT;
        }

        @Override
        public Side countsFor() {
            return side;
        }
    }

    /// All lines of a side together.
    record Total(Side side, Traffic traffic, Money due) implements StatementLine {
        @Override
        public Kind kind() {
            return Kind.TOTAL;
        }

        @Override
        public @Nullable Side countsFor() {
            return null;
        }

        static Total of(Side side, List<StatementLine> lines, Currency currency) {
            Traffic traffic = Traffic.NONE;
            Money due = Money.zero(currency);
            for (StatementLine line : lines) {
                if (line.countsFor() == side) {
                    traffic = line instanceof OfTraffic of ? traffic.plus(of.traffic) : traffic;
                    due = due.plus(line.due());
                }
            }
            return new Total(side, traffic, due);
        }
    }

    /// The difference of the two totals, before tax.
    ///
    /// @param owed SELL: the carrier owes us; BUY: we owe the carrier; null: nobody owes
    record Net(@Nullable Side owed, Money due) implements StatementLine {
        @Override
        public Kind kind() {
            return Kind.NET;
        }

        @Override
        public @Nullable Side countsFor() {
            return null;
        }

        static Net of(Money sell, Money buy) {
            Money difference = sell.minus(buy);
            if (difference.isZero()) {
                return new Net(null, difference);
            }
            return difference.minorUnits() > 0
                    ? new Net(Side.SELL, difference)
                    : new Net(Side.BUY, difference.negated());
        }
    }
}
