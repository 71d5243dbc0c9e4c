package org.tollkeeper.invoicing.report;

import java.math.BigDecimal;
import java.util.List;

/// A joint of the chain from files to documents: what comes in, and where all of it went.
///
/// @param name such as `records`
/// @param in what comes in
/// @param out where it went; together as much as came in, when nothing is lost
public record Joint(String name, Item in, List<Item> out) {

    /// A count, and what it stands for in seconds and money. What does not apply is zero.
    ///
    /// @param currency of the amount; empty when there is none
    public record Item(
            String name, long count, BigDecimal seconds, BigDecimal amount, String currency) {

        public static Item count(String name, long count) {
            return new Item(name, count, BigDecimal.ZERO, BigDecimal.ZERO, "");
        }

        Item minus(Item other) {
            return new Item(
                    name,
                    count - other.count,
                    seconds.subtract(other.seconds),
                    amount.subtract(other.amount),
                    currency);
        }

        boolean isNothing() {
            return count == 0 && seconds.signum() == 0 && amount.signum() == 0;
        }
    }

    /// What came in and went nowhere.
    Item unexplained() {
        Item left = new Item("unexplained", in.count, in.seconds, in.amount, in.currency);
        for (Item item : out) {
            left = left.minus(item);
        }
        return left;
    }

    public boolean isBalanced() {
        return unexplained().isNothing();
    }
}
