package org.tollkeeper.invoicing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/// CSV in the making: `\n` line ends, a field quoted only where RFC 4180 needs it.
public final class CsvText {

    private final StringBuilder text = new StringBuilder();

    public CsvText(List<String> header) {
        row(header);
    }

    public CsvText row(List<String> fields) {
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            append(fields.get(i));
        }
        text.append('\n');
        return this;
    }

    private void append(String field) {
        boolean isQuoted = false;
        for (int i = 0; i < field.length() && !isQuoted; i++) {
            char each = field.charAt(i);
            isQuoted = each == ',' || each == '"' || each == '\n' || each == '\r';
        }
        if (isQuoted) {
            text.append('"').append(field.replace("\"", "\"\"")).append('"');
        } else {
            text.append(field);
        }
    }

    public byte[] bytes() {
        return text.toString().getBytes(UTF_8);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
