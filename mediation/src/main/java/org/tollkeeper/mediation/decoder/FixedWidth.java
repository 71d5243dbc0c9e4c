package org.tollkeeper.mediation.decoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import org.tollkeeper.model.CdrMapping;
import org.tollkeeper.model.Switch;

/// Any text of lines whose fields stand in fixed positions, by the switch's mapping: which
/// positions are which canonical field.
final class FixedWidth implements Decoder {

    private static final String A_RANGE = "positions from 1, such as 5-12 or 5";

    private final Charset charset;
    private final int skippedLines;
    private final Map<String, CdrMapping.Range> ranges = new HashMap<>();
    private final RecordMapping mapping;
    private final FileFrame frame;
    private final int least;

    FixedWidth(Switch source) {
        Mapping keys = Mapping.of(source);
        charset = keys.charset();
        skippedLines = keys.number("skipLines", 0);
        int longest = 0;
        Map<String, String> fieldByColumn = keys.map("columns");
        for (var column : fieldByColumn.entrySet()) {
            CdrMapping.Range range = CdrMapping.Range.of(column.getKey());
            if (range == null) {
                throw keys.wrong("columns", column.getKey(), A_RANGE);
            }
            ranges.put(column.getValue(), range);
            longest = Math.max(longest, range.to());
        }
        least = longest;
        mapping = RecordMapping.of(source, keys, fieldByColumn.values());
        frame = FileFrame.of(keys, text -> CdrMapping.Range.of(text) != null, A_RANGE);
        keys.refuseOthers();
    }

    @Override
    public void decode(InputStream content, RecordSink records)
            throws IOException, UndecodableException {
        LineReader lines = new LineReader(content, charset);
        for (int i = 0; i < skippedLines; i++) {
            lines.next();
        }
        FileFrame.Check check = frame.check(mapping);
        int number = 0;
        for (String next = lines.next(); next != null; next = lines.next()) {
            String line = next;
            FileFrame.Line kind = check.next(column -> text(line, column));
            if (kind != FileFrame.Line.HEADER_OR_TRAILER) {
                CdrRecord.Builder record = CdrRecord.at(++number, lines.byteOffset());
                if (kind == FileFrame.Line.UNKNOWN) {
                    record.malformed(frame.unknown(text(line, frame.typeColumn())));
                }
                if (line.length() < least) {
                    record.malformed("%d characters; expected %d".formatted(line.length(), least));
                    records.accept(record.build());
                } else {
                    records.accept(mapping.record(record, field -> field(line, field)));
                    check.add(mapping.durationMs(field(line, "duration")));
                }
            }
        }
        check.end();
    }

    private String field(String line, String field) {
        CdrMapping.Range range = ranges.get(field);
        return range == null ? "" : range.in(line);
    }

    private static String text(String line, String column) {
        CdrMapping.Range range = CdrMapping.Range.of(column);
        return range == null ? "" : range.in(line);
    }
}
