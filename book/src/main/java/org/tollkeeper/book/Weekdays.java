package org.tollkeeper.book;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Days of the week under the key `days`: `mon-fri`, `sun`, `sat-mon`, several with commas, or a
/// list of such.
final class Weekdays {

    private static final List<String> DAYS =
            List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Pattern DAY_RANGE = Pattern.compile("([a-z]{3})(?:\\s*-\\s*([a-z]{3}))?");

    private Weekdays() {}

    /// The days of an entry, which must have the key.
    static Set<DayOfWeek> of(YamlEntry entry) {
        boolean list = entry.node("days") instanceof SequenceNode;
        List<Field> fields = list ? entry.fields("days") : List.of(entry.field("days"));
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (Field field : fields) {
            field.required("days such as mon-fri");
            for (String part : field.text().split(",", -1)) {
                if (field.given() && !addDays(days, part.strip().toLowerCase(Locale.ROOT))) {
                    field.wrong(
                            "days such as mon-fri, or sat,sun", "write " + String.join(" ", DAYS));
                    break;
                }
            }
        }
        return days;
    }

    private static boolean addDays(Set<DayOfWeek> days, String range) {
        Matcher parts = DAY_RANGE.matcher(range);
        if (!parts.matches()) {
            return false;
        }
        int first = DAYS.indexOf(parts.group(1));
        int last = parts.group(2) == null ? first : DAYS.indexOf(parts.group(2));
        if (first < 0 || last < 0) {
            return false;
        }
        for (int day = first; ; day = (day + 1) % 7) {
            days.add(DayOfWeek.of(day + 1));
            if (day == last) {
                return true;
            }
        }
    }
}
