package org.tollkeeper.book;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.CdrMapping;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// The mapping of a switch whose files are `delimited` or `fixed-width` text: every key, column and
/// field is checked where it stands. What the mappings of other formats may say is theirs to know.
final class MappingPage {

    private static final String A_FIELD = "one of " + String.join(", ", CdrMapping.FIELDS);
    private static final String A_RANGE = "positions from 1, such as 5-12 or 5";
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Set<String> WORDS = Set.of("iso", "epoch", "epoch-ms");
    private static final List<String> TIMES =
            List.of("setup_at", "connect_at", "release_at", "setup_date", "connect_date");

    private final Findings findings;
    private final boolean isFixed;
    private boolean hasNames;

    MappingPage(Findings findings, boolean isFixed) {
        this.findings = findings;
        this.isFixed = isFixed;
    }

    /// The keys of a mapping.
    List<String> keys() {
        return isFixed
                ? CdrMapping.KEYS
                : Stream.concat(CdrMapping.KEYS.stream(), CdrMapping.DELIMITED_KEYS.stream())
                        .toList();
    }

    void check(YamlEntry mapping) {
        hasNames = !isFixed && mapping.field("header").truth(true);
        Set<String> fields = new HashSet<>();
        boolean hasColumns = columns(mapping, fields);
        constants(mapping, fields);
        if (hasColumns && !isEnough(fields)) {
            findings.error(
                    mapping.keyPlace("columns"),
                    "no column for the field called, or for no time",
                    "at least called and one of setup_at, connect_at, release_at",
                    "add them to columns, or to constants");
        }
        oneOf(mapping.field("unit"), CdrMapping.UNITS);
        oneOf(mapping.field("counted"), CdrMapping.COUNTED);
        var _ = mapping.field("skipLines").whole(0, 0, Integer.MAX_VALUE);
        datePattern(mapping.field("datePattern"));
        charset(mapping.field("charset"));
        for (String key : List.of("delimiter", "quote")) {
            character(mapping.field(key), key.equals("quote"));
        }
        frame(mapping);
    }

    /// What a record cannot do without.
    private static boolean isEnough(Set<String> fields) {
        return fields.contains("called") && TIMES.stream().anyMatch(fields::contains);
    }

    /// Whether the columns could be read.
    private boolean columns(YamlEntry mapping, Set<String> fields) {
        @Nullable Node node = mapping.node("columns");
        if (node instanceof SequenceNode && !isFixed) {
            mapping.fields("columns").stream()
                    .filter(Field::given)
                    .forEach(field -> field(field, fields));
            return true;
        }
        if (!(node instanceof MappingNode)) {
            findings.error(
                    node == null ? mapping.place() : mapping.place("columns"),
                    node == null ? "no columns" : "for columns " + YamlPage.kindOf(node),
                    isFixed ? "a mapping of positions to fields" : "a mapping of columns to fields",
                    "write `column: field` pairs");
            return false;
        }
        @Nullable YamlEntry columns = mapping.entry("columns", List.of());
        if (columns != null) {
            for (String column : columns.keys()) {
                column(new Field(findings, "column", column, () -> columns.keyPlace(column)));
                field(columns.field(column), fields);
            }
        }
        return columns != null;
    }

    private void constants(YamlEntry mapping, Set<String> fields) {
        @Nullable YamlEntry constants = mapping.entry("constants", List.of());
        if (constants == null) {
            return;
        }
        for (String name : constants.keys()) {
            Field field = new Field(findings, "field", name, () -> constants.keyPlace(name));
            if (!CdrMapping.FIELDS.contains(name)) {
                field.wrong(A_FIELD, "mend its name");
            }
            fields.add(name);
        }
    }

    private static void field(Field field, Set<String> fields) {
        Field named = new Field(field.findings(), "field", field.text(), field.where());
        if (!CdrMapping.FIELDS.contains(named.text())) {
            named.wrong(A_FIELD, "mend its name");
        } else if (!fields.add(named.text())) {
            named.wrong("each field once", "take one of the columns out");
        }
    }

    /// A name in the header, or a position.
    private void column(Field column) {
        if (!column.given()) {
            return;
        }
        if (isFixed && CdrMapping.Range.of(column.text()) == null) {
            column.wrong(A_RANGE, "write the first and the last position of the field");
        } else if (!isFixed && !hasNames && !NUMBER.matcher(column.text()).matches()) {
            column.wrong(
                    "the number of a column, from 1, for there is no header with names",
                    "write its number, or header: true");
        }
    }

    private void frame(YamlEntry mapping) {
        for (String key : List.of("typeColumn", "headerCount", "trailerCount", "trailerDuration")) {
            column(mapping.field(key));
        }
        boolean hasTypes =
                Stream.of("recordTypes", "headerType", "trailerType")
                        .anyMatch(key -> mapping.node(key) != null);
        boolean hasColumn = mapping.field("typeColumn").given();
        if (hasTypes != hasColumn) {
            findings.error(
                    mapping.keyPlace(
                            hasColumn
                                    ? "typeColumn"
                                    : Stream.of("recordTypes", "headerType", "trailerType")
                                            .filter(key -> mapping.node(key) != null)
                                            .findFirst()
                                            .orElse("typeColumn")),
                    hasColumn ? "typeColumn without a type" : "a type without typeColumn",
                    "typeColumn with one of recordTypes, headerType, trailerType",
                    "add what is missing");
        }
        needs(mapping, "headerCount", "headerType");
        needs(mapping, "trailerCount", "trailerType");
        needs(mapping, "trailerDuration", "trailerType");
    }

    private void needs(YamlEntry mapping, String key, String other) {
        if (mapping.field(key).given() && !mapping.field(other).given()) {
            findings.error(
                    mapping.keyPlace(key),
                    key + " without " + other,
                    other,
                    "add the key " + other);
        }
    }

    private static void oneOf(Field field, List<String> allowed) {
        if (field.given() && !allowed.contains(field.text())) {
            field.wrong("one of " + String.join(", ", allowed), "write one of them");
        }
    }

    private static void datePattern(Field pattern) {
        if (!pattern.given() || WORDS.contains(pattern.text())) {
            return;
        }
        try {
            var _ = DateTimeFormatter.ofPattern(pattern.text(), Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            pattern.wrong(
                    "iso, epoch, epoch-ms or a pattern such as yyyy-MM-dd HH:mm:ss", "mend it");
        }
    }

    private static void charset(Field charset) {
        try {
            if (charset.given() && !Charset.isSupported(charset.text())) {
                charset.wrong("a charset such as UTF-8 or windows-1252", "mend its name");
            }
        } catch (IllegalCharsetNameException e) {
            charset.wrong("a charset such as UTF-8 or windows-1252", "mend its name");
        }
    }

    private static void character(Field field, boolean mayBeEmpty) {
        String text = field.text();
        boolean isTab = text.equals("tab") || text.equals("\\t");
        if (!isTab && (text.length() > 1 || (!text.isEmpty() && text.charAt(0) > 0x7f))) {
            field.wrong(
                    mayBeEmpty ? "one ASCII character, or nothing" : "one ASCII character",
                    "write it in quotes; tab is the tabulator");
        }
    }
}
