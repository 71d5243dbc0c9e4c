package org.tollkeeper.book;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A piece of YAML as JSON, for whoever reads it without YAML. Whole numbers without leading zeros,
/// true, false and null keep their kind; every other scalar is a text.
final class MappingText {

    private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]{0,17})");

    private MappingText() {}

    static String json(Node node) {
        return switch (node) {
            case MappingNode mapping -> {
                List<String> pairs = new ArrayList<>();
                for (NodeTuple pair : mapping.getValue()) {
                    String key =
                            pair.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                    pairs.add(text(key) + ":" + json(pair.getValueNode()));
                }
                yield "{" + String.join(",", pairs) + "}";
            }
            case SequenceNode sequence ->
                    "["
                            + String.join(
                                    ",",
                                    sequence.getValue().stream().map(MappingText::json).toList())
                            + "]";
            case ScalarNode scalar -> scalar(scalar);
            default -> "null";
        };
    }

    private static String scalar(ScalarNode node) {
        String value = node.getValue();
        if (node.getTag().equals(Tag.NULL)) {
            return "null";
        }
        boolean truth = value.equals("true") || value.equals("false");
        boolean number = node.getTag().equals(Tag.INT) && WHOLE.matcher(value).matches();
        return number || (truth && node.getTag().equals(Tag.BOOL)) ? value : text(value);
    }

    private static String text(String value) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        return out.append('"').toString();
    }
}
