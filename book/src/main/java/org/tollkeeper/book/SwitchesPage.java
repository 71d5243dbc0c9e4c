package org.tollkeeper.book;

import java.nio.file.FileSystems;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.ExpectedFiles;
import org.tollkeeper.model.Switch;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/// `switches.yaml`.
final class SwitchesPage {

    private static final List<String> KEYS =
            List.of(
                    "id",
                    "format",
                    "timeZone",
                    "files",
                    "sequence",
                    "countryCode",
                    "nationalPrefix",
                    "internationalPrefix",
                    "shortCodes",
                    "mapping",
                    "expectedFiles",
                    "orphanAfterHours");
    private static final List<String> EXPECTED_KEYS =
            List.of("perDay", "everyMinutes", "days", "stamp", "stampIs");
    private static final List<String> STAMPS = List.of("start", "end");
    private static final int MOST_FILES = 10_000;
    private static final int MOST_ORPHAN_HOURS = 24 * 366;
    private static final Pattern COUNTRY_CODE = Pattern.compile("[1-9][0-9]{0,6}");

    private final Findings findings;

    SwitchesPage(Findings findings) {
        this.findings = findings;
    }

    /// Null when the file cannot be read at all.
    @Nullable List<Switch> read(YamlPage page) {
        @Nullable List<YamlEntry> entries = page.entries("a switch", KEYS);
        if (entries == null) {
            return null;
        }
        List<Switch> switches = new ArrayList<>();
        Map<String, Place> places = new HashMap<>();
        for (YamlEntry entry : entries) {
            Field id = entry.field("id");
            Once.check(places, id.fileName("the name of a switch and its inbox folder"), id);
            switches.add(read(entry, id.text()));
        }
        return switches;
    }

    private Switch read(YamlEntry entry, String id) {
        Field format = entry.field("format");
        String formatName =
                format.reference(
                        new HashSet<>(CdrFormats.NAMES),
                        "one of " + String.join(", ", CdrFormats.NAMES),
                        "write one of them");
        Field countryCode = entry.field("countryCode");
        Field nationalPrefix = entry.field("nationalPrefix");
        if (nationalPrefix.given() && !countryCode.given()) {
            findings.warn(
                    nationalPrefix.place(),
                    "a nationalPrefix but no countryCode",
                    "the prefix is taken off and nothing put before the number");
        }
        List<String> shortCodes = new ArrayList<>();
        entry.fields("shortCodes").forEach(code -> shortCodes.add(code.digits()));
        return new Switch(
                id,
                formatName,
                entry.field("timeZone").zone(ZoneId.of("UTC")),
                glob(entry.field("files")),
                pattern(entry.field("sequence"), "the sequence number"),
                countryCode.matching(
                        COUNTRY_CODE, "the digits of a country code", "write such as 44"),
                nationalPrefix.dialled(),
                entry.field("internationalPrefix").dialled(),
                shortCodes,
                mapping(entry, formatName),
                expectedFiles(entry),
                orphanAfterHours(entry.field("orphanAfterHours")));
    }

    private static @Nullable Integer orphanAfterHours(Field hours) {
        return hours.given() ? Integer.valueOf(hours.whole(1, 1, MOST_ORPHAN_HOURS)) : null;
    }

    private static String glob(Field files) {
        if (!files.given()) {
            return "*";
        }
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + files.text());
        } catch (PatternSyntaxException e) {
            files.wrong("a glob such as *.csv", "mend it: " + e.getDescription());
        }
        return files.text();
    }

    /// @param group what the first group of the pattern is
    private static String pattern(Field pattern, String group) {
        try {
            if (pattern.given() && Pattern.compile(pattern.text()).matcher("").groupCount() == 0) {
                pattern.wrong(
                        "a regular expression with a group",
                        "put the digits of " + group + " in ( )");
            }
        } catch (PatternSyntaxException e) {
            pattern.wrong(
                    "a regular expression whose first group is " + group,
                    "mend it: " + e.getDescription());
        }
        return pattern.text();
    }

    private @Nullable ExpectedFiles expectedFiles(YamlEntry source) {
        @Nullable YamlEntry entry = source.entry("expectedFiles", EXPECTED_KEYS);
        if (entry == null) {
            return null;
        }
        Field perDay = entry.field("perDay");
        Field everyMinutes = entry.field("everyMinutes");
        if (perDay.given() == everyMinutes.given()) {
            findings.error(
                    entry.place(),
                    perDay.given() ? "both perDay and everyMinutes" : "no perDay",
                    "perDay or everyMinutes",
                    "write one of them");
        }
        int count = perDay.whole(1, 1, MOST_FILES);
        int minutes = everyMinutes.whole(ExpectedFiles.DAY_MINUTES, 1, ExpectedFiles.DAY_MINUTES);
        if (ExpectedFiles.DAY_MINUTES % minutes != 0) {
            everyMinutes.wrong("a divisor of a day's 1440 minutes", "write such as 15 or 60");
            minutes = ExpectedFiles.DAY_MINUTES;
        }
        Set<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
        if (entry.node("days") != null) {
            Set<DayOfWeek> named = Weekdays.of(entry);
            days = named.isEmpty() ? days : named;
        }
        Field stamp = entry.field("stamp");
        String pattern = pattern(stamp, "the time in the file's name");
        Field stampIs = entry.field("stampIs");
        if (stampIs.given() && !STAMPS.contains(stampIs.text())) {
            stampIs.wrong("start or end", "say which end of the file's time its stamp is");
        }
        return new ExpectedFiles(
                count, minutes, days, stamp.given() ? pattern : null, stampIs.text().equals("end"));
    }

    private String mapping(YamlEntry entry, String format) {
        @Nullable Node mapping = entry.node("mapping");
        if (mapping instanceof MappingNode) {
            if (CdrFormats.MAPPED.contains(format)) {
                MappingPage page = new MappingPage(findings, format.equals("fixed-width"));
                @Nullable YamlEntry keys = entry.entry("mapping", page.keys());
                if (keys != null) {
                    page.check(keys);
                }
            }
            return MappingText.json(mapping);
        }
        if (mapping != null) {
            findings.error(
                    entry.place("mapping"),
                    "for mapping " + YamlPage.kindOf(mapping),
                    "a mapping",
                    "write `key: value` pairs");
        } else if (CdrFormats.MAPPED.contains(format)) {
            findings.error(
                    entry.place("format"),
                    "no mapping",
                    "a mapping of columns to fields, which the format " + format + " needs",
                    "add the key mapping");
        }
        return "";
    }
}
