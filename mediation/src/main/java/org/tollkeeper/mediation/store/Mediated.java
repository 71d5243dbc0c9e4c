package org.tollkeeper.mediation.store;

import java.util.List;

/// What a run of mediation did.
///
/// @param filesRead files whose records were read
/// @param filesRepeated files whose content was known before under another name
/// @param filesUnchanged files passed by unread, being as they were when met last
/// @param quarantined files found in this run that cannot be decoded whole
/// @param leftForNextTime files that changed while they were read, by path
/// @param strangers entries of the inbox that belong to no switch of the book
/// @param totals of this run; they balance
public record Mediated(
        int filesRead,
        int filesRepeated,
        int filesUnchanged,
        List<Quarantined> quarantined,
        List<String> leftForNextTime,
        List<String> strangers,
        Totals totals) {

    /// A file of which no record was read.
    ///
    /// @param path below the inbox
    public record Quarantined(String switchId, String path, String reason) {}
}
