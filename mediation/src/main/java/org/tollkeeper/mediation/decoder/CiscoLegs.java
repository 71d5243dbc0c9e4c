package org.tollkeeper.mediation.decoder;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a Cisco voice gateway says of one leg of a call, whether in a RADIUS packet or in a line of
/// its own files, by the names of the RADIUS attributes.
///
/// The leg that the gateway answered is the call; the leg it originated fills in the way out. They
/// share the conference id. A leg was answered if it connected before it disconnected: on failure a
/// gateway may write the time of the failure as both.
final class CiscoLegs {

    private static final List<String> TRUNK_NAMES =
            List.of(
                    "trunkGroupOrAddress",
                    "trunkGroup",
                    "carrierId",
                    "remoteAddress",
                    "interface",
                    "port");

    private static final String NORMAL = "16";
    private static final int HIGH_BIT = 0x7f;
    private static final String MANY = "4294967295";

    private final GatewayTime time;
    private final boolean isCallOriginated;
    private final String ingressTrunk;
    private final String egressTrunk;

    CiscoLegs(ZoneId zone, Mapping mapping) {
        time = new GatewayTime(zone);
        isCallOriginated =
                mapping.oneOf("call", "answer", List.of("answer", "originate")).equals("originate");
        ingressTrunk = mapping.oneOf("ingressTrunk", "trunkGroupOrAddress", TRUNK_NAMES);
        egressTrunk = mapping.oneOf("egressTrunk", "trunkGroupOrAddress", TRUNK_NAMES);
    }

    /// Fills in a record.
    ///
    /// @param isOver whether the leg ended; else it is a notice of one
    /// @param content hash over what the record says
    void fill(CdrRecord.Builder record, Attributes leg, boolean isOver, long content) {
        String conference = conference(leg.text("h323-conf-id"));
        String own = first(leg, "acct-session-id", "call-id");
        String origin = leg.text("h323-call-origin").toLowerCase(Locale.ROOT);
        boolean isOriginated = origin.equals("originate");
        if (conference.isEmpty()) {
            record.malformed("h323-conf-id is empty");
        }
        if (!isOriginated && !origin.equals("answer")) {
            record.malformed(
                    "h323-call-origin is '%s'; expected answer or originate"
                            .formatted(shortened(origin)));
        }
        boolean isCall = isOriginated == isCallOriginated;
        record.callId(conference)
                .legId(first(leg, "nas-ip-address", "h323-gw-id", "local-hostname"))
                .content(content)
                .kind(!isOver ? RecordKind.UPDATE : isCall ? RecordKind.STOP : RecordKind.END);
        if (!isOver || !isCall) {
            boolean isNotice = !isOver || own.isEmpty();
            long one = isNotice ? content : new ContentHash().add(own).value();
            record.sequence((int) (one & Integer.MAX_VALUE));
        }
        parties(record, leg, isOriginated);
        times(record, leg, isOver);
        quality(record, leg, isOriginated);
        record.detail(Detail.NATIVE_ID, own);
    }

    /// The id in lower case, its four words eight digits each: some gateways leave out zeros in
    /// front of them.
    private static String conference(String text) {
        StringBuilder id = new StringBuilder(35);
        for (String word : text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1)) {
            id.append(id.isEmpty() ? "" : " ")
                    .append("0".repeat(Math.max(0, word.isEmpty() ? 0 : 8 - word.length())))
                    .append(word);
        }
        return id.toString();
    }

    private void parties(CdrRecord.Builder record, Attributes leg, boolean isOriginated) {
        String received = number(leg.text("gw-rxd-cdn"));
        String from = number(leg.text("gw-rxd-cgn"));
        String calling = first(leg, "calling-station-id", "clid");
        String called = first(leg, "called-station-id", "dnis");
        String peer = leg.text("peer-address");
        record.calling(!from.isEmpty() ? from : !calling.isEmpty() || isOriginated ? calling : peer)
                .called(
                        !received.isEmpty()
                                ? received
                                : !called.isEmpty() || !isOriginated ? called : peer)
                .detail(Detail.CALLED_OUT, number(leg.text("gw-final-xlated-cdn")))
                .detail(Detail.CALLING_OUT, number(leg.text("gw-final-xlated-cgn")))
                .ingressTrunk(trunk(leg, ingressTrunk, "in", !isOriginated))
                .egressTrunk(trunk(leg, egressTrunk, "out", isOriginated));
    }

    /// The trunk on one side. A leg knows both trunk groups, but only its own address.
    private static String trunk(Attributes leg, String by, String side, boolean isOwn) {
        String group = leg.text(side + "-trunkgroup-label");
        String carrier = leg.text(side + "-carrier-id");
        String address = isOwn ? first(leg, "h323-remote-address", "remote-media-address") : "";
        return switch (by) {
            case "trunkGroup" -> group;
            case "carrierId" -> carrier;
            case "remoteAddress" -> address;
            case "interface" -> leg.text(side + "-intrfc-desc");
            case "port" -> isOwn ? first(leg, "cisco-nas-port", "nas-port-id") : "";
            default -> !group.isEmpty() ? group : !carrier.isEmpty() ? carrier : address;
        };
    }

    /// The digits behind `#:` in `ton:1,npi:1,#:4420`, or the text if it is not of that form.
    private static String number(String text) {
        int mark = text.indexOf("#:");
        String number = mark < 0 ? text : text.substring(mark + 2);
        int comma = number.indexOf(',');
        return (comma < 0 ? number : number.substring(0, comma)).strip();
    }

    private void times(CdrRecord.Builder record, Attributes leg, boolean isOver) {
        Long setup = time.in(record, "h323-setup-time", leg.text("h323-setup-time"));
        Long connect = time.in(record, "h323-connect-time", leg.text("h323-connect-time"));
        Long release = time.in(record, "h323-disconnect-time", leg.text("h323-disconnect-time"));
        Long alert = time.in(record, "alert-time", leg.text("alert-time"));
        if (setup == null) {
            record.malformed("h323-setup-time is empty");
        }
        String cause = cause(record, leg.text("h323-disconnect-cause"));
        boolean answered =
                connect != null
                        && (!isOver
                                || release == null
                                || connect < release
                                || cause.equals(NORMAL));
        record.setupMs(setup).connectMs(answered ? connect : null).releaseMs(release);
        if (setup != null && alert != null && alert > setup) {
            record.pddMs(Fields.smallNumber(Long.toString(alert - setup)));
        }
        String stated = leg.text("acct-session-time");
        Long seconds = Fields.integer(stated);
        if (seconds == null && !stated.isEmpty()) {
            record.malformed(
                    "Acct-Session-Time is '%s'; expected seconds".formatted(shortened(stated)));
        }
        if (seconds != null && isOver && answered && connect != null) {
            record.durationMs(duration(setup, connect, release, seconds));
        } else if (seconds != null && seconds > 0 && isOver) {
            record.detail(Detail.NATIVE_DURATION, stated).anomaly("BILLSEC_ON_UNANSWERED");
        }
    }

    /// The stated seconds are whole, so that the times are more exact where they agree (null).
    /// Seconds of the whole leg, from its setup on, agree as well.
    private static @Nullable Long duration(
            @Nullable Long setup, long connect, @Nullable Long release, long seconds) {
        long stated = Math.abs(seconds) > Long.MAX_VALUE / 1000 ? seconds : 1000 * seconds;
        boolean agrees =
                release != null
                        && (Math.abs(release - connect - stated) <= 1000
                                || (setup != null && Math.abs(release - setup - stated) <= 1000));
        return agrees ? null : Long.valueOf(stated);
    }

    /// The cause is written in hexadecimal digits, perhaps with the high bit set.
    private static String cause(CdrRecord.Builder record, String text) {
        String digits = text.toLowerCase(Locale.ROOT).replaceFirst("^0x", "");
        if (!digits.matches("[0-9a-f]{1,4}")) {
            record.detail(Detail.NATIVE_CAUSE, text);
            return "";
        }
        int cause = Integer.parseInt(digits, 16) & HIGH_BIT;
        String number = cause == 0 ? "" : Integer.toString(cause);
        record.cause(number);
        return number;
    }

    private static void quality(CdrRecord.Builder record, Attributes leg, boolean isOriginated) {
        String codec = leg.text("codec-type-rate");
        if (isOriginated) {
            record.detail(Detail.CODEC_OUT, codec)
                    .detail(Detail.EGRESS_ADDRESS, leg.text("h323-remote-address"));
        } else {
            record.codec(codec)
                    .detail(Detail.INGRESS_ADDRESS, leg.text("h323-remote-address"))
                    .detail(Detail.ICPIF, measure(leg.text("h323-voice-quality")))
                    .detail(Detail.ROUND_TRIP_MS, delay(leg.text("round-trip-delay")))
                    .detail(Detail.LOST_PACKETS, measure(leg.text("lost-packets")));
        }
        record.detail(
                Detail.RELEASE_INITIATOR,
                switch (leg.text("release-source")) {
                    case "1", "2" -> "A";
                    case "3", "4" -> "B";
                    case "5", "6", "7", "8", "9" -> "SWITCH";
                    default -> "";
                });
        record.detail(Detail.NATIVE_CAUSE, leg.text("disconnect-text"));
    }

    private static String measure(String text) {
        Integer number = Fields.smallNumber(text);
        return number == null || text.equals(MANY) ? "" : number.toString();
    }

    /// Milliseconds, written as `20 ms` or `20`; 0 was not measured.
    private static String delay(String text) {
        String millis = measure(text.replaceFirst("\\s*ms$", ""));
        return millis.equals("0") ? "" : millis;
    }

    private static String first(Attributes leg, String... names) {
        for (String name : names) {
            String text = leg.text(name);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40);
    }
}
