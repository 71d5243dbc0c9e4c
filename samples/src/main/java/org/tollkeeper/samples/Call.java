package org.tollkeeper.samples;

/// One attempt to call, as the network saw it. Instants are milliseconds since 1970-01-01T00:00Z.
///
/// @param answerMillis 0 = unanswered
/// @param calling in full; empty = withheld
/// @param callerName as the caller's telephone sends it
/// @param called in full, or what stands there where it is no number
/// @param cause in FreeSWITCH's words
/// @param mosHundredths opinion score; 0 where nobody talked
record Call(
        Route route,
        long setupMillis,
        long answerMillis,
        long releaseMillis,
        String calling,
        String callerName,
        String called,
        String cause,
        int pddMillis,
        int mosHundredths,
        String codec) {

    /// The cause that stands for: a follow-me leg was answered, the call was not.
    static final String FOLLOW_ME = "FOLLOW_ME";

    boolean answered() {
        return answerMillis != 0;
    }

    /// The instant of answer as both switches stamp it: cut to the second.
    long answerSecond() {
        return answerMillis / 1000;
    }

    /// The seconds of conversation as the switch counts them: FreeSWITCH between the cut stamps,
    /// Asterisk of the true interval, cut.
    long talkSeconds() {
        if (!answered()) {
            return 0;
        }
        return route.switchId().equals(Route.LON)
                ? releaseMillis / 1000 - answerSecond()
                : (releaseMillis - answerMillis) / 1000;
    }

    Call named(String name) {
        return new Call(
                route,
                setupMillis,
                answerMillis,
                releaseMillis,
                calling,
                name,
                called,
                cause,
                pddMillis,
                mosHundredths,
                codec);
    }
}
