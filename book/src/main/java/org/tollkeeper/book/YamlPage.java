package org.tollkeeper.book;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A YAML file of the book as nodes that know their place. Scalars stay text.
final class YamlPage {

    private static final int MOST_CODE_POINTS = 64 << 20;

    private final PageText page;
    private final Findings findings;

    YamlPage(PageText page, Findings findings) {
        this.page = page;
        this.findings = findings;
    }

    /// The one mapping that the file is; null when it is not, which is reported.
    @Nullable YamlEntry entry(String what, List<String> keys) {
        try {
            @Nullable Node root = compose();
            return root == null ? missingEntry(what, keys) : entry(root, what, keys);
        } catch (YAMLException e) {
            report(e);
            return null;
        }
    }

    private @Nullable YamlEntry missingEntry(String what, List<String> keys) {
        findings.error(
                Place.of(page.file()),
                "an empty file",
                what + " with the keys " + String.join(", ", keys),
                "fill the file");
        return null;
    }

    /// The mappings of the list that the file is; null when it cannot be read, which is reported.
    @Nullable List<YamlEntry> entries(String what, List<String> keys) {
        try {
            @Nullable Node root = compose();
            return root == null ? List.of() : entries(root, what, keys);
        } catch (YAMLException e) {
            report(e);
            return null;
        }
    }

    private @Nullable Node compose() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CODE_POINTS);
        return new Yaml(options).compose(new StringReader(page.text()));
    }

    private void report(YAMLException e) {
        Place place = Place.of(page.file());
        String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        if (e instanceof MarkedYAMLException marked) {
            @Nullable Mark mark = marked.getProblemMark();
            place = mark == null ? place : place(mark);
            problem = String.valueOf(marked.getProblem());
        }
        findings.error(
                place,
                "broken YAML: " + problem,
                "YAML that can be read",
                "check indentation, colons and quotes here and on the line before");
    }

    /// A node that should be a mapping with these keys; null when it is not, which is reported.
    @Nullable YamlEntry entry(Node node, String what, List<String> keys) {
        if (node instanceof MappingNode mapping) {
            return new YamlEntry(this, findings, mapping, what, keys);
        }
        findings.error(
                place(node),
                kindOf(node),
                keys.isEmpty()
                        ? "a mapping for " + what
                        : what + " with the keys " + String.join(", ", keys),
                "write `key: value` pairs");
        return null;
    }

    /// A node that should be a list of mappings with these keys.
    List<YamlEntry> entries(Node node, String what, List<String> keys) {
        List<YamlEntry> entries = new ArrayList<>();
        for (Node item : items(node, "a list, each item " + what)) {
            @Nullable YamlEntry entry = entry(item, what, keys);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /// A node that should be a list of scalars.
    List<Field> fields(Node node, String name) {
        List<Field> fields = new ArrayList<>();
        for (Node item : items(node, "a list")) {
            fields.add(field(item, name));
        }
        return fields;
    }

    /// A node that should be a scalar.
    Field field(Node node, String name) {
        if (node instanceof ScalarNode scalar) {
            String text = node.getTag().equals(Tag.NULL) ? "" : scalar.getValue();
            Field field = new Field(findings, name, text, () -> place(node));
            if (text.indexOf('\0') >= 0) {
                field.wrong("a text without the character U+0000", "take it out");
            }
            return field;
        }
        findings.error(
                place(node), "for " + name + " " + kindOf(node), "one value", "write it plainly");
        return new Field(new Findings(), name, "", () -> place(node));
    }

    private List<Node> items(Node node, String expected) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        findings.error(
                place(node), kindOf(node), expected, "write it in [ ] or with a - before each");
        return List.of();
    }

    static String kindOf(Node node) {
        return switch (node) {
            case MappingNode mapping -> "a mapping";
            case SequenceNode sequence -> "a list";
            case ScalarNode scalar -> "the text " + Field.quoted(scalar.getValue());
            default -> "a " + node.getNodeId();
        };
    }

    Place place(Node node) {
        return place(node.getStartMark());
    }

    private Place place(Mark mark) {
        return new Place(page.file(), mark.getLine() + 1, mark.getColumn() + 1);
    }
}
