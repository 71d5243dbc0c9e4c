package org.tollkeeper.settlement;

import org.tollkeeper.model.Side;

/// The joint between charges and statements of one agreement and side: every charge stands on a
/// statement or waits in a period that has none yet.
///
/// @param charged what the charges add up to
/// @param stated what the traffic lines of the statements that stand add up to
/// @param open what was charged in periods without a statement
public record SettlementJoint(
        String agreement, Side side, Traffic charged, Traffic stated, Traffic open) {

    public boolean balances() {
        return charged.equals(stated.plus(open));
    }
}
