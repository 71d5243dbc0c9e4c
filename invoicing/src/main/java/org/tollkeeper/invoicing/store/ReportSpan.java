package org.tollkeeper.invoicing.store;

import java.time.LocalDate;

/// The UTC days a run reports on: the calendar month of its last day, so far.
///
/// @param last inclusive
record ReportSpan(LocalDate first, LocalDate last) {

    static ReportSpan through(LocalDate last) {
        return new ReportSpan(last.withDayOfMonth(1), last);
    }
}
