package org.tollkeeper.mediation.decoder;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;

/// What the documents of FreeSWITCH's legs come to. A bridged call has two legs, and both may be
/// written. One of them is the call, with both its trunks; the other one joins it by the identifier
/// of the leg that made it, and adds its quality.
///
/// A leg was answered if it has an answer instant, whatever its cause says and whether or not it
/// was bridged: early media is bridged too.
final class FreeswitchLegs {

    private enum Billed {
        A,
        B,
        BOTH
    }

    private static final long MICROS = 1000;

    private final Billed billed;
    private final String ingressTrunk;
    private final String egressTrunk;

    FreeswitchLegs(Switch source) {
        Mapping mapping = Mapping.of(source);
        billed =
                switch (mapping.oneOf("leg", "a", List.of("a", "b", "both"))) {
                    case "a" -> Billed.A;
                    case "b" -> Billed.B;
                    default -> Billed.BOTH;
                };
        ingressTrunk = mapping.text("ingressTrunk", "");
        egressTrunk = mapping.text("egressTrunk", "");
        mapping.refuseOthers();
    }

    /// @param text of the whole document, by which copies are told apart
    CdrRecord record(int number, long offset, FreeswitchDocument leg, String text) {
        CdrRecord.Builder record = CdrRecord.at(number, offset);
        String uuid = leg.variable("uuid");
        if (uuid.isEmpty()) {
            record.malformed("uuid is empty");
        }
        boolean answered = times(record, leg);
        String call = joined(leg);
        if (call.isEmpty()) {
            record.kind(billed == Billed.BOTH ? RecordKind.FULL : RecordKind.STOP).callId(uuid);
            quality(record, leg);
        } else {
            // Legs that rang together began together: what tells them apart is their own id.
            long own = new ContentHash().add(uuid).value();
            record.callId(call).sequence((int) (own & Integer.MAX_VALUE));
            if (answered) {
                record.kind(RecordKind.MEDIA).pddMs(pdd(leg));
                otherQuality(record, leg);
            } else {
                record.kind(RecordKind.UPDATE);
            }
        }
        route(record, leg, call.isEmpty());
        return record.content(new ContentHash().add(text).value()).build();
    }

    /// The call that a leg joins; empty if it is the call.
    private String joined(FreeswitchDocument leg) {
        return switch (billed) {
            case BOTH -> "";
            case A ->
                    leg.isOutbound()
                            ? leg.first("originating_leg_uuid", "originator", "originator.uuid")
                            : "";
            case B ->
                    leg.isOutbound()
                            ? ""
                            : leg.first("originatee.uuid", "bridge_uuid", "bleg_uuid");
        };
    }

    private void route(CdrRecord.Builder record, FreeswitchDocument leg, boolean isCall) {
        boolean out = leg.isOutbound();
        record.calling(
                        leg.first(
                                "originator.ani",
                                "originator.caller_id_number",
                                "caller.ani",
                                "caller.caller_id_number",
                                "caller_id_number"))
                .called(
                        leg.first(
                                "originator.destination_number",
                                "caller.destination_number",
                                "destination_number"));
        if (isCall && !(out && billed == Billed.BOTH)) {
            record.ingressTrunk(
                    !ingressTrunk.isEmpty()
                            ? leg.field(ingressTrunk)
                            : out
                                    ? leg.field("originator.network_addr")
                                    : leg.first(
                                            "sip_network_ip",
                                            "sip_received_ip",
                                            "caller.network_addr"));
        }
        if (isCall && (out || billed != Billed.BOTH)) {
            record.egressTrunk(
                    !egressTrunk.isEmpty()
                            ? leg.field(egressTrunk)
                            : out
                                    ? leg.first("sip_gateway_name", "sip_network_ip", "sip_to_host")
                                    : leg.field("originatee.network_addr"));
        }
    }

    /// Fills in the instants and the duration.
    ///
    /// @return whether the leg was answered
    private static boolean times(CdrRecord.Builder record, FreeswitchDocument leg) {
        Long start = instant(record, leg, "start", "created_time");
        Long answer = instant(record, leg, "answer", "answered_time");
        Long end = instant(record, leg, "end", "hangup_time");
        Long talk = talk(record, leg);
        if (start == null) {
            record.malformed("start_uepoch is empty");
        }
        if (answer == null && talk != null && talk > 0) {
            record.anomaly("BILLSEC_ON_UNANSWERED");
        }
        record.setupMs(start)
                .connectMs(answer)
                .releaseMs(end)
                .durationMs(answer == null ? null : talk);
        return answer != null;
    }

    private static @Nullable Long instant(
            CdrRecord.Builder record, FreeswitchDocument leg, String event, String time) {
        String name = event + "_uepoch";
        String micros = leg.variable(name);
        String seconds = leg.variable(event + "_epoch");
        if (micros.isEmpty() && !seconds.isEmpty()) {
            Long epoch = number(record, event + "_epoch", seconds);
            return epoch == null || epoch == 0 ? null : Fields.secondsAsMs(seconds);
        }
        if (micros.isEmpty()) {
            name = time;
            micros = leg.times().getOrDefault(time, "");
        }
        Long value = micros.isEmpty() ? null : number(record, name, micros);
        return value == null || value == 0 ? null : Long.valueOf(value / MICROS);
    }

    /// Milliseconds of the conversation. They are counted in 32 bits and wrap after 24 days;
    /// microseconds do not.
    private static @Nullable Long talk(CdrRecord.Builder record, FreeswitchDocument leg) {
        String millis = leg.variable("billmsec");
        String micros = leg.variable("billusec");
        Long byMillis = millis.isEmpty() ? null : number(record, "billmsec", millis);
        Long byMicros = micros.isEmpty() ? null : number(record, "billusec", micros);
        if (byMicros == null) {
            return byMillis;
        }
        long rounded = byMicros / MICROS;
        return byMillis == null || Math.abs(byMillis - rounded) > 1000
                ? Long.valueOf(rounded)
                : byMillis;
    }

    private static @Nullable Long number(CdrRecord.Builder record, String name, String text) {
        Long number = Fields.integer(text);
        if (number == null) {
            record.malformed("%s is '%s'; expected a whole number".formatted(name, text));
        }
        return number;
    }

    private static void quality(CdrRecord.Builder record, FreeswitchDocument leg) {
        String name = leg.variable("hangup_cause");
        String q850 = leg.variable("hangup_cause_q850");
        String derived = Q850.ofFreeswitch(name);
        String cause = q850.isEmpty() || q850.equals("0") ? derived : q850;
        record.cause(cause)
                .sipCode(sipCode(leg))
                .pddMs(pdd(leg))
                .mos(mos(leg))
                .codec(leg.variable("read_codec"))
                .detail(
                        leg.isOutbound() ? Detail.EGRESS_SIP_CALL_ID : Detail.INGRESS_SIP_CALL_ID,
                        leg.variable("sip_call_id"))
                .detail(Detail.NATIVE_CAUSE, derived.equals(cause) ? "" : name)
                .detail(Detail.RELEASE_INITIATOR, initiator(leg))
                .detail(
                        Detail.ATTESTATION_OUT,
                        CallerVerification.level(leg.variable("sip_stir_shaken_attest")));
        CallerVerification.of("", leg.first("sip_verstat_detailed", "sip_verstat")).into(record);
        if (!mos(leg).isEmpty()) {
            record.detail(Detail.JITTER_MS, leg.variable("rtp_audio_in_jitter_max_variance"))
                    .detail(Detail.LOST_PACKETS, leg.variable("rtp_audio_in_skip_packet_count"));
        }
    }

    /// The quality of the leg that joins: that of the call's other side.
    private void otherQuality(CdrRecord.Builder record, FreeswitchDocument leg) {
        if (billed == Billed.A) {
            record.detail(Detail.CODEC_OUT, leg.variable("read_codec"))
                    .detail(Detail.MOS_OUT, mos(leg))
                    .detail(Detail.EGRESS_SIP_CALL_ID, leg.variable("sip_call_id"));
        } else {
            record.detail(Detail.INGRESS_SIP_CALL_ID, leg.variable("sip_call_id"));
        }
    }

    private static String sipCode(FreeswitchDocument leg) {
        String status = leg.variable("sip_term_status");
        if (!status.isEmpty()) {
            return status;
        }
        String specific =
                leg.first("proto_specific_hangup_cause", "last_bridge_proto_specific_hangup_cause");
        return specific.startsWith("sip:") ? specific.substring(4) : "";
    }

    /// To the first sign of ringing: either with or without media, never the sum of both.
    private static @Nullable Integer pdd(FreeswitchDocument leg) {
        for (String name : List.of("progressmsec", "progress_mediamsec")) {
            Integer millis = Fields.smallNumber(leg.variable(name));
            if (millis != null && millis > 0) {
                return millis;
            }
        }
        return null;
    }

    /// A score over no packet at all is none.
    private static String mos(FreeswitchDocument leg) {
        return leg.variable("rtp_audio_in_packet_count").equals("0")
                ? ""
                : leg.variable("rtp_audio_in_mos");
    }

    private static String initiator(FreeswitchDocument leg) {
        return switch (leg.variable("sip_hangup_disposition")) {
            case "recv_bye", "recv_cancel", "recv_refuse" -> leg.isOutbound() ? "B" : "A";
            case "send_bye", "send_cancel", "send_refuse" -> leg.isOutbound() ? "A" : "B";
            default -> "";
        };
    }
}
