package org.tollkeeper.settlement.store;

/// What a settlement did.
///
/// @param newCount statements that are new or say something else than before
/// @param unchangedCount statements that stand as they stood, looked at or not
/// @param retiredCount statements of periods that no longer have any
public record Settled(int newCount, int unchangedCount, int retiredCount) {

    /// How many statements stand now.
    public int statementCount() {
        return newCount + unchangedCount;
    }
}
