package org.tollkeeper.mediation.store;

import java.util.Locale;

/// Where a record ends.
enum Outcome {
    /// It is a call, or gives one its file and record.
    CALL,
    /// It is a part of a call that bears another record's number.
    JOINED,
    DUPLICATE,
    /// It is held back for a fault, or waits for the rest of its call.
    SUSPENDED,
    FILTERED;

    /// As `suspense.released_as` names it.
    String released() {
        return this == JOINED ? "part" : name().toLowerCase(Locale.ROOT);
    }
}
