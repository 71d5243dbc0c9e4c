package org.tollkeeper.rating;

/// What one side of a call comes to: a charge, or the reason why there is none.
public sealed interface Outcome permits Charge, Suspended {}
