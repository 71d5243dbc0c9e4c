package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;

/// The accounting of OpenSIPS or Kamailio written by `db_flatstore`: lines of fields with bars
/// between them, without a header, one for each transaction or dialog.
final class OpensipsFlatstore implements Decoder {

    private static final List<String> STANDARD =
            List.of("method", "from_tag", "to_tag", "callid", "sip_code", "sip_reason", "time");

    private static final Pattern BAR = Pattern.compile("%7C", Pattern.CASE_INSENSITIVE);

    private final List<String> columns;
    private final char delimiter;
    private final SipAccounting accounting;

    OpensipsFlatstore(Switch source) {
        Mapping mapping = Mapping.of(source);
        List<String> own = mapping.texts("columns");
        columns = own.isEmpty() ? usual() : own;
        Character between = mapping.character("delimiter", '|');
        accounting = new SipAccounting(source, mapping);
        mapping.refuseOthers();
        if (between == null) {
            throw mapping.wrong("delimiter", "", "one character");
        }
        delimiter = between;
        if (!new HashSet<>(columns).containsAll(STANDARD)) {
            throw mapping.wrong("columns", columns, "among them " + String.join(", ", STANDARD));
        }
        for (String name : accounting.chosen(mapping)) {
            if (!columns.contains(name)) {
                throw mapping.wrong("columns", columns, "'" + name + "' among them");
            }
        }
    }

    /// The standard fields and the extra ones of the configuration that comes with the server.
    private static List<String> usual() {
        List<String> columns = new ArrayList<>(STANDARD);
        columns.addAll(
                List.of("src_user", "src_domain", "src_ip", "dst_ouser", "dst_user", "dst_domain"));
        return columns;
    }

    @Override
    public void decode(InputStream content, RecordSink records) throws IOException {
        CsvReader lines = new CsvReader(content, UTF_8, delimiter, null);
        int number = 0;
        for (List<String> fields = lines.next(); fields != null; fields = lines.next()) {
            CdrRecord record = record(number + 1, lines.byteOffset(), fields);
            if (record != null) {
                records.accept(record);
                number++;
            }
        }
    }

    private @Nullable CdrRecord record(int number, long offset, List<String> fields) {
        CdrRecord.Builder record = CdrRecord.at(number, offset);
        if (fields.size() < STANDARD.size()) {
            return record.malformed(
                            "%d fields; expected %d or more"
                                    .formatted(fields.size(), STANDARD.size()))
                    .build();
        }
        return accounting.record(record, name -> text(fields, name), ContentHash.of(fields));
    }

    private String text(List<String> fields, String name) {
        int index = columns.indexOf(name);
        String text = index < 0 || index >= fields.size() ? "" : fields.get(index);
        return text.indexOf('%') < 0 ? text : BAR.matcher(text).replaceAll("|");
    }
}
