package org.tollkeeper.mediation;

import org.tollkeeper.mediation.decoder.RecordKind;

/// An accepted record that is not a call by itself, or that others may join: what one record says
/// of a call, and the record it is.
///
/// @param file number of its file
/// @param leg what it says
public record Part(int file, Leg leg) {

    RecordKind kind() {
        return leg.source().kind();
    }

    /// The instant that places it among the others: its setup, or what it has instead.
    long ownMs() {
        return leg.times().setupMs();
    }
}
