package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;

/// Asterisk's `cdr_custom`: the columns that its configuration names, in that order, without a
/// header. What they mean is in [AsteriskCalls].
final class AsteriskCustom implements Decoder {

    /// The columns of the configuration that comes with Asterisk.
    private static final List<String> USUAL =
            List.of(
                    "clid",
                    "src",
                    "dst",
                    "dcontext",
                    "channel",
                    "dstchannel",
                    "lastapp",
                    "lastdata",
                    "start",
                    "answer",
                    "end",
                    "duration",
                    "billsec",
                    "disposition",
                    "amaflags",
                    "accountcode",
                    "uniqueid",
                    "userfield",
                    "sequence");

    private static final List<String> NEEDED = List.of("dst", "start", "answer", "disposition");

    private final AsteriskCalls calls;
    private final List<String> columns;
    private final char delimiter;
    private final @Nullable Character quote;
    private final String ingressTrunk;
    private final String egressTrunk;

    AsteriskCustom(Switch source) {
        Mapping mapping = Mapping.of(source);
        calls = new AsteriskCalls(source.timeZone());
        List<String> own = mapping.texts("columns");
        columns = own.isEmpty() ? USUAL : own;
        if (!columns.containsAll(NEEDED)
                || !(columns.contains("uniqueid") || columns.contains("channel"))) {
            throw mapping.wrong(
                    "columns",
                    columns,
                    "among them %s, and uniqueid or channel".formatted(String.join(", ", NEEDED)));
        }
        Character between = mapping.character("delimiter", ',');
        quote = mapping.character("quote", '"');
        ingressTrunk = column(mapping, "ingressTrunk", "channel");
        egressTrunk = column(mapping, "egressTrunk", "dstchannel");
        mapping.refuseOthers();
        if (between == null) {
            throw mapping.wrong("delimiter", "", "one character");
        }
        delimiter = between;
    }

    private String column(Mapping mapping, String key, String otherwise) {
        String column = mapping.text(key, otherwise);
        if (mapping.has(key) && !columns.contains(column)) {
            throw mapping.wrong(key, column, "one of " + String.join(", ", columns));
        }
        return column;
    }

    @Override
    public void decode(InputStream content, RecordSink records) throws IOException {
        CsvReader csv = new CsvReader(content, UTF_8, delimiter, quote);
        int number = 0;
        for (List<String> fields = csv.next(); fields != null; fields = csv.next()) {
            records.accept(record(++number, csv.byteOffset(), fields));
        }
    }

    private CdrRecord record(int number, long offset, List<String> fields) {
        CdrRecord.Builder record = CdrRecord.at(number, offset);
        if (fields.size() != columns.size()) {
            return record.malformed(
                            "%d fields, but the mapping has %d"
                                    .formatted(fields.size(), columns.size()))
                    .build();
        }
        calls.read(record, name -> text(fields, name));
        String cause = text(fields, "hangupcause");
        if (!cause.isEmpty() && !cause.equals("0")) {
            record.cause(cause);
        }
        return record.ingressTrunk(trunk(fields, ingressTrunk))
                .egressTrunk(trunk(fields, egressTrunk))
                .content(ContentHash.of(fields))
                .build();
    }

    /// The peer of a channel; any other field as it is.
    private String trunk(List<String> fields, String column) {
        String text = text(fields, column);
        return column.endsWith("channel") ? AsteriskCalls.peer(text) : text;
    }

    private String text(List<String> fields, String name) {
        int column = columns.indexOf(name);
        return column < 0 ? "" : fields.get(column);
    }
}
