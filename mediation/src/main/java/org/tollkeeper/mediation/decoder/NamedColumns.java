package org.tollkeeper.mediation.decoder;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The columns of a file by the names that its header gives them, whatever their case, blanks and
/// underscores: `Flow No`, `flow_no` and `flowNo` are one name.
final class NamedColumns {

    private final Map<String, Integer> positions = new HashMap<>();
    private final int width;

    NamedColumns(List<String> header) {
        width = header.size();
        for (int i = 0; i < width; i++) {
            positions.putIfAbsent(plain(header.get(i)), i);
        }
    }

    int width() {
        return width;
    }

    boolean has(String name) {
        return positions.containsKey(plain(name));
    }

    /// What a row says under a name; empty where there is no such column.
    String text(List<String> row, String name) {
        Integer position = positions.get(plain(name));
        return position == null || position >= row.size() ? "" : row.get(position).strip();
    }

    /// What a row says under the first of some names that has a value.
    String first(List<String> row, List<String> names) {
        for (String name : names) {
            String text = text(row, name);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        name.toLowerCase(Locale.ROOT)
                .chars()
                .filter(Character::isLetterOrDigit)
                .forEach(c -> plain.append((char) c));
        return plain.toString();
    }
}
