package org.tollkeeper.app.terminal;

import java.util.ArrayList;
import java.util.List;

/// Rows of text in columns as wide as their widest cell; columns of numbers to the right.
public final class TextTable {

    private final String alignment;
    private final List<String[]> rows = new ArrayList<>();

    /// @param alignment a letter a column: `l` for text, `r` for numbers
    public TextTable(String alignment) {
        this.alignment = alignment;
    }

    public TextTable row(String... cells) {
        if (cells.length != alignment.length()) {
            throw new IllegalArgumentException(
                    "%d cells in a table of %d columns"
                            .formatted(cells.length, alignment.length()));
        }
        rows.add(cells);
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /// The rows, each begun with `indent`, without trailing blanks.
    public List<String> lines(String indent) {
        int[] widths = new int[alignment.length()];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 ? "" : "  ");
                line.append(alignment.charAt(i) == 'r' ? padding + row[i] : row[i] + padding);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
