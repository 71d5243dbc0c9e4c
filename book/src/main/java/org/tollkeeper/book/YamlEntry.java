package org.tollkeeper.book;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A mapping of a YAML file, its keys checked.
final class YamlEntry {

    private final YamlPage page;
    private final Findings findings;
    private final MappingNode mapping;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Place> keyPlaces = new LinkedHashMap<>();

    /// @param keys that may stand in it; none = any
    YamlEntry(
            YamlPage page, Findings findings, MappingNode mapping, String what, List<String> keys) {
        this.page = page;
        this.findings = findings;
        this.mapping = mapping;
        for (NodeTuple pair : mapping.getValue()) {
            readPair(pair, what, keys);
        }
    }

    private void readPair(NodeTuple pair, String what, List<String> keys) {
        Place place = page.place(pair.getKeyNode());
        if (!(pair.getKeyNode() instanceof ScalarNode scalar)) {
            findings.error(
                    place, YamlPage.kindOf(pair.getKeyNode()), "a key", "write `key: value` pairs");
            return;
        }
        String key = scalar.getValue();
        boolean writable = keys.isEmpty() ? key.indexOf('\0') < 0 : keys.contains(key);
        if (!writable) {
            findings.error(
                    place,
                    "the unknown key " + Field.quoted(key),
                    "keys of " + what + ": " + String.join(", ", keys),
                    "mend its name or remove it");
        } else if (keyPlaces.putIfAbsent(key, place) != null) {
            findings.error(
                    place,
                    "the key " + Field.quoted(key) + " a second time",
                    "each key once",
                    "remove one of them");
        } else if (!pair.getValueNode().getTag().equals(Tag.NULL)) {
            values.put(key, pair.getValueNode());
        }
    }

    Place place() {
        return page.place(mapping);
    }

    /// The place of a key's value; of the entry when it has no such key.
    Place place(String key) {
        @Nullable Node value = values.get(key);
        return value == null ? place() : page.place(value);
    }

    /// The place of a key itself.
    Place keyPlace(String key) {
        return keyPlaces.getOrDefault(key, place());
    }

    /// A scalar, empty where the key is absent.
    Field field(String key) {
        @Nullable Node value = values.get(key);
        return value == null
                ? new Field(findings, key, "", () -> keyPlace(key))
                : page.field(value, key);
    }

    /// A list of scalars, empty where the key is absent.
    List<Field> fields(String key) {
        @Nullable Node value = values.get(key);
        return value == null ? List.of() : page.fields(value, key);
    }

    /// Whatever stands under a key; null where it is absent.
    @Nullable Node node(String key) {
        return values.get(key);
    }

    /// The keys that have a value, in the order of the file.
    List<String> keys() {
        return List.copyOf(values.keySet());
    }

    /// A mapping under a key, with these keys; null where it is absent or something else.
    @Nullable YamlEntry entry(String key, List<String> keys) {
        @Nullable Node value = values.get(key);
        return value == null ? null : page.entry(value, key, keys);
    }

    /// A list of mappings under a key, each with these keys; empty where it is absent.
    List<YamlEntry> entries(String key, String what, List<String> keys) {
        @Nullable Node value = values.get(key);
        return value == null ? List.of() : page.entries(value, what, keys);
    }
}
