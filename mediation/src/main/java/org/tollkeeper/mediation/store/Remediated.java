package org.tollkeeper.mediation.store;

import java.util.List;

/// What mediating a period again makes of its records, beside what they were before.
///
/// @param readCount records read again
/// @param changedCount those of which something is other than before, be it that a duplicate is one
///   of another record now
/// @param filesRead files they stand in
/// @param left files that cannot be read today; what stands of them stays
/// @param added calls that were none before
/// @param gone calls that are none any more
/// @param changed calls that say something else
/// @param unchangedCount calls that stay as they are
/// @param fields what of the changed calls changed, the most frequent first
/// @param outcomes records that end elsewhere, by where they ended before and end now
public record Remediated(
        long readCount,
        long changedCount,
        int filesRead,
        List<Left> left,
        Volume added,
        Volume gone,
        Volume changed,
        long unchangedCount,
        List<FieldChange> fields,
        List<OutcomeChange> outcomes) {

    /// A file whose records stay as they are.
    ///
    /// @param file its number
    public record Left(int file, String reason) {}

    /// Calls, and how long they talked.
    ///
    /// @param talkMs after, for calls that changed
    public record Volume(long callCount, long talkMs) {}

    /// A field of calls that says something else.
    ///
    /// @param field as the exports name it where they have it
    public record FieldChange(String field, String from, String to, long callCount, long talkMs) {}

    /// Records that end elsewhere, or for another reason.
    ///
    /// @param from such as `call`, `duplicate` or `suspended UNKNOWN_TRUNK`; empty = the file had
    ///   no such record
    public record OutcomeChange(String from, String to, long recordCount) {}

    /// Whether nothing is other than it was.
    public boolean isNothing() {
        return changedCount == 0;
    }
}
