package org.tollkeeper.mediation;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.mediation.decoder.CdrRecord;
import org.tollkeeper.mediation.decoder.RecordKind;
import org.tollkeeper.model.Digits;

/// A call, or what one record says of a call, with its carriers named, its numbers in E.164 and its
/// times completed.
public record Leg(
        String callId,
        String legId,
        CallTimes times,
        Numbers numbers,
        Way ingress,
        Way egress,
        Ending ending,
        String attestation,
        Source source,
        Map<String, String> detail) {

    /// Who called whom.
    ///
    /// @param routing the routing number (`rn`) of the called number
    public record Numbers(Digits calling, Digits called, Digits routing) {

        Numbers or(Numbers other) {
            return new Numbers(
                    calling.isNone() ? other.calling : calling,
                    called.isNone() ? other.called : called,
                    routing.isNone() ? other.routing : routing);
        }
    }

    /// The way a call came in or went out.
    ///
    /// @param carrier number of the carrier; 0 = our own network
    /// @param product of the carrier's deck lists; empty = the only one
    public record Way(String trunk, int carrier, String product) {

        Way or(Way other) {
            return trunk.isEmpty() ? other : this;
        }
    }

    /// How a call ended and how it sounded.
    public record Ending(
            String cause, String sipCode, String codec, String mos, @Nullable Integer pddMs) {

        Ending or(Ending other) {
            return new Ending(
                    or(cause, other.cause),
                    or(sipCode, other.sipCode),
                    or(codec, other.codec),
                    or(mos, other.mos),
                    pddMs == null ? other.pddMs : pddMs);
        }

        /// With the other's codec, score and delay where this has none.
        Ending withQuality(Ending other) {
            return or(new Ending("", "", other.codec, other.mos, other.pddMs));
        }

        private static String or(String text, String other) {
            return text.isEmpty() ? other : text;
        }
    }

    /// The record it stands in.
    ///
    /// @param record number in its file, from 1
    /// @param content hash of the fields outside the duplicate key
    public record Source(
            RecordKind kind, int sequence, boolean isFinal, int record, long content) {}

    static Leg of(CdrRecord record, CallTimes times, Numbers numbers, Route ingress, Route egress) {
        return new Leg(
                record.callId(),
                record.legId(),
                times,
                numbers,
                new Way(record.ingressTrunk(), ingress.carrier(), ingress.product()),
                new Way(record.egressTrunk(), egress.carrier(), egress.product()),
                new Ending(
                        record.cause(),
                        record.sipCode(),
                        record.codec(),
                        record.mos(),
                        record.pddMs()),
                record.attestation(),
                new Source(
                        record.kind(),
                        record.sequence(),
                        record.isFinal(),
                        record.number(),
                        record.content()),
                record.detail());
    }
}
