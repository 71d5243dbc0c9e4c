package org.tollkeeper.bench.pipeline;

/// Sums that two ways of computing them do not agree on.
public final class UnequalSums extends Exception {

    private static final long serialVersionUID = 1L;

    private UnequalSums(String message) {
        super(message);
    }

    /// Refuses what is not as it should be.
    static void require(String what, Object found, Object expected) throws UnequalSums {
        if (!found.equals(expected)) {
            throw new UnequalSums(
                    "%s came to other sums than it should%n  found    %s%n  expected %s"
                            .formatted(what, found, expected));
        }
    }
}
