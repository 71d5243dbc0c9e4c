package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Map.entry;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;
import org.tollkeeper.model.WallClock;

/// Accounting files of Ribbon (Sonus) session border controllers and gateways: lines of a type and
/// positional fields, durations in ticks of 10 ms. An answered call has a STOP, an unanswered one
/// an ATTEMPT for each route tried; START and INTERMEDIATE say what the STOP will say again.
final class RibbonAct implements Decoder {

    private enum Type {
        STOP(RecordKind.STOP),
        START(RecordKind.UPDATE),
        ATTEMPT(RecordKind.FULL),
        INTERMEDIATE(RecordKind.UPDATE);

        private final RecordKind kind;

        Type(RecordKind kind) {
            this.kind = kind;
        }
    }

    /// Positions, from 1, in STOP, START, ATTEMPT and INTERMEDIATE; 0 where a type lacks the field.
    private record Position(int stop, int start, int attempt, int intermediate) {

        int in(Type type) {
            return switch (type) {
                case STOP -> stop;
                case START -> start;
                case ATTEMPT -> attempt;
                case INTERMEDIATE -> intermediate;
            };
        }
    }

    private static final Position GATEWAY = same(2);
    private static final Position ACCOUNTING_ID = same(3);
    private static final Position NODE_ZONE = same(5);
    private static final Position START_DATE = same(6);
    private static final Position START_TIME = same(7);
    private static final Position ALERTED_TICKS = new Position(9, 9, 9, 0);
    private static final Position ESTABLISHED_TICKS = new Position(10, 10, 0, 9);
    private static final Position RELEASE_DATE = new Position(11, 0, 105, 10);
    private static final Position RELEASE_TIME = new Position(12, 0, 10, 11);
    private static final Position SERVICE_TICKS = new Position(14, 0, 0, 12);
    private static final Position REASON = new Position(15, 0, 12, 0);
    private static final Position CALLING = new Position(20, 15, 17, 17);
    private static final Position CALLED = new Position(21, 16, 18, 18);
    private static final Position UNTRANSLATED = new Position(24, 19, 21, 0);
    private static final Position ATTEMPT_NUMBER = new Position(30, 25, 27, 27);
    private static final Position DIALLED = new Position(60, 50, 53, 0);
    private static final Position INCOMING_CALLING = new Position(70, 56, 60, 0);
    private static final Position INGRESS_PROTOCOL = new Position(52, 42, 45, 0);
    private static final Position EGRESS_PROTOCOL = new Position(69, 55, 59, 0);
    private static final Position RECORD_NUMBER = new Position(127, 104, 117, 0);
    private static final Position ROUTE = new Position(31, 26, 28, 28);

    /// What a trunk may be named by.
    private static final Map<String, Position> TRUNKS =
            Map.ofEntries(
                    entry("ingressTrunkGroup", new Position(34, 29, 31, 0)),
                    entry("egressTrunkGroup", new Position(68, 54, 58, 0)),
                    entry("routeSelected", ROUTE),
                    entry("routeLabel", new Position(29, 24, 26, 26)),
                    entry("ingressRemoteAddress", new Position(126, 103, 116, 0)),
                    entry("egressRemoteAddress", new Position(33, 28, 30, 30)),
                    entry("ingressZone", new Position(257, 181, 197, 0)),
                    entry("egressZone", new Position(258, 182, 198, 0)));

    private static final List<Map.Entry<String, Position>> DETAILS =
            List.of(
                    entry(Detail.CORRELATION_ID, new Position(294, 0, 211, 0)),
                    entry(Detail.LOST_PACKETS, new Position(65, 0, 0, 0)),
                    entry(Detail.JITTER_MS, new Position(66, 0, 0, 0)),
                    entry(Detail.ROUND_TRIP_MS, new Position(67, 0, 0, 0)),
                    entry(Detail.R_FACTOR, new Position(226, 0, 0, 0)),
                    entry(Detail.R_FACTOR_OUT, new Position(228, 0, 0, 0)));

    private static final Position CODEC = new Position(79, 0, 69, 0);
    private static final Position CODEC_OUT = new Position(80, 0, 70, 0);

    /// Places in the comma list of a protocol's own data.
    private static final int SIP_CALL_ID = 2;

    private static final int RELEASE_STATUS = 19;
    private static final int ORIGINATION_ID = 68;
    private static final int STI_STATUS = 70;
    private static final int STI_REASON = 71;
    private static final int ATTESTATION = 81;

    /// Lines that are about the node, not about a call.
    private static final Set<String> OF_THE_NODE = Set.of("REBOOT", "SWITCHOVER", "SW_CHANGE");

    private static final DateTimeFormatter STAMP = Fields.stamp("MM/dd/yyyy HH:mm:ss[.S]");
    private static final Pattern OFFSET = Pattern.compile("GMT([+-])(\\d{1,2}):(\\d{2}).*");
    private static final int TICK_MS = 10;
    private static final long MOST_TICKS = 1L << 40;

    private enum Clock {
        ZONE,
        GMT,
        NODE
    }

    private final ZoneId zone;
    private final Clock clock;
    private final @Nullable String ingressTrunk;
    private final @Nullable String egressTrunk;

    RibbonAct(Switch source) {
        Mapping mapping = Mapping.of(source);
        zone = source.timeZone();
        clock =
                switch (mapping.oneOf("clock", "zone", List.of("zone", "gmt", "node"))) {
                    case "gmt" -> Clock.GMT;
                    case "node" -> Clock.NODE;
                    default -> Clock.ZONE;
                };
        ingressTrunk = trunkName(mapping, "ingressTrunk");
        egressTrunk = trunkName(mapping, "egressTrunk");
        mapping.refuseOthers();
    }

    private static @Nullable String trunkName(Mapping mapping, String key) {
        return mapping.has(key) ? mapping.oneOf(key, "", new TreeSet<>(TRUNKS.keySet())) : null;
    }

    private static Position same(int position) {
        return new Position(position, position, position, position);
    }

    @Override
    public void decode(InputStream content, RecordSink records) throws IOException {
        CsvReader csv = new CsvReader(content, ISO_8859_1, ',', '"');
        int number = 0;
        for (List<String> fields = csv.next(); fields != null; fields = csv.next()) {
            if (!isOfTheFile(fields.getFirst())) {
                records.accept(record(++number, csv.byteOffset(), fields));
            }
        }
    }

    private static boolean isOfTheFile(String first) {
        return OF_THE_NODE.contains(first)
                || first.startsWith("Sonus Networks")
                || first.startsWith("Ribbon Communications");
    }

    private CdrRecord record(int number, long offset, List<String> fields) {
        CdrRecord.Builder record = CdrRecord.at(number, offset);
        Type type = null;
        for (Type one : Type.values()) {
            type = one.name().equals(fields.getFirst()) ? one : type;
        }
        if (type == null) {
            return record.malformed(
                            "the record type is '%s'; expected one of START, INTERMEDIATE, STOP,"
                                            .formatted(shortened(fields.getFirst()))
                                    + " ATTEMPT")
                    .build();
        }
        Line line = new Line(type, fields);
        String id = line.text(ACCOUNTING_ID);
        if (id.isEmpty()) {
            record.malformed("field 3, the accounting id, is empty");
        }
        long content = ContentHash.of(fields);
        record.kind(type.kind).callId(id).legId(legId(line)).content(content);
        if (type.kind == RecordKind.UPDATE) {
            record.sequence(noticeNumber(line, content));
        }
        times(record, line);
        trunks(record, line);
        numbers(record, line);
        outcome(record, line);
        return record.build();
    }

    /// Gateways count their calls each for itself, and each route that was tried is a call.
    private static String legId(Line line) {
        String gateway = line.text(GATEWAY);
        if (line.type != Type.ATTEMPT) {
            return gateway;
        }
        String attempt = line.text(ATTEMPT_NUMBER);
        return gateway + '#' + (attempt.isEmpty() ? line.text(RECORD_NUMBER) : attempt);
    }

    private static int noticeNumber(Line line, long content) {
        Integer own = Fields.smallNumber(line.text(RECORD_NUMBER));
        return own == null ? (int) (content & Integer.MAX_VALUE) : own;
    }

    private void times(CdrRecord.Builder record, Line line) {
        LocalClock of = new LocalClock(zoneOf(record, line));
        Long established = line.ticks(record, ESTABLISHED_TICKS);
        Long service = line.ticks(record, SERVICE_TICKS);
        Instant revealed =
                established == null || service == null
                        ? null
                        : of.revealed(
                                local(line, START_DATE, START_TIME),
                                () -> local(line, RELEASE_DATE, RELEASE_TIME),
                                established + service);
        Long setup = stamp(record, line, START_DATE, START_TIME, of, revealed);
        if (setup == null) {
            record.malformed("fields 6 and 7, the start, are empty");
            return;
        }
        record.setupMs(setup);
        Long alerted = line.ticks(record, ALERTED_TICKS);
        if (alerted != null && alerted > 0) {
            record.pddMs(Fields.smallNumber(Long.toString(alerted)));
        }
        Long connect = established == null ? null : Long.valueOf(setup + established);
        long near = (connect == null ? setup : connect) + (service == null ? 0 : service);
        record.connectMs(connect)
                .durationMs(service)
                .releaseMs(
                        stamp(
                                record,
                                line,
                                RELEASE_DATE,
                                RELEASE_TIME,
                                of,
                                Instant.ofEpochMilli(near)));
    }

    /// The zone the stamps are in. The node's zone in the record names a standard offset, which
    /// does not tell whether the clock is an hour ahead in summer.
    private ZoneId zoneOf(CdrRecord.Builder record, Line line) {
        Matcher named = OFFSET.matcher(line.text(NODE_ZONE));
        if (clock == Clock.GMT || !named.matches()) {
            return clock == Clock.GMT ? ZoneOffset.UTC : zone;
        }
        int minutes = 60 * Integer.parseInt(named.group(2)) + Integer.parseInt(named.group(3));
        if (minutes > 18 * 60) {
            return zone;
        }
        int seconds = (named.group(1).equals("-") ? -60 : 60) * minutes;
        if (clock == Clock.NODE) {
            return ZoneOffset.ofTotalSeconds(seconds);
        }
        LocalDateTime local = local(line, START_DATE, START_TIME);
        if (local != null
                && seconds
                        != zone.getRules()
                                .getStandardOffset(WallClock.instant(local, zone))
                                .getTotalSeconds()) {
            record.anomaly("NODE_ZONE_DIFFERS");
        }
        return zone;
    }

    private static @Nullable Long stamp(
            CdrRecord.Builder record,
            Line line,
            Position date,
            Position time,
            LocalClock of,
            @Nullable Instant near) {
        if (line.text(date).isEmpty() && line.text(time).isEmpty()) {
            return null;
        }
        LocalDateTime local = local(line, date, time);
        if (local == null) {
            record.malformed(
                    "fields %d and %d are '%s %s'; expected MM/DD/YYYY and HH:MM:SS.T"
                            .formatted(
                                    date.in(line.type),
                                    time.in(line.type),
                                    shortened(line.text(date)),
                                    shortened(line.text(time))));
            return null;
        }
        return of.instant(record, local, near);
    }

    private static @Nullable LocalDateTime local(Line line, Position date, Position time) {
        String day = line.text(date).isEmpty() ? line.text(START_DATE) : line.text(date);
        return Fields.localTime(day + ' ' + line.text(time), STAMP);
    }

    private void trunks(CdrRecord.Builder record, Line line) {
        record.ingressTrunk(
                line.text(trunk(ingressTrunk == null ? "ingressTrunkGroup" : ingressTrunk)));
        String egress = line.text(trunk(egressTrunk == null ? "egressTrunkGroup" : egressTrunk));
        if (egress.isEmpty() && egressTrunk == null) {
            String route = line.text(ROUTE);
            egress = route.substring(route.indexOf(':') + 1);
        }
        record.egressTrunk(egress);
    }

    private static Position trunk(String name) {
        Position position = TRUNKS.get(name);
        return position == null ? same(0) : position;
    }

    /// The called number as it came: before any translation, else as dialled.
    private static void numbers(CdrRecord.Builder record, Line line) {
        String received = line.first(UNTRANSLATED, DIALLED, CALLED);
        record.calling(line.first(INCOMING_CALLING, CALLING)).called(received);
        String sent = line.text(CALLED);
        if (!sent.equals(received)) {
            record.detail(Detail.CALLED_OUT, sent);
        }
    }

    private static void outcome(CdrRecord.Builder record, Line line) {
        String reason = line.text(REASON);
        Integer cause = Fields.smallNumber(reason);
        if (cause != null && cause > 0 && cause < 128) {
            record.cause(cause.toString());
        } else if (cause == null || cause > 0) {
            record.detail(Detail.NATIVE_CAUSE, reason);
        }
        List<String> ingress = parts(line.text(INGRESS_PROTOCOL));
        List<String> egress = parts(line.text(EGRESS_PROTOCOL));
        String status = part(egress, RELEASE_STATUS);
        String sipCode = isStatus(status) ? status : part(ingress, RELEASE_STATUS);
        record.sipCode(isStatus(sipCode) ? sipCode : "")
                .attestation(CallerVerification.level(part(ingress, ATTESTATION)))
                .codec(line.text(CODEC))
                .detail(Detail.CODEC_OUT, line.text(CODEC_OUT))
                .detail(Detail.INGRESS_SIP_CALL_ID, part(ingress, SIP_CALL_ID))
                .detail(Detail.EGRESS_SIP_CALL_ID, part(egress, SIP_CALL_ID));
        record.detail(Detail.ATTESTATION_OUT, CallerVerification.level(part(egress, ATTESTATION)))
                .detail(Detail.ORIG_ID, part(ingress, ORIGINATION_ID))
                .detail(Detail.VERSTAT, part(ingress, STI_STATUS))
                .detail(Detail.STIR_REASON, part(ingress, STI_REASON));
        if (line.type == Type.ATTEMPT) {
            record.detail(Detail.ATTEMPT, line.text(ATTEMPT_NUMBER));
        }
        DETAILS.forEach(detail -> record.detail(detail.getKey(), line.quality(detail.getValue())));
    }

    private static List<String> parts(String protocolData) {
        return protocolData.startsWith("SIP") ? List.of(protocolData.split(",", -1)) : List.of();
    }

    private static String part(List<String> parts, int position) {
        return position <= parts.size() ? parts.get(position - 1) : "";
    }

    private static boolean isStatus(String text) {
        return text.matches("[1-6]\\d\\d");
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + '…';
    }

    /// The fields of a record, by position.
    private record Line(Type type, List<String> fields) {

        String text(Position position) {
            int at = position.in(type);
            return at == 0 || at > fields.size() ? "" : fields.get(at - 1).strip();
        }

        String first(Position... positions) {
            String text = "";
            for (int i = 0; i < positions.length && text.isEmpty(); i++) {
                text = text(positions[i]);
            }
            return text;
        }

        /// A measure, empty where there is none.
        String quality(Position position) {
            String text = text(position);
            return text.equals("-1") || text.equals("4294967295") ? "" : text;
        }

        /// A number of ticks in milliseconds.
        @Nullable Long ticks(CdrRecord.Builder record, Position position) {
            String text = text(position);
            if (text.isEmpty()) {
                return null;
            }
            Long ticks = Fields.integer(text);
            if (ticks == null || Math.abs(ticks) > MOST_TICKS) {
                record.malformed(
                        "field %d is '%s'; expected a number of 10 ms ticks"
                                .formatted(position.in(type), shortened(text)));
                return null;
            }
            return ticks * TICK_MS;
        }
    }
}
