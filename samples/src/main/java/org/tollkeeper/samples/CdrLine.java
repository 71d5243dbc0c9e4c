package org.tollkeeper.samples;

/// One record of a file, and what is to become of it.
///
/// @param id by which the switch knows the call
record CdrLine(String text, String id, Call call, Fate fate) {

    CdrLine again() {
        return new CdrLine(text, id, call, Fate.DUPLICATE);
    }

    /// The same record, written a second time with another cause.
    CdrLine againWith(String cause) {
        return new CdrLine(text.replace(call.cause(), cause), id, call, Fate.DUPLICATE);
    }

    /// What a full disk left of the record.
    CdrLine torn(int characters) {
        return new CdrLine(text.substring(0, characters), "", call, Fate.MALFORMED);
    }
}
