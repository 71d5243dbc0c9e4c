package org.tollkeeper.rating.store;

import java.time.Instant;
import org.tollkeeper.model.Digits;

/// A call for the database of a test; carriers by name, empty = our own network.
record TestCall(
        String switchId,
        String callId,
        String legId,
        String ingressCarrier,
        String egressCarrier,
        Digits calling,
        Digits called,
        Instant setupAt,
        Instant connectAt,
        int durationMs) {}
