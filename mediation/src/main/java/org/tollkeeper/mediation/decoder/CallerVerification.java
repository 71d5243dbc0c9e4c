package org.tollkeeper.mediation.decoder;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a switch says of the verification of a caller (STIR/SHAKEN): the level its carrier attested
/// and the verdict on it, which are two things. No level is ever inferred from a verdict, or from a
/// call's having been signed.
///
/// @param level A, B or C; empty if none is named
/// @param verdict `PASSED`, `FAILED`, `NONE` for a call that bore no signature, `UNKNOWN` for a
///   text that says something else; empty where nothing is said
record CallerVerification(String level, String verdict) {

    private static final Pattern LEVEL_AT_THE_END = Pattern.compile(".*[-_ ]([ABC])");

    /// Reads both.
    ///
    /// @param level as a field of its own, or empty
    /// @param verstat such as `TN-Validation-Passed-A`, or empty
    static CallerVerification of(String level, String verstat) {
        String said = verstat.strip().toUpperCase(Locale.ROOT);
        Matcher suffix = LEVEL_AT_THE_END.matcher(said);
        String own = level(level);
        return new CallerVerification(
                own.isEmpty() && suffix.matches() ? suffix.group(1) : own, verdict(said));
    }

    /// The level in a text that may be in lower case; empty where it is none.
    static String level(String text) {
        String level = text.strip().toUpperCase(Locale.ROOT);
        return level.matches("[ABC]") ? level : "";
    }

    private static String verdict(String said) {
        if (said.isEmpty()) {
            return "";
        }
        if (said.startsWith("NO-") || said.equals("NONE")) {
            return "NONE";
        }
        return said.contains("PASSED") ? "PASSED" : said.contains("FAILED") ? "FAILED" : "UNKNOWN";
    }

    /// Fills in the attestation of the way in and the verdict.
    void into(CdrRecord.Builder record) {
        record.attestation(level).detail(Detail.VERSTAT, verdict);
    }
}
