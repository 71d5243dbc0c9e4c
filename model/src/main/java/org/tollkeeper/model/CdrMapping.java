package org.tollkeeper.model;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the mapping of a switch may say whose files are `delimited` or `fixed-width` text: which
/// column is which field of a record, and how the fields are written.
public final class CdrMapping {

    /// The fields of a record that a column can give. A date and a time of day in columns of their
    /// own give the instant together.
    public static final List<String> FIELDS =
            List.of(
                    "call_id",
                    "leg_id",
                    "ingress_trunk",
                    "egress_trunk",
                    "calling",
                    "called",
                    "setup_at",
                    "connect_at",
                    "release_at",
                    "setup_date",
                    "setup_time",
                    "connect_date",
                    "connect_time",
                    "release_date",
                    "release_time",
                    "duration",
                    "answered",
                    "cause",
                    "sip_code",
                    "pdd_ms",
                    "mos",
                    "codec",
                    "attestation");

    /// How durations are written: seconds with or without decimals, milliseconds, tenths of a
    /// second, hours, minutes and seconds with colons or without.
    public static final List<String> UNITS = List.of("s", "ms", "ds", "h:m:s", "hhmmss");

    /// What the count of a trailer or header counts.
    public static final List<String> COUNTED = List.of("records", "lines");

    /// Keys of both formats.
    public static final List<String> KEYS =
            List.of(
                    "columns",
                    "constants",
                    "datePattern",
                    "unit",
                    "answeredValues",
                    "emptyValues",
                    "charset",
                    "skipLines",
                    "typeColumn",
                    "recordTypes",
                    "headerType",
                    "headerCount",
                    "trailerType",
                    "trailerCount",
                    "trailerDuration",
                    "counted");

    /// Keys of `delimited` alone.
    public static final List<String> DELIMITED_KEYS = List.of("delimiter", "quote", "header");

    private static final Pattern RANGE =
            Pattern.compile("([1-9][0-9]{0,4})(?:-([1-9][0-9]{0,4}))?");

    private CdrMapping() {}

    /// Positions of a line, counted from 1.
    ///
    /// @param from the first
    /// @param to the last
    public record Range(int from, int to) {

        /// Such as `5-12`, or `5` for one position; null where a text is none.
        public static @Nullable Range of(String text) {
            Matcher range = RANGE.matcher(text);
            if (!range.matches()) {
                return null;
            }
            int from = Integer.parseInt(range.group(1));
            int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
            return to < from ? null : new Range(from, to);
        }

        /// What stands there, blanks around it gone; empty where the line is shorter.
        public String in(String line) {
            return line.length() < from
                    ? ""
                    : line.substring(from - 1, Math.min(to, line.length())).strip();
        }
    }
}
