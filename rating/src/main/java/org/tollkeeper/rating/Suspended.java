package org.tollkeeper.rating;

import org.tollkeeper.model.SuspenseReason;

/// A side of a call that cannot be priced under the present book.
public record Suspended(SuspenseReason reason) implements Outcome, Match {}
