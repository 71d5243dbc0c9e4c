package org.tollkeeper.book.store;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Coded;

/// Values as the texts that PostgreSQL reads, and rows as lines of its text COPY.
final class SqlText {

    private SqlText() {}

    /// A value's text; collections become arrays, decimals keep their digits.
    static @Nullable String of(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal decimal -> decimal.toPlainString();
            case Coded term -> Integer.toString(term.code());
            case Collection<?> items ->
                    items.stream()
                            .map(item -> quoted(String.valueOf(item)))
                            .collect(Collectors.joining(",", "{", "}"));
            default -> value.toString();
        };
    }

    private static String quoted(String item) {
        return '"' + item.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /// Appends a row as one line of text COPY.
    static void appendLine(StringBuilder out, List<@Nullable String> values) {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append('\t');
            }
            appendField(out, values.get(i));
        }
        out.append('\n');
    }

    private static void appendField(StringBuilder out, @Nullable String value) {
        if (value == null) {
            out.append("\\N");
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> out.append(c);
            }
        }
    }
}
