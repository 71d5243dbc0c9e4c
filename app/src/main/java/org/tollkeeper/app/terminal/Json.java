package org.tollkeeper.app.terminal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values as JSON text, indented by two blanks: maps keep their order, whole numbers and decimals
/// are written plainly, everything else as its text.
public final class Json {

    private final StringBuilder text = new StringBuilder();

    private Json() {}

    /// The value as text that ends with a line end.
    public static String write(@Nullable Object value) {
        Json json = new Json();
        json.value(value, 0);
        return json.text.append('\n').toString();
    }

    private void value(@Nullable Object value, int depth) {
        switch (value) {
            case null -> text.append("null");
            case Boolean truth -> text.append(truth);
            case java.math.BigDecimal decimal -> text.append(decimal.toPlainString());
            case Number number -> text.append(number);
            case Map<?, ?> map -> map(map, depth);
            // A path is an iterable, too: of paths, each of which begins with itself.
            case java.nio.file.Path path -> string(path.toString());
            case Iterable<?> list -> list(list, depth);
            default -> string(value.toString());
        }
    }

    private void map(Map<?, ?> map, int depth) {
        if (map.isEmpty()) {
            text.append("{}");
            return;
        }
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            line(depth + 1);
            string(String.valueOf(entry.getKey()));
            text.append(": ");
            value(entry.getValue(), depth + 1);
            separator = ",";
        }
        line(depth);
        text.append('}');
    }

    private void list(Iterable<?> list, int depth) {
        if (!list.iterator().hasNext()) {
            text.append("[]");
            return;
        }
        String separator = "[";
        for (Object item : list) {
            text.append(separator);
            line(depth + 1);
            value(item, depth + 1);
            separator = ",";
        }
        line(depth);
        text.append(']');
    }

    private void line(int depth) {
        text.append('\n').append("  ".repeat(depth));
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20) {
                        text.append("\\u%04x".formatted((int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
