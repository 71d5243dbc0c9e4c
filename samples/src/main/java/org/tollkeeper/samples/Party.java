package org.tollkeeper.samples;

import java.util.Random;

/// Who sends or takes calls: ourselves, the three carriers of the book, and one nobody told us of.
enum Party {
    OURSELVES("", 1, "", "441632960"),
    GANGES("GANGES", 5, "", "9122001 9180001 9144001"),
    HANSE("HANSE", 2, "+", "493023125 494066969 498999998"),
    BRASA("BRASA", -3, "00", "55110001 55210001"),
    STRANGER("", 1, "+", "441632960");

    private final String carrier;
    private final int hoursFromUtc;
    private final String international;
    private final String callers;

    Party(String carrier, int hoursFromUtc, String international, String callers) {
        this.carrier = carrier;
        this.hoursFromUtc = hoursFromUtc;
        this.international = international;
        this.callers = callers;
    }

    /// The carrier's name in the book; empty for ourselves and the stranger.
    String carrier() {
        return carrier;
    }

    /// Where its callers live, for the hours at which they call.
    int hoursFromUtc() {
        return hoursFromUtc;
    }

    /// How it writes a number in full: what stands before the country code.
    String written(String number) {
        return international + number;
    }

    /// A caller's number in full.
    String caller(Random random) {
        return Destination.number(callers, 990, random);
    }
}
