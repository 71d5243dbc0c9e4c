package org.tollkeeper.mediation.decoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;

/// Any delimited text, by the switch's mapping: which column is which canonical field, told by the
/// header's names or by position.
final class Delimited implements Decoder {

    private final Charset charset;
    private final char delimiter;
    private final @Nullable Character quote;
    private final boolean hasHeader;
    private final int skippedLines;
    private final Map<String, String> fieldByColumn;
    private final RecordMapping mapping;
    private final FileFrame frame;

    Delimited(Switch source) {
        Mapping keys = Mapping.of(source);
        charset = keys.charset();
        delimiter = keys.delimiter();
        quote = keys.character("quote", '"');
        hasHeader = keys.isTrue("header", true);
        skippedLines = keys.number("skipLines", 0);
        fieldByColumn = columns(keys);
        mapping = RecordMapping.of(source, keys, fieldByColumn.values());
        frame =
                FileFrame.of(
                        keys,
                        column -> hasHeader || position(column) >= 0,
                        "the name of a column, or its number from 1");
        keys.refuseOthers();
    }

    /// Column (its name in the header, or its number from 1) → field. A list gives the fields of
    /// the columns in their order, an empty text for columns of no interest.
    private Map<String, String> columns(Mapping keys) {
        Map<String, String> columns = new LinkedHashMap<>();
        if (keys.isList("columns")) {
            List<String> fields = keys.texts("columns");
            for (int i = 0; i < fields.size(); i++) {
                if (!fields.get(i).isEmpty()) {
                    columns.put(Integer.toString(i + 1), fields.get(i));
                }
            }
        } else {
            columns.putAll(keys.map("columns"));
        }
        for (String column : columns.keySet()) {
            if (!hasHeader && position(column) < 0) {
                throw keys.wrong(
                        "columns", column, "numbers from 1, for there is no header with names");
            }
        }
        return columns;
    }

    private static int position(String column) {
        Integer number = Fields.smallNumber(column);
        return number == null ? -1 : number - 1;
    }

    @Override
    public void decode(InputStream content, RecordSink records)
            throws IOException, UndecodableException {
        CsvReader csv = new CsvReader(content, charset, delimiter, quote);
        for (int i = 0; i < skippedLines; i++) {
            csv.next();
        }
        List<String> header = hasHeader ? csv.next() : null;
        if (hasHeader && header == null) {
            throw new UndecodableException("the file is empty; expected a header line");
        }
        Map<String, Integer> positions = positions(header);
        int least = positions.values().stream().mapToInt(i -> i + 1).max().orElse(0);
        List<String> names = names(header);
        FileFrame.Check check = frame.check(mapping);
        int number = 0;
        for (List<String> fields = csv.next(); fields != null; fields = csv.next()) {
            List<String> row = fields;
            FileFrame.Line kind = check.next(column -> column(row, names, column));
            if (kind == FileFrame.Line.HEADER_OR_TRAILER) {
                continue;
            }
            CdrRecord.Builder record = CdrRecord.at(++number, csv.byteOffset());
            if (kind == FileFrame.Line.UNKNOWN) {
                record.malformed(frame.unknown(column(row, names, frame.typeColumn())));
            }
            if (header != null ? row.size() != header.size() : row.size() < least) {
                int expected = header == null ? least : header.size();
                records.accept(
                        record.malformed("%d fields; expected %d".formatted(row.size(), expected))
                                .build());
            } else {
                records.accept(mapping.record(record, field -> text(row, positions, field)));
                check.add(mapping.durationMs(text(row, positions, "duration")));
            }
        }
        check.end();
    }

    /// The text in a column, by its name or number.
    private static String column(List<String> row, List<String> names, String column) {
        int named = names.indexOf(column);
        int position = named >= 0 ? named : position(column);
        return position < 0 || position >= row.size() ? "" : row.get(position).strip();
    }

    private static List<String> names(@Nullable List<String> header) {
        return header == null ? List.of() : header.stream().map(String::strip).toList();
    }

    private static String text(List<String> fields, Map<String, Integer> positions, String field) {
        Integer position = positions.get(field);
        return position == null ? "" : fields.get(position).strip();
    }

    /// Field → position of its column.
    private Map<String, Integer> positions(@Nullable List<String> header)
            throws UndecodableException {
        List<String> names = names(header);
        Map<String, Integer> positions = new LinkedHashMap<>();
        Set<String> missing = new TreeSet<>();
        if (header != null) {
            for (String column : frame.columns()) {
                if (!names.contains(column) && position(column) < 0) {
                    missing.add(column);
                }
            }
        }
        fieldByColumn.forEach((column, field) -> {
            int named = names.indexOf(column);
            int position = named >= 0 ? named : position(column);
            if (position < 0 || (header != null && position >= names.size())) {
                missing.add(column);
            }
            positions.put(field, position);
        });
        if (!missing.isEmpty()) {
            throw new UndecodableException(
                    "the header has no column %s; it has %s"
                            .formatted(String.join(", ", missing), String.join(", ", names)));
        }
        return positions;
    }
}
