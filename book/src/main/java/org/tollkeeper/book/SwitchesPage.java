package org.tollkeeper.book;

import java.nio.file.FileSystems;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
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
                    "mapping");
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
                sequence(entry.field("sequence")),
                countryCode.matching(
                        COUNTRY_CODE, "the digits of a country code", "write such as 44"),
                nationalPrefix.dialled(),
                entry.field("internationalPrefix").dialled(),
                shortCodes,
                mapping(entry, formatName));
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

    private static String sequence(Field sequence) {
        try {
            if (sequence.given()
                    && Pattern.compile(sequence.text()).matcher("").groupCount() == 0) {
                sequence.wrong(
                        "a regular expression with a group",
                        "put the digits of the sequence number in ( )");
            }
        } catch (PatternSyntaxException e) {
            sequence.wrong(
                    "a regular expression whose first group is the sequence number",
                    "mend it: " + e.getDescription());
        }
        return sequence.text();
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
