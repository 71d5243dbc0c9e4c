package org.tollkeeper.mediation;

import org.jspecify.annotations.Nullable;
import org.tollkeeper.mediation.decoder.CdrRecord;
import org.tollkeeper.model.SuspenseReason;

/// What a record comes to by itself, before it is compared with what was accepted earlier.
public sealed interface Verdict {

    /// The record is held back.
    ///
    /// @param trunk the trunk it concerns: the unknown one, else the one it came in by
    /// @param talkMs of its conversation, as far as it can be told
    /// @param cureMs for a fault that time cures: the moment from which it is none
    record Suspended(
            CdrRecord record,
            SuspenseReason reason,
            String trunk,
            long talkMs,
            @Nullable Long cureMs)
            implements Verdict {}

    /// The record is a test call.
    record Filtered(CdrRecord record) implements Verdict {}

    /// The record is good: a call, or what belongs to one.
    record Good(Leg leg) implements Verdict {}
}
