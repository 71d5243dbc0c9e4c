package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;

/// Call records of AudioCodes Mediant session border controllers, from syslog or local storage:
/// fields between bars (or commas), header lines among them that name the fields. The record of the
/// leg that came in is the call; that of the leg that went out fills in the way out, and media
/// records the quality. They share the session id.
final class AudiocodesSdr implements Decoder {

    private static final List<String> SIGNALLING =
            List.of(
                    "sbcreporttype",
                    "eptyp",
                    "sipcallid",
                    "sessionid",
                    "orig",
                    "sourceip",
                    "sourceport",
                    "destip",
                    "destport",
                    "transporttype",
                    "srcuri",
                    "srcuribeforemap",
                    "dsturi",
                    "dsturibeforemap",
                    "durat",
                    "trmsd",
                    "trmreason",
                    "trmreasoncategory",
                    "setuptime",
                    "connecttime",
                    "releasetime",
                    "redirectreason",
                    "redirecturinum",
                    "redirecturinumbeforemap",
                    "txsigipdiffserv",
                    "ipgroup",
                    "srdid",
                    "sipinterfaceid",
                    "proxysetid",
                    "ipprofileid",
                    "mediarealmid",
                    "directmedia",
                    "siptrmreason",
                    "siptermdesc");

    private static final List<String> MEDIA =
            List.of(
                    "mediareporttype",
                    "sipcallid",
                    "sessionid",
                    "cid",
                    "mediatype",
                    "coder",
                    "intrv",
                    "localrtpip",
                    "localrtpport",
                    "remotertpip",
                    "remotertpport",
                    "inpackets",
                    "outpackets",
                    "localpackloss",
                    "remotepackloss",
                    "rtpdelay",
                    "rtpjitter",
                    "txrtpssrc",
                    "rxrtpssrc",
                    "localrfactor",
                    "remoterfactor",
                    "localmoscq",
                    "remotemoscq");

    /// Longer names of fields that some releases print in their headers.
    private static final Map<String, String> LONGER =
            Map.of("duration", "durat", "ipgroupname", "ipgroup", "ipgroupid", "ipgroup");

    private static final Map<String, Integer> UNITS_MS =
            Map.of("s", 1000, "ds", 100, "cs", 10, "ms", 1);

    private static final Map<String, String> CAUSES =
            Map.of("NORMAL_CALL_CLEAR", "16", "BUSY", "17", "NO_ANSWER", "19");

    private static final List<String> TRUNK_NAMES =
            List.of(
                    "ipGroup",
                    "srdId",
                    "sipInterfaceId",
                    "proxySetId",
                    "ipProfileId",
                    "mediaRealmId",
                    "remoteAddress");

    private static final int SESSIONS = 20_000;
    private static final String NONE = "4294967295";

    private final GatewayTime time;
    private final int unitMs;
    private final String ingressTrunk;
    private final String egressTrunk;

    AudiocodesSdr(Switch source) {
        Mapping mapping = Mapping.of(source);
        time = new GatewayTime(source.timeZone());
        String unit = mapping.oneOf("durationUnit", "s", List.of("s", "ds", "cs", "ms"));
        unitMs = UNITS_MS.getOrDefault(unit, 1000);
        ingressTrunk = mapping.oneOf("ingressTrunk", "ipGroup", TRUNK_NAMES);
        egressTrunk = mapping.oneOf("egressTrunk", "ipGroup", TRUNK_NAMES);
        mapping.refuseOthers();
    }

    /// When the sessions seen of late began, so many that a call's media records find it.
    private static final class Recent extends LinkedHashMap<String, Long> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > SESSIONS;
        }
    }

    @Override
    public void decode(InputStream content, RecordSink records) throws IOException {
        new Reading().read(content, records);
    }

    /// One pass over a file: the headers in force, and the sessions seen of late.
    private final class Reading {

        private List<String> signalling = SIGNALLING;
        private List<String> media = MEDIA;
        private @Nullable Long lastMs;
        private final Map<String, Long> sessions = new Recent();

        void read(InputStream content, RecordSink records) throws IOException {
            LineReader lines = new LineReader(content, UTF_8);
            int number = 0;
            for (String line = lines.next(); line != null; line = lines.next()) {
                List<String> fields = fields(line);
                String type = fields.getFirst();
                if (type.equalsIgnoreCase("SBCReportType")) {
                    signalling = names(fields);
                } else if (type.equalsIgnoreCase("MediaReportType")) {
                    media = names(fields);
                } else if (!type.startsWith("DIALOG_")) {
                    CdrRecord.Builder record = CdrRecord.at(++number, lines.byteOffset());
                    fill(record, type, fields);
                    records.accept(record.build());
                }
            }
        }

        private void fill(CdrRecord.Builder record, String type, List<String> fields) {
            record.content(ContentHash.of(fields));
            int hash = (int) (ContentHash.of(fields) & Integer.MAX_VALUE);
            switch (type) {
                case "CALL_START", "CALL_CONNECT" -> {
                    call(record, new Line(fields, signalling));
                    record.kind(RecordKind.UPDATE).sequence(hash);
                }
                case "CALL_END" -> {
                    Line line = new Line(fields, signalling);
                    call(record, line);
                    if (line.isEgress() && line.hasSession()) {
                        record.kind(RecordKind.END).sequence(hash);
                    } else {
                        record.kind(RecordKind.STOP);
                    }
                }
                case "MEDIA_START", "MEDIA_UPDATE" -> {
                    ids(record, new Line(fields, media));
                    record.kind(RecordKind.UPDATE).sequence(hash);
                }
                case "MEDIA_END" -> {
                    media(record, new Line(fields, media));
                    record.kind(RecordKind.MEDIA).sequence(hash);
                }
                default ->
                        record.malformed(
                                "the report type is '%s'; expected CALL_… or MEDIA_…"
                                        .formatted(
                                                type.length() <= 40
                                                        ? type
                                                        : type.substring(0, 40)));
            }
        }

        private void call(CdrRecord.Builder record, Line line) {
            record.callId(line.callId());
            if (line.callId().isEmpty()) {
                record.malformed("SessionId and SIPCallId are empty");
            }
            boolean isEgress = line.isEgress();
            if (!isEgress && !line.text("orig").equals("RMT")) {
                record.malformed("Orig is '%s'; expected LCL or RMT".formatted(line.shown("orig")));
            }
            times(record, line);
            String trunk = line.trunk(isEgress ? egressTrunk : ingressTrunk);
            if (isEgress) {
                record.egressTrunk(trunk)
                        .detail(Detail.EGRESS_SIP_CALL_ID, line.text("sipcallid"))
                        .detail(Detail.CALLED_OUT, user(line.text("dsturi")));
            } else {
                record.ingressTrunk(trunk)
                        .detail(Detail.INGRESS_SIP_CALL_ID, line.text("sipcallid"));
            }
            record.calling(user(line.first("srcuribeforemap", "srcuri")))
                    .called(user(line.first("dsturibeforemap", "dsturi")));
            outcome(record, line);
        }

        private void times(CdrRecord.Builder record, Line line) {
            Long setup = time.in(record, "SetupTime", line.text("setuptime"));
            Long connect = time.in(record, "ConnectTime", line.text("connecttime"));
            Long release = time.in(record, "ReleaseTime", line.text("releasetime"));
            Long own = setup != null ? setup : connect != null ? connect : release;
            if (own == null) {
                record.malformed("SetupTime is empty");
            } else {
                lastMs = own;
                sessions.put(line.callId(), own);
            }
            record.setupMs(own).connectMs(connect).releaseMs(release);
            String stated = line.text("durat");
            Long units = Fields.integer(stated);
            if (units == null && !stated.isEmpty()) {
                record.malformed("Durat is '%s'; expected a number".formatted(line.shown("durat")));
            }
            if (connect != null && units != null && !stated.equals(NONE)) {
                record.durationMs(duration(connect, release, units));
            }
        }

        private void ids(CdrRecord.Builder record, Line line) {
            Long own = sessions.getOrDefault(line.callId(), lastMs);
            record.callId(line.callId()).setupMs(own);
            if (own == null) {
                record.malformed("a media record before any call: its time is unknown");
            }
        }

        /// Which side it is of is for its call to know, whose legs have their Call-IDs.
        private void media(CdrRecord.Builder record, Line line) {
            ids(record, line);
            String mos = line.measure("localmoscq", 127);
            record.codec(line.text("coder"))
                    .mos(mos.isEmpty() ? "" : score(mos))
                    .detail(Detail.SIP_CALL_ID, line.text("sipcallid"))
                    .detail(Detail.R_FACTOR, line.measure("localrfactor", 127))
                    .detail(Detail.JITTER_MS, line.measure("rtpjitter", -1))
                    .detail(Detail.LOST_PACKETS, line.measure("localpackloss", -1))
                    .detail(Detail.ROUND_TRIP_MS, line.measure("rtpdelay", -1));
        }
    }

    /// Whole seconds are cut, so the times are more exact where they agree (null).
    private @Nullable Long duration(long connect, @Nullable Long release, long units) {
        long stated = Math.abs(units) > Long.MAX_VALUE / 1000 ? units : units * unitMs;
        boolean agrees = release != null && Math.abs(release - connect - stated) <= 1000;
        return agrees ? null : Long.valueOf(stated);
    }

    private static void outcome(CdrRecord.Builder record, Line line) {
        String reason = line.text("siptrmreason");
        record.cause(CAUSES.getOrDefault(line.text("trmreasoncategory"), ""))
                .sipCode(reason.matches("[1-6]\\d\\d") ? reason : "")
                .detail(Detail.NATIVE_CAUSE, line.text("trmreason"));
        if (line.text("trmsd").equals("RMT")) {
            record.detail(Detail.RELEASE_INITIATOR, line.isEgress() ? "B" : "A");
        }
    }

    /// A score in tenths, such as 42 for 4.2.
    private static String score(String tenths) {
        return tenths.length() == 1
                ? "0." + tenths
                : tenths.substring(0, tenths.length() - 1)
                        + '.'
                        + tenths.charAt(tenths.length() - 1);
    }

    private static String user(String address) {
        int at = address.indexOf('@');
        return at < 0 ? address : address.substring(0, at);
    }

    /// The fields between the bars, from the report type on; without a bar, commas part.
    private static List<String> fields(String line) {
        int bar = line.indexOf('|');
        int from = 0;
        if (bar >= 0) {
            int last = line.substring(0, bar).stripTrailing().lastIndexOf(' ') + 1;
            from = isReportType(line.substring(last, bar).strip()) ? last : bar + 1;
        }
        List<String> fields = new ArrayList<>();
        for (String field : line.substring(from).split(bar < 0 ? "," : "\\|", -1)) {
            fields.add(field.strip());
        }
        return fields;
    }

    private static boolean isReportType(String text) {
        return text.startsWith("CALL_")
                || text.startsWith("MEDIA_")
                || text.startsWith("DIALOG_")
                || text.endsWith("ReportType");
    }

    private static List<String> names(List<String> header) {
        List<String> names = new ArrayList<>();
        for (String field : header) {
            StringBuilder letters = new StringBuilder();
            for (int i = 0; i < field.length() && field.charAt(i) != '('; i++) {
                if (Character.isLetter(field.charAt(i))) {
                    letters.append(field.charAt(i));
                }
            }
            String name = letters.toString().toLowerCase(Locale.ROOT);
            names.add(LONGER.getOrDefault(name, name));
        }
        return names;
    }

    /// A line and the names of its fields.
    private static final class Line {

        private final List<String> fields;
        private final Map<String, Integer> places = new HashMap<>();

        Line(List<String> fields, List<String> names) {
            this.fields = fields;
            for (int i = 0; i < Math.min(fields.size(), names.size()); i++) {
                places.putIfAbsent(names.get(i), i);
            }
        }

        String text(String name) {
            Integer place = places.get(name);
            return place == null ? "" : fields.get(place);
        }

        String shown(String name) {
            String text = text(name);
            return text.length() <= 40 ? text : text.substring(0, 40);
        }

        String first(String name, String otherwise) {
            String text = text(name);
            return text.isEmpty() ? text(otherwise) : text;
        }

        /// Old firmware has no sessions and writes 0.
        boolean hasSession() {
            String session = text("sessionid");
            return !session.isEmpty() && !session.equals("0") && !session.equals("-1");
        }

        String callId() {
            return text(hasSession() ? "sessionid" : "sipcallid");
        }

        /// Whether the border controller sent the INVITE of this leg.
        boolean isEgress() {
            return text("orig").equals("LCL");
        }

        /// A number that is there and no sentinel.
        String measure(String name, int none) {
            Integer number = Fields.smallNumber(text(name));
            return number == null || number == none ? "" : number.toString();
        }

        /// The name in `2 (name)`, or the number where there is no name.
        String trunk(String by) {
            if (by.equals("remoteAddress")) {
                return isEgress() ? text("destip") : text("sourceip");
            }
            String text = text(by.toLowerCase(Locale.ROOT));
            int open = text.indexOf('(');
            if (open < 0 || !text.endsWith(")")) {
                return text;
            }
            String name = text.substring(open + 1, text.length() - 1).strip();
            return name.isEmpty() ? text.substring(0, open).strip() : name;
        }
    }
}
