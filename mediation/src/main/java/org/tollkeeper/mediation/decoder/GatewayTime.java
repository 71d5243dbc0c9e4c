package org.tollkeeper.mediation.decoder;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.WallClock;

/// Times as voice gateways write them, such as `12:24:32.636 UTC Oct 10 2018`, the weekday before
/// the month if there is one, and a `*` or `.` in front where the clock is not synchronised.
///
/// The name of a zone is read as the zone of the switch understands it: of `PST` and `PDT` each has
/// its own offset, and a name that the zone does not have is no time at all. `UTC` and `GMT` are
/// what they are everywhere.
final class GatewayTime {

    /// The switch says that its clock is not set by any other.
    static final String UNSYNCHRONISED = "CLOCK_NOT_SYNCHRONISED";

    private static final Pattern STAMP =
            Pattern.compile(
                    "([*.]?)(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,6}))?\\s+(\\S{1,12})\\s+"
                            + "(?:[A-Za-z]{3},?\\s+)?([A-Za-z]{3})\\s+(\\d{1,2})\\s+(\\d{4})");

    private static final List<String> MONTHS =
            List.of(
                    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV",
                    "DEC");

    /// What stands for no time.
    private static final Set<String> NONE = Set.of("-", "0", "None", "NA");

    private static final long DAY_MS = 86_400_000;

    private final ZoneId zone;
    private final String standardName;
    private final String summerName;

    /// @param zone of the switch
    GatewayTime(ZoneId zone) {
        this.zone = zone;
        TimeZone named = TimeZone.getTimeZone(zone);
        standardName = named.getDisplayName(false, TimeZone.SHORT, Locale.US);
        summerName = named.getDisplayName(true, TimeZone.SHORT, Locale.US);
    }

    /// Whether the text has the shape of a time.
    static boolean isTime(String text) {
        return STAMP.matcher(text.strip()).matches();
    }

    /// Whether a stamp says that the clock it was read from is not synchronised.
    private static boolean isUnsynchronised(String stamp) {
        return stamp.startsWith("*") || stamp.startsWith(".");
    }

    /// The instant in a field, or null where it is empty or stands for none, as the year 1 and the
    /// first day of 1970 do. Says so in the record when it cannot be read, and when the clock was
    /// not synchronised.
    @Nullable Long in(CdrRecord.Builder record, String field, String text) {
        String stamp = text.strip();
        if (stamp.isEmpty() || NONE.contains(stamp)) {
            return null;
        }
        if (isUnsynchronised(stamp)) {
            record.anomaly(UNSYNCHRONISED);
        }
        Long ms = instant(stamp);
        if (ms == null) {
            record.malformed(
                    "%s is '%s'; expected a time such as 12:24:32.636 UTC Oct 10 2018, in UTC or %s"
                            .formatted(
                                    field,
                                    stamp.length() <= 60 ? stamp : stamp.substring(0, 60),
                                    zone));
            return null;
        }
        return ms < DAY_MS ? null : ms;
    }

    private @Nullable Long instant(String stamp) {
        Matcher parts = STAMP.matcher(stamp);
        if (!parts.matches()) {
            return null;
        }
        LocalDateTime local = local(parts);
        Integer offset = local == null ? null : offsetSeconds(local, parts.group(6));
        if (local == null || offset == null) {
            return null;
        }
        String fraction = parts.group(5) == null ? "" : parts.group(5);
        int millis = Integer.parseInt((fraction + "000").substring(0, 3));
        return 1000 * (local.toEpochSecond(ZoneOffset.UTC) - offset) + millis;
    }

    private static @Nullable LocalDateTime local(Matcher parts) {
        int month = MONTHS.indexOf(parts.group(7).toUpperCase(Locale.ROOT)) + 1;
        try {
            return LocalDate.of(
                            Integer.parseInt(parts.group(9)),
                            month,
                            Integer.parseInt(parts.group(8)))
                    .atTime(
                            Integer.parseInt(parts.group(2)),
                            Integer.parseInt(parts.group(3)),
                            Integer.parseInt(parts.group(4)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private @Nullable Integer offsetSeconds(LocalDateTime local, String name) {
        if (name.equals("UTC") || name.equals("GMT") || name.equals("Z")) {
            return 0;
        }
        if (name.contains("+") || name.contains("-")) {
            try {
                return ZoneOffset.of(name.replaceFirst("^(UTC|GMT)", "")).getTotalSeconds();
            } catch (DateTimeException e) {
                return null;
            }
        }
        var instant = WallClock.instant(local, zone);
        int standard = zone.getRules().getStandardOffset(instant).getTotalSeconds();
        if (name.equalsIgnoreCase(standardName)) {
            return standard;
        }
        if (!name.equalsIgnoreCase(summerName)) {
            return null;
        }
        int actual = zone.getRules().getOffset(instant).getTotalSeconds();
        return actual == standard ? standard + 3600 : actual;
    }
}
