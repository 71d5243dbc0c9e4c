package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;

/// Cisco Unified Communications Manager's flat files: calls (`cdr_…`) and the quality that phones
/// and gateways report of them (`cmr_…`). The first line has the names of the columns, the second
/// their types; releases add columns at the end.
///
/// A call was connected if it has a connect time. The quality joins its call by cluster, node and
/// call number.
final class CiscoCucmCsv implements Decoder {

    private static final String CALL = "1";
    private static final String QUALITY = "2";

    /// A call that ended only because it became another one: a transfer, a conference.
    private static final String SPLIT = "393216";

    /// Where the columns are in files without names, from 1.
    private static final Map<String, Integer> CALL_COLUMNS =
            Map.ofEntries(
                    entry("globalcallid_callmanagerid", 2),
                    entry("globalcallid_callid", 3),
                    entry("origlegcallidentifier", 4),
                    entry("datetimeorigination", 5),
                    entry("callingpartynumber", 9),
                    entry("origcause_value", 12),
                    entry("origmediacap_payloadcapability", 16),
                    entry("destlegidentifier", 26),
                    entry("originalcalledpartynumber", 30),
                    entry("finalcalledpartynumber", 31),
                    entry("destcause_value", 34),
                    entry("destmediacap_payloadcapability", 38),
                    entry("datetimeconnect", 48),
                    entry("datetimedisconnect", 49),
                    entry("pkid", 51),
                    entry("duration", 56),
                    entry("origdevicename", 57),
                    entry("destdevicename", 58),
                    entry("destconversationid", 65),
                    entry("globalcallid_clusterid", 66),
                    entry("origconversationid", 75));

    private static final Map<String, Integer> QUALITY_COLUMNS =
            Map.ofEntries(
                    entry("globalcallid_callmanagerid", 2),
                    entry("globalcallid_callid", 3),
                    entry("callidentifier", 6),
                    entry("datetimestamp", 7),
                    entry("numberpacketsreceived", 10),
                    entry("numberpacketslost", 12),
                    entry("jitter", 13),
                    entry("latency", 14),
                    entry("globalcallid_clusterid", 17),
                    entry("varvqmetrics", 19));

    private static final Map<String, String> CODECS =
            Map.ofEntries(
                    entry("2", "PCMA"),
                    entry("3", "PCMA"),
                    entry("4", "PCMU"),
                    entry("5", "PCMU"),
                    entry("6", "G722"),
                    entry("7", "G722"),
                    entry("8", "G722"),
                    entry("9", "G723"),
                    entry("10", "G728"),
                    entry("11", "G729"),
                    entry("12", "G729A"),
                    entry("15", "G729B"),
                    entry("16", "G729AB"),
                    entry("18", "GSM"),
                    entry("86", "iLBC"),
                    entry("90", "opus"));

    /// A line of fewer fields is of no use.
    private static final int LEAST = 19;

    private final String ingressTrunk;
    private final String egressTrunk;
    private final String called;
    private final List<String> ownDevices;

    CiscoCucmCsv(Switch source) {
        Mapping mapping = Mapping.of(source);
        ingressTrunk = mapping.text("ingressTrunk", "origDeviceName");
        egressTrunk = mapping.text("egressTrunk", "destDeviceName");
        called = mapping.text("called", "originalCalledPartyNumber");
        ownDevices = mapping.texts("ownDevices");
        mapping.refuseOthers();
    }

    @Override
    public void decode(InputStream content, RecordSink records) throws IOException {
        CsvReader csv = new CsvReader(content, UTF_8, ',', '"');
        Map<String, Integer> names = null;
        int width = 0;
        int number = 0;
        for (List<String> fields = csv.next(); fields != null; fields = csv.next()) {
            String first = fields.getFirst().strip();
            if (first.equalsIgnoreCase("cdrRecordType")) {
                names = names(fields);
                width = fields.size();
            } else if (!first.equals("INTEGER")) {
                records.accept(
                        record(++number, csv.byteOffset(), new Row(first, fields, names), width));
            }
        }
    }

    private static Map<String, Integer> names(List<String> header) {
        Map<String, Integer> names = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            names.putIfAbsent(header.get(i).strip().toLowerCase(Locale.ROOT), i + 1);
        }
        return names;
    }

    private CdrRecord record(int number, long offset, Row row, int width) {
        CdrRecord.Builder record = CdrRecord.at(number, offset);
        if (!row.type.equals(CALL) && !row.type.equals(QUALITY)) {
            return record.malformed("cdrRecordType is '%s'; expected 1 or 2".formatted(row.type))
                    .build();
        }
        if (row.names == null ? row.fields.size() < LEAST : row.fields.size() != width) {
            return record.malformed(
                            "%d fields; expected %s"
                                    .formatted(
                                            row.fields.size(),
                                            row.names == null ? LEAST + " or more" : width))
                    .build();
        }
        String call = row.text("globalCallID_callId");
        if (call.isEmpty()) {
            record.malformed("globalCallID_callId is empty");
        }
        record.callId(
                        Stream.of(
                                        row.text("globalCallID_ClusterID"),
                                        row.text("globalCallID_callManagerId"),
                                        call)
                                .filter(Predicate.not(String::isEmpty))
                                .collect(Collectors.joining(":")))
                .content(ContentHash.of(row.fields));
        if (row.type.equals(CALL)) {
            call(record, row);
        } else {
            quality(record, row);
        }
        return record.build();
    }

    private void call(CdrRecord.Builder record, Row row) {
        Long origination = row.instant("dateTimeOrigination", record);
        Long connect = row.instant("dateTimeConnect", record);
        if (origination == null) {
            record.malformed("dateTimeOrigination is empty");
        }
        String seconds = row.text("duration");
        Long duration = Fields.secondsAsMs(seconds);
        if (duration == null && !seconds.isEmpty()) {
            record.malformed("duration is '%s'; expected seconds".formatted(seconds));
        }
        String number = row.text(called);
        record.kind(RecordKind.STOP)
                .legId(legId(row, connect != null))
                .ingressTrunk(trunk(row.text(ingressTrunk)))
                .egressTrunk(trunk(row.text(egressTrunk)))
                .calling(row.text("callingPartyNumber"))
                .called(number.isEmpty() ? row.text("finalCalledPartyNumber") : number)
                .setupMs(origination)
                .connectMs(connect)
                .releaseMs(row.instant("dateTimeDisconnect", record))
                .durationMs(connect == null ? null : duration)
                .codec(codec(row.text("origMediaCap_payloadCapability")))
                .detail(Detail.NATIVE_ID, row.text("pkid"))
                .detail(Detail.CORRELATION_ID, row.text("origDeviceSessionID"))
                .detail(Detail.CALLING_OUT, row.text("outpulsedCallingPartyNumber"))
                .detail(Detail.CALLED_OUT, row.text("outpulsedCalledPartyNumber"))
                .detail(Detail.INGRESS_ADDRESS, row.text("origIpv4v6Addr"))
                .detail(Detail.EGRESS_ADDRESS, row.text("destIpv4v6Addr"))
                .detail(Detail.INGRESS_SIP_CALL_ID, row.text("IncomingProtocolCallRef"))
                .detail(Detail.EGRESS_SIP_CALL_ID, row.text("OutgoingProtocolCallRef"))
                .detail(Detail.CODEC_OUT, codec(row.text("destMediaCap_payloadCapability")));
        String ours = row.cause("origCause_value");
        String theirs = row.cause("destCause_value");
        String cause = ours.isEmpty() ? theirs : ours;
        Integer code = Fields.smallNumber(cause);
        // Above 127 are CUCM's own, such as that of a call that became another one.
        if (code != null && code < 128) {
            record.cause(cause);
        } else {
            record.detail(Detail.NATIVE_CAUSE, cause);
        }
        if (ours.isEmpty() != theirs.isEmpty()) {
            record.detail(Detail.RELEASE_INITIATOR, ours.isEmpty() ? "B" : "A");
        }
    }

    /// Empty for a connected call that ended for good, which its quality joins. The records of
    /// attempts, of calls that became another one and of conferences share a call number and
    /// perhaps a second, so that only their legs tell them apart.
    private static String legId(Row row, boolean connected) {
        boolean isFinal =
                connected
                        && !row.text("origCause_value").equals(SPLIT)
                        && !row.text("destCause_value").equals(SPLIT)
                        && row.cause("origConversationID").isEmpty()
                        && row.cause("destConversationID").isEmpty();
        return isFinal
                ? ""
                : row.text("origLegCallIdentifier") + "/" + row.text("destLegIdentifier");
    }

    private String trunk(String device) {
        return ownDevices.stream().anyMatch(device::startsWith) ? "" : device;
    }

    private static String codec(String capability) {
        return capability.equals("0") ? "" : CODECS.getOrDefault(capability, capability);
    }

    /// What a phone or gateway received: the score only if it reports one.
    private static void quality(CdrRecord.Builder record, Row row) {
        Long stamp = row.instant("dateTimeStamp", record);
        if (stamp == null) {
            record.malformed("dateTimeStamp is empty");
        }
        // Both ends report in the same second: what tells their records apart is their leg.
        Integer leg = Fields.smallNumber(row.text("callIdentifier"));
        record.kind(RecordKind.MEDIA)
                .sequence(leg == null ? 0 : leg)
                .releaseMs(stamp)
                .mos(metric(row.text("varVQMetrics")));
        if (!row.text("numberPacketsReceived").equals("0")) {
            record.detail(Detail.JITTER_MS, row.text("jitter"))
                    .detail(Detail.LOST_PACKETS, row.text("numberPacketsLost"))
                    .detail(Detail.ROUND_TRIP_MS, row.cause("latency"));
        }
    }

    private static String metric(String metrics) {
        for (String metric : metrics.split(";", -1)) {
            String score = metric.startsWith("MLQK=") ? metric.substring(5).strip() : "";
            if (!score.isEmpty() && !score.matches("0*\\.?0*")) {
                return score;
            }
        }
        return "";
    }

    /// A line by the names of its columns.
    private static final class Row {
        private final String type;
        private final List<String> fields;
        private final @Nullable Map<String, Integer> names;

        Row(String type, List<String> fields, @Nullable Map<String, Integer> names) {
            this.type = type;
            this.fields = fields;
            this.names = names;
        }

        String text(String name) {
            Map<String, Integer> columns =
                    names != null ? names : type.equals(CALL) ? CALL_COLUMNS : QUALITY_COLUMNS;
            int column = Objects.requireNonNullElse(columns.get(name.toLowerCase(Locale.ROOT)), 0);
            return column == 0 || column > fields.size() ? "" : fields.get(column - 1).strip();
        }

        /// A number, empty where it is 0.
        String cause(String name) {
            String text = text(name);
            return text.equals("0") ? "" : text;
        }

        /// Seconds since 1970; 0 = it did not happen.
        @Nullable Long instant(String name, CdrRecord.Builder record) {
            String text = text(name);
            if (text.isEmpty() || text.equals("0")) {
                return null;
            }
            Long instant = Fields.secondsAsMs(text);
            if (instant == null) {
                record.malformed("%s is '%s'; expected seconds since 1970".formatted(name, text));
            }
            return instant;
        }
    }
}
