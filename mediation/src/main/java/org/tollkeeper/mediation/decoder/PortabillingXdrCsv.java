package org.tollkeeper.mediation.decoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;

/// Exports of PortaBilling's extended records (xDR): columns by the header's names, which the user
/// of its pages chooses.
///
/// A call has a record for each party it is charged to: account, customer, reseller, vendor. They
/// share the conference id and are one call, however many of them are exported: a vendor's record
/// fills in the way out, and of the others the first is the call.
///
/// A call was answered if it ended later than it connected.
final class PortabillingXdrCsv implements Decoder {

    private static final List<String> IDS = List.of("i_xdr", "xdr_id", "id");
    private static final List<String> CONFERENCES = List.of("h323_conf_id", "conf_id", "call_id");
    private static final List<String> CALLING = List.of("cli", "ani", "from");
    private static final List<String> CALLED = List.of("cld", "cdd", "to", "destination_number");
    private static final List<String> ACCOUNTS = List.of("account_id", "account");
    private static final List<String> VENDORS =
            List.of("connection", "vendor", "i_connection", "i_vendor");

    private static final DateTimeFormatter STAMP = Fields.stamp("yyyy-MM-dd HH:mm:ss");

    private final LocalClock wall;
    private final Charset charset;
    private final char delimiter;
    private final String ingressTrunk;
    private final String egressTrunk;

    PortabillingXdrCsv(Switch source) {
        Mapping mapping = Mapping.of(source);
        wall = new LocalClock(source.timeZone());
        charset = mapping.charset();
        delimiter = mapping.delimiter();
        ingressTrunk = mapping.text("ingressTrunk", "");
        egressTrunk = mapping.text("egressTrunk", "");
        mapping.refuseOthers();
    }

    @Override
    public void decode(InputStream content, RecordSink records)
            throws IOException, UndecodableException {
        CsvReader csv = new CsvReader(content, charset, delimiter, '"');
        List<String> header = csv.next();
        if (header == null) {
            throw new UndecodableException("the file is empty; expected a header line");
        }
        NamedColumns columns = new NamedColumns(header);
        require(columns, header, CALLED);
        require(columns, header, List.of("unix_connect_time", "connect_time"));
        require(columns, header, List.of("unix_disconnect_time", "disconnect_time"));
        int number = 0;
        for (List<String> row = csv.next(); row != null; row = csv.next()) {
            CdrRecord.Builder record = CdrRecord.at(++number, csv.byteOffset());
            if (row.size() != columns.width()) {
                record.malformed(
                        "%d fields, but the header has %d".formatted(row.size(), columns.width()));
            } else {
                fill(record, new Row(columns, row));
            }
            records.accept(record.build());
        }
    }

    private static void require(NamedColumns columns, List<String> header, List<String> names)
            throws UndecodableException {
        if (names.stream().noneMatch(columns::has)) {
            throw new UndecodableException(
                    "the header has no column %s; it has %s"
                            .formatted(String.join(" or ", names), String.join(", ", header)));
        }
    }

    /// A row and the names of its columns.
    private record Row(NamedColumns columns, List<String> fields) {

        String text(String name) {
            return columns.text(fields, name);
        }

        String first(List<String> names) {
            return columns.first(fields, names);
        }
    }

    private void fill(CdrRecord.Builder record, Row row) {
        String xdr = row.first(IDS);
        String conference = row.first(CONFERENCES);
        if (xdr.isEmpty() && conference.isEmpty()) {
            record.malformed("neither i_xdr nor h323_conf_id");
        }
        String account = ingressTrunk.isEmpty() ? row.first(ACCOUNTS) : row.text(ingressTrunk);
        String vendor = egressTrunk.isEmpty() ? row.first(VENDORS) : row.text(egressTrunk);
        long content = ContentHash.of(row.fields);
        boolean isVendors =
                !conference.isEmpty() && !vendor.isEmpty() && row.first(ACCOUNTS).isEmpty();
        record.callId(conference.isEmpty() ? xdr : conference)
                .kind(isVendors ? RecordKind.END : RecordKind.STOP)
                .content(content)
                .ingressTrunk(isVendors ? "" : account)
                .egressTrunk(vendor)
                .calling(row.first(CALLING))
                .called(row.first(CALLED))
                .cause(row.text("disconnect_cause"))
                .detail(Detail.NATIVE_ID, xdr)
                .detail(Detail.NATIVE_CAUSE, row.text("disconnect_reason"))
                .detail(Detail.NATIVE_DURATION, row.text("charged_quantity"));
        if (isVendors) {
            long own = xdr.isEmpty() ? content : new ContentHash().add(xdr).value();
            record.sequence((int) (own & Integer.MAX_VALUE));
        }
        times(record, row);
    }

    /// The quantity is what was charged, rounded up as the customer's rates say, and so not the
    /// duration; below 0 it takes back what another record charged.
    private void times(CdrRecord.Builder record, Row row) {
        Long connect = instant(record, row, "connect_time", null);
        Instant begun = connect == null ? null : Instant.ofEpochMilli(connect);
        Long release = instant(record, row, "disconnect_time", begun);
        if (connect == null || release == null) {
            record.malformed("connect_time or disconnect_time is empty");
            return;
        }
        String failed = row.text("failed");
        boolean answered = !connect.equals(release) && (failed.isEmpty() || failed.equals("0"));
        String quantity = row.text("charged_quantity");
        Long charged = Fields.secondsAsMs(quantity);
        if (charged == null && !quantity.isEmpty()) {
            record.malformed(
                    "charged_quantity is '%s'; expected seconds"
                            .formatted(
                                    quantity.length() <= 40
                                            ? quantity
                                            : quantity.substring(0, 40)));
        }
        record.setupMs(connect).connectMs(answered ? connect : null).releaseMs(release);
        if (charged != null && charged < 0) {
            record.durationMs(charged);
        }
    }

    /// Seconds since 1970 where there are any, else a stamp on the switch's clock.
    private @Nullable Long instant(
            CdrRecord.Builder record, Row row, String name, @Nullable Instant near) {
        String epoch = row.text("unix_" + name);
        String text = epoch.isEmpty() ? row.text(name) : epoch;
        if (text.isEmpty() || text.equals("0")) {
            return null;
        }
        Long seconds = Fields.secondsAsMs(text);
        if (seconds != null) {
            return seconds;
        }
        var local = epoch.isEmpty() ? Fields.localTime(text.replace('T', ' '), STAMP) : null;
        if (local == null) {
            record.malformed(
                    "%s is '%s'; expected seconds since 1970 or YYYY-MM-DD HH:MM:SS"
                            .formatted(name, text.length() <= 40 ? text : text.substring(0, 40)));
            return null;
        }
        return wall.instant(record, local, near);
    }
}
