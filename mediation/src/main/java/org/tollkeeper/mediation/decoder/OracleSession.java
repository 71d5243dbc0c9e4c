package org.tollkeeper.mediation.decoder;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;

/// What an Oracle (Acme Packet) session border controller says of a session, whether in a line of a
/// file or in a RADIUS packet. A stop is a call, answered if it has a connect time; starts and
/// interims are notices of it, their session time cumulative.
///
/// Attributes are named without the maker's prefix, hyphens for underscores.
final class OracleSession {

    private static final List<String> TRUNK_NAMES =
            List.of("trunkGroup", "realm", "remoteAddress", "trunkGroupOrRealm");

    private static final int ANSWERED = 3;
    private static final String MANY = "4294967295";

    private final GatewayTime time;
    private final String ingressTrunk;
    private final String egressTrunk;

    OracleSession(Switch source) {
        time = new GatewayTime(source.timeZone());
        Mapping mapping = Mapping.of(source);
        ingressTrunk = mapping.oneOf("ingressTrunk", "trunkGroupOrRealm", TRUNK_NAMES);
        egressTrunk = mapping.oneOf("egressTrunk", "trunkGroupOrRealm", TRUNK_NAMES);
        mapping.refuseOthers();
    }

    /// Whether a status is about accounting itself, not about a session.
    static boolean isOfTheNode(String status) {
        return status.equals("7")
                || status.equals("8")
                || status.equalsIgnoreCase("Accounting-On")
                || status.equalsIgnoreCase("Accounting-Off");
    }

    /// Fills in a record.
    ///
    /// @param content hash over what the record says
    void fill(CdrRecord.Builder record, Attributes attributes, long content) {
        String status = attributes.text("acct-status-type");
        @Nullable RecordKind kind =
                switch (status) {
                    case "2", "Stop" -> RecordKind.STOP;
                    case "1", "3", "Start", "Interim-Update", "Alive" -> RecordKind.UPDATE;
                    default -> null;
                };
        if (kind == null) {
            record.malformed(
                    "Acct-Status-Type is '%s'; expected 1, 2 or 3"
                            .formatted(status.length() <= 40 ? status : status.substring(0, 40)));
            return;
        }
        String id = attributes.text("acct-session-id");
        if (id.isEmpty()) {
            record.malformed("Acct-Session-Id is empty");
        }
        record.kind(kind)
                .callId(id)
                .legId(attributes.text("session-egress-callid"))
                .content(content)
                .ingressTrunk(trunk(attributes, ingressTrunk, "originating", "ingress"))
                .egressTrunk(trunk(attributes, egressTrunk, "terminating", "egress"))
                .calling(address(attributes.text("calling-station-id")))
                .called(address(attributes.text("called-station-id")));
        if (kind == RecordKind.UPDATE) {
            record.sequence(noticeNumber(attributes.text("cdr-sequence-number"), content));
        }
        times(record, attributes, kind);
        outcome(record, attributes);
        quality(record, attributes);
    }

    private static int noticeNumber(String own, long content) {
        Long number = Fields.integer(own);
        return (int) ((number == null ? content : number) & Integer.MAX_VALUE);
    }

    private static String trunk(Attributes attributes, String by, String direction, String side) {
        String group = attributes.text(direction + "-trunk-group");
        String realm = attributes.text("session-" + side + "-realm");
        return switch (by) {
            case "trunkGroup" -> group;
            case "realm" -> realm;
            case "remoteAddress" -> attributes.text(side + "-remote-addr");
            default -> group.isEmpty() ? realm : group;
        };
    }

    /// The address in `"name" <sip:number@host>;tag=…`. The name may hold anything.
    private static String address(String text) {
        int open = text.lastIndexOf('<');
        int close = text.indexOf('>', Math.max(0, open));
        if (open >= 0 && close > open) {
            return text.substring(open + 1, close);
        }
        int tag = text.indexOf(";tag=");
        return tag < 0 ? text : text.substring(0, tag);
    }

    private void times(CdrRecord.Builder record, Attributes attributes, RecordKind kind) {
        Long setup = time.in(record, "h323-setup-time", attributes.text("h323-setup-time"));
        Long connect = time.in(record, "h323-connect-time", attributes.text("h323-connect-time"));
        Long release =
                time.in(record, "h323-disconnect-time", attributes.text("h323-disconnect-time"));
        if (setup == null) {
            record.malformed("h323-setup-time is empty");
        }
        record.setupMs(setup).connectMs(connect).releaseMs(release);
        String stated = attributes.text("acct-session-time");
        Long number = Fields.integer(stated);
        if (number == null && !stated.isEmpty()) {
            record.malformed("Acct-Session-Time is '%s'; expected a number".formatted(stated));
        }
        if (number != null && kind == RecordKind.STOP && connect == null && number > 0) {
            record.detail(Detail.NATIVE_DURATION, stated);
            record.anomaly("BILLSEC_ON_UNANSWERED");
        } else if (number != null && kind == RecordKind.STOP && connect != null) {
            record.durationMs(duration(connect, release, number));
        }
        Integer disposition = Fields.smallNumber(attributes.text("session-disposition"));
        if (disposition != null
                && kind == RecordKind.STOP
                && disposition > 0
                && (disposition == ANSWERED) != (connect != null)) {
            record.anomaly("DISPOSITION_DIFFERS");
        }
    }

    /// The session time is in seconds, cut, or in milliseconds if so configured. Where it agrees
    /// with the times, these are more exact (null); else it is what the record states.
    private static @Nullable Long duration(long connect, @Nullable Long release, long stated) {
        long seconds = Math.abs(stated) > Long.MAX_VALUE / 1000 ? stated : 1000 * stated;
        if (release == null) {
            return seconds;
        }
        long span = release - connect;
        boolean agrees = Math.abs(seconds - span) <= 1000 || Math.abs(stated - span) <= 1000;
        return agrees ? null : Long.valueOf(seconds);
    }

    private static void outcome(CdrRecord.Builder record, Attributes attributes) {
        String cause = attributes.text("disconnect-cause");
        Integer status = Fields.smallNumber(attributes.text("sip-status"));
        record.cause(cause.equals("0") || cause.equals(MANY) ? "" : cause)
                .sipCode(status == null || status < 100 || status > 699 ? "" : status.toString())
                .pddMs(measure(attributes.text("post-dial-delay")));
        record.detail(Detail.NATIVE_CAUSE, nonZero(attributes.text("h323-disconnect-cause")))
                .detail(
                        Detail.RELEASE_INITIATOR,
                        Map.of("1", "A", "2", "B", "3", "SWITCH")
                                .getOrDefault(attributes.text("disconnect-initiator"), ""))
                .detail(Detail.CORRELATION_ID, attributes.text("session-generic-id"))
                .detail(Detail.INGRESS_SIP_CALL_ID, attributes.text("session-ingress-callid"))
                .detail(Detail.CALLED_OUT, attributes.text("egress-final-routing-number"))
                .detail(Detail.INGRESS_ADDRESS, attributes.text("ingress-remote-addr"))
                .detail(Detail.EGRESS_ADDRESS, attributes.text("egress-remote-addr"))
                .detail(Detail.STIR_REASON, attributes.text("stir-vs-reason"));
        CallerVerification.of("", attributes.text("stir-vs-verstat")).into(record);
    }

    private static void quality(CdrRecord.Builder record, Attributes attributes) {
        record.codec(attributes.text("flowtype-fs1-f"))
                .detail(Detail.CODEC_OUT, attributes.text("flowtype-fs1-r"))
                .mos(hundredth(attributes.text("calling-mos")))
                .detail(Detail.MOS_OUT, hundredth(attributes.text("called-mos")))
                .detail(Detail.R_FACTOR, hundredth(attributes.text("calling-r-factor")))
                .detail(Detail.R_FACTOR_OUT, hundredth(attributes.text("called-r-factor")));
        if (measure(attributes.text("calling-packets-fs1")) != null) {
            record.detail(Detail.JITTER_MS, measured(attributes, "calling-rtp-avg-jitter-fs1"))
                    .detail(
                            Detail.LOST_PACKETS,
                            measured(attributes, "calling-rtp-packets-lost-fs1"))
                    .detail(
                            Detail.ROUND_TRIP_MS,
                            nonZero(measured(attributes, "calling-rtcp-avg-latency-fs1")));
        }
    }

    /// A score in hundredths; 0 stands for none.
    private static String hundredth(String text) {
        Integer score = measure(text);
        return score == null ? "" : BigDecimal.valueOf(score, 2).toPlainString();
    }

    private static @Nullable Integer measure(String text) {
        Integer number = Fields.smallNumber(text);
        return number == null || number == 0 ? null : number;
    }

    private static String measured(Attributes attributes, String name) {
        Integer number = Fields.smallNumber(attributes.text(name));
        return number == null ? "" : number.toString();
    }

    private static String nonZero(String text) {
        return text.equals("0") ? "" : text;
    }
}
