package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import org.tollkeeper.model.Switch;

/// Call history of Cisco voice gateways and border elements (IOS, CUBE), a record a leg: RADIUS
/// accounting as a RADIUS server writes it into its detail files, or the gateway's own accounting
/// files with a line a leg. What a leg says is in [CiscoLegs].
final class CiscoIosRadius implements Decoder {

    private static final int LOOK_AHEAD_BYTES = 4096;

    /// The columns of the gateway's own files that matter, by their position from 0.
    private static final List<String> FRONT =
            List.of(
                    "record-timestamp",
                    "call-id",
                    "cdr-type",
                    "leg-type",
                    "h323-conf-id",
                    "peer-address",
                    "peer-sub-address",
                    "h323-setup-time",
                    "alert-time",
                    "h323-connect-time",
                    "h323-disconnect-time",
                    "h323-disconnect-cause",
                    "disconnect-text",
                    "h323-call-origin",
                    "charged-units",
                    "info-type",
                    "paks-out",
                    "bytes-out",
                    "paks-in",
                    "bytes-in",
                    "username",
                    "clid",
                    "dnis");

    private final CiscoLegs legs;
    private final int width;

    CiscoIosRadius(Switch source) {
        Mapping mapping = Mapping.of(source);
        legs = new CiscoLegs(source.timeZone(), mapping);
        width = mapping.number("columns", 130);
        mapping.refuseOthers();
    }

    @Override
    public void decode(InputStream content, RecordSink records) throws IOException {
        PushbackInputStream text = new PushbackInputStream(content, LOOK_AHEAD_BYTES);
        byte[] ahead = text.readNBytes(LOOK_AHEAD_BYTES);
        text.unread(ahead);
        if (isOfColumns(new String(ahead, UTF_8))) {
            lines(text, records);
        } else {
            packets(text, records);
        }
    }

    /// Whether a file has lines of columns: a packet has one attribute a line, and no line of it
    /// begins with seconds since 1970 and a comma. A file with nothing but marks has no attribute.
    private static boolean isOfColumns(String ahead) {
        return ahead.indexOf('=') < 0
                || ahead.lines().anyMatch(line -> line.matches("\"?\\d{9,10}\"?,\"?\\d+\"?,.*"));
    }

    private void packets(InputStream content, RecordSink records) throws IOException {
        RadiusDetail detail = new RadiusDetail(content);
        int number = 0;
        for (var packet = detail.next(); packet != null; packet = detail.next()) {
            String status = packet.text("acct-status-type");
            if (OracleSession.isOfTheNode(status)) {
                continue;
            }
            CdrRecord.Builder record = CdrRecord.at(++number, packet.byteOffset());
            switch (status) {
                case "2", "Stop" -> legs.fill(record, packet, true, packet.content());
                case "1", "3", "Start", "Interim-Update", "Alive" ->
                        legs.fill(record, packet, false, packet.content());
                default ->
                        record.malformed(
                                "Acct-Status-Type is '%s'; expected 1, 2 or 3"
                                        .formatted(CiscoLegs.shortened(status)));
            }
            records.accept(record.build());
        }
    }

    /// A line with one field marks something of the file, not a leg.
    private void lines(InputStream content, RecordSink records) throws IOException {
        CsvReader csv = new CsvReader(content, UTF_8, ',', '"');
        int number = 0;
        for (List<String> fields = csv.next(); fields != null; fields = csv.next()) {
            if (fields.size() == 1) {
                continue;
            }
            CdrRecord.Builder record = CdrRecord.at(++number, csv.byteOffset());
            List<String> row = fields;
            boolean isCompact = row.size() == FRONT.size() || row.size() == FRONT.size() + 1;
            if (row.size() != width && !isCompact) {
                record.malformed(
                        "%d fields; expected %d, or %d of the compact form"
                                .formatted(row.size(), width, FRONT.size()));
            } else {
                boolean isOver = !row.get(FRONT.indexOf("h323-disconnect-time")).isBlank();
                legs.fill(record, name -> text(row, name), isOver, ContentHash.of(row));
            }
            records.accept(record.build());
        }
    }

    private static String text(List<String> row, String name) {
        int column = FRONT.indexOf(name);
        if (column < 0) {
            column =
                    switch (name) {
                        case "codec-type-rate" -> 34;
                        case "round-trip-delay" -> 40;
                        case "lost-packets" -> 49;
                        case "h323-voice-quality" -> 70;
                        case "remote-media-address" -> 71;
                        case "out-trunkgroup-label" -> 81;
                        case "out-carrier-id" -> 82;
                        case "in-trunkgroup-label" -> 84;
                        case "in-carrier-id" -> 85;
                        case "gw-rxd-cdn" -> 93;
                        case "gw-rxd-cgn" -> 94;
                        case "gw-final-xlated-cdn" -> 98;
                        case "gw-final-xlated-cgn" -> 99;
                        case "in-intrfc-desc" -> 107;
                        case "out-intrfc-desc" -> 108;
                        case "local-hostname" -> 110;
                        default -> -1;
                    };
        }
        return column < 0 || column >= row.size() ? "" : row.get(column).strip();
    }
}
