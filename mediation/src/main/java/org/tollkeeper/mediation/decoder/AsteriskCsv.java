package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.tollkeeper.model.Switch;

/// Asterisk's `cdr_csv`: 16 to 21 columns without a header, stamps in the switch's local time. What
/// they mean is in [AsteriskCalls].
final class AsteriskCsv implements Decoder {

    private static final List<String> COLUMNS =
            List.of(
                    "accountcode",
                    "src",
                    "dst",
                    "dcontext",
                    "clid",
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
                    "amaflags");

    private static final List<String> NEWER = List.of("peeraccount", "linkedid", "sequence");

    private static final int LEAST = 16;
    private static final int MOST = 21;

    private final AsteriskCalls calls;
    private final boolean accountIsTrunk;

    AsteriskCsv(Switch source) {
        Mapping mapping = Mapping.of(source);
        calls = new AsteriskCalls(source.timeZone());
        accountIsTrunk =
                mapping.oneOf("ingressTrunk", "channel", List.of("channel", "accountcode"))
                        .equals("accountcode");
        mapping.refuseOthers();
    }

    @Override
    public void decode(InputStream content, RecordSink records) throws IOException {
        CsvReader csv = new CsvReader(content, UTF_8, ',', '"');
        int number = 0;
        for (List<String> fields = csv.next(); fields != null; fields = csv.next()) {
            records.accept(record(++number, csv.byteOffset(), fields));
        }
    }

    private CdrRecord record(int number, long offset, List<String> fields) {
        CdrRecord.Builder record = CdrRecord.at(number, offset);
        if (fields.size() < LEAST || fields.size() > MOST) {
            return record.malformed(
                            "%d fields; expected %d to %d".formatted(fields.size(), LEAST, MOST))
                    .build();
        }
        calls.read(record, name -> text(fields, name));
        return record.ingressTrunk(
                        accountIsTrunk
                                ? text(fields, "accountcode")
                                : AsteriskCalls.peer(text(fields, "channel")))
                .egressTrunk(AsteriskCalls.peer(text(fields, "dstchannel")))
                .content(ContentHash.of(fields))
                .build();
    }

    /// A field by its name: the first sixteen stand in fixed columns, the three of the newer kind
    /// at the end.
    private static String text(List<String> fields, String name) {
        if (name.equals("uniqueid")) {
            return uniqueId(fields);
        }
        int column = COLUMNS.indexOf(name);
        if (column >= 0) {
            return fields.get(column);
        }
        int newer = NEWER.indexOf(name);
        return newer >= 0 && fields.size() > LEAST + 2
                ? fields.get(fields.size() - NEWER.size() + newer)
                : "";
    }

    /// The 17th column holds the unique id if it is written, else perhaps the user's field.
    private static String uniqueId(List<String> fields) {
        if (fields.size() == LEAST || fields.size() == LEAST + 3) {
            return "";
        }
        String text = fields.get(LEAST);
        boolean sure = fields.size() == 18 || fields.size() == MOST;
        return sure || AsteriskCalls.isUniqueId(text) ? text : "";
    }
}
