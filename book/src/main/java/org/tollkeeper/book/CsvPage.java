package org.tollkeeper.book;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/// A CSV file of the book: RFC 4180 with a header, columns by name in any order, blank lines passed
/// over.
final class CsvPage {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

    private final PageText page;
    private final Findings findings;
    private final List<String> required;
    private final List<String> optional;
    private final Map<String, Integer> columns = new HashMap<>();

    /// @param required columns that must be there
    /// @param optional columns that may be there
    CsvPage(PageText page, Findings findings, List<String> required, List<String> optional) {
        this.page = page;
        this.findings = findings;
        this.required = required;
        this.optional = optional;
    }

    /// Visits every row that has as many fields as the header.
    void rows(Consumer<Row> visitor) {
        long lastPosition = 0;
        try (CSVParser parser =
                CSVParser.builder()
                        .setReader(new StringReader(page.text()))
                        .setFormat(FORMAT)
                        .get()) {
            Iterator<CSVRecord> records = parser.iterator();
            if (!records.hasNext()) {
                findings.error(
                        Place.of(page.file()),
                        "an empty file",
                        "a header with the columns " + String.join(",", required),
                        "write the header, or remove the file if it is optional");
                findings.partlyRead(page.file());
                return;
            }
            CSVRecord header = records.next();
            if (!readHeader(header)) {
                return;
            }
            lastPosition = header.getCharacterPosition();
            while (records.hasNext()) {
                CSVRecord row = records.next();
                lastPosition = row.getCharacterPosition();
                if (hasAllFields(row, header.size())) {
                    visitor.accept(new Row(row));
                }
            }
        } catch (UncheckedIOException | IOException e) {
            findings.partlyRead(page.file());
            findings.error(
                    page.place(start(lastPosition)),
                    "a quote in the wrong place, here or in the next record",
                    "CSV as in RFC 4180",
                    "put fields with commas or quotes in quotes, and double the quotes inside");
        }
    }

    private boolean readHeader(CSVRecord header) {
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            if (columns.putIfAbsent(name, i) != null) {
                findings.error(
                        place(header, i),
                        "the column " + Field.quoted(name) + " a second time",
                        "each column once",
                        "remove one of them");
            } else if (!required.contains(name) && !optional.contains(name)) {
                findings.error(
                        place(header, i),
                        "the unknown column " + Field.quoted(name),
                        "columns of " + allColumns(),
                        "mend its name or remove it");
            }
        }
        boolean whole = true;
        for (String name : required) {
            if (!columns.containsKey(name)) {
                findings.error(
                        place(header, 0),
                        "no column '" + name + "'",
                        "columns of " + allColumns(),
                        "add it to the header");
                findings.partlyRead(page.file());
                whole = false;
            }
        }
        return whole;
    }

    private String allColumns() {
        String all = String.join(",", required);
        return optional.isEmpty() ? all : all + "," + String.join(",", optional);
    }

    private boolean hasAllFields(CSVRecord row, int fieldCount) {
        if (row.size() == fieldCount) {
            return true;
        }
        findings.error(
                place(row, Math.min(row.size(), fieldCount) - 1),
                row.size() + " fields",
                fieldCount + " fields, as the header has",
                "add or remove commas, or put a text with commas in quotes");
        findings.partlyRead(page.file());
        return false;
    }

    /// The place of a column's cell in the row that begins at a position.
    Place place(long rowPosition, String column) {
        return page.place(fieldStart(rowPosition, columns.getOrDefault(column, 0)));
    }

    private Place place(CSVRecord row, int field) {
        return page.place(fieldStart(row.getCharacterPosition(), field));
    }

    // Offset of the record's first field: blank lines before it count as its own.
    private int start(long position) {
        String text = page.text();
        int offset = (int) position;
        while (offset < text.length() && isLineEnd(text.charAt(offset))) {
            offset++;
        }
        return offset;
    }

    private int fieldStart(long position, int field) {
        String text = page.text();
        int offset = start(position);
        for (int i = 0; i < field; i++) {
            boolean quoted = false;
            while (offset < text.length() && (quoted || text.charAt(offset) != ',')) {
                quoted ^= text.charAt(offset) == '"';
                offset++;
            }
            offset++;
        }
        return Math.min(offset, text.length());
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    /// One row.
    final class Row {

        private final CSVRecord row;

        private Row(CSVRecord row) {
            this.row = row;
        }

        /// The cell of a column, empty where the file has no such column.
        Field field(String column) {
            @Nullable Integer index = columns.get(column);
            String text = index == null ? "" : row.get(index);
            return new Field(findings, column, text, () -> place(row, index == null ? 0 : index));
        }

        /// By which [CsvPage#place] finds the row again.
        long position() {
            return row.getCharacterPosition();
        }
    }
}
