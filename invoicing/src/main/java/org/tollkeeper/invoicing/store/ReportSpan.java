package org.tollkeeper.invoicing.store;

import java.time.LocalDate;

/// The UTC days a run reports on: the calendar month of its last day, so far.
///
/// @param last inclusive
record ReportSpan(LocalDate first, LocalDate last) {

    /// A call set up on one day may connect on the next.
    private static final int CONNECT_DAYS = 2;

    static ReportSpan through(LocalDate last) {
        return new ReportSpan(last.withDayOfMonth(1), last);
    }

    /// The first day on which calls connected in the span may have been set up.
    LocalDate firstSetup() {
        return first.minusDays(CONNECT_DAYS);
    }
}
