package org.tollkeeper.mediation.decoder;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One record of a switch's file as its decoder read it: what the record says, before any rule of
/// numbers, trunks or duplicates. Texts are as they stand in the file, empty where it has none;
/// instants are milliseconds since 1970-01-01T00:00Z.
///
/// Whether a call was answered is the decoder's to say, by its format's own rule: an unanswered
/// call has neither connect instant nor duration. A record that cannot be read has a `malformed`
/// reason, and what else could be read of it.
///
/// @param number of the record in its file, from 1
/// @param byteOffset of its first byte in the decoded content
/// @param malformed why it cannot be read; null for a good record
/// @param callId groups the records of a call on one switch
/// @param legId tells records of one call id apart that are calls of their own
/// @param sequence of a [RecordKind#PART], from 1; 0 else
/// @param isFinal whether a part is the last
/// @param ingressTrunk name, address or group it came in by; empty = our own network
/// @param egressTrunk the same for the way out
/// @param calling as received, with whatever prefix, URI or punctuation
/// @param called as received on the ingress trunk
/// @param setupMs null where the record has none (only [RecordKind#END] and what joins a call)
/// @param connectMs null = unanswered, or to be had from release and duration
/// @param durationMs of the conversation; null = release − connect
/// @param pddMs post-dial delay
/// @param mos opinion score as text, such as 4.21
/// @param attestation STIR/SHAKEN level A, B or C, or empty
/// @param content hash of every field outside the duplicate key, to tell whether copies differ
/// @param detail what the format says beyond these, by the names of [Detail]
public record CdrRecord(
        int number,
        long byteOffset,
        @Nullable String malformed,
        RecordKind kind,
        String callId,
        String legId,
        int sequence,
        boolean isFinal,
        String ingressTrunk,
        String egressTrunk,
        String calling,
        String called,
        @Nullable Long setupMs,
        @Nullable Long connectMs,
        @Nullable Long releaseMs,
        @Nullable Long durationMs,
        String cause,
        String sipCode,
        @Nullable Integer pddMs,
        String mos,
        String codec,
        String attestation,
        long content,
        Map<String, String> detail) {

    private static final int LONGEST_CODE = 200;

    public CdrRecord {
        callId = storable(callId);
        legId = storable(legId);
        ingressTrunk = storable(ingressTrunk);
        egressTrunk = storable(egressTrunk);
        cause = shortened(storable(cause));
        sipCode = shortened(storable(sipCode));
        mos = shortened(storable(mos));
        codec = shortened(storable(codec));
        attestation = shortened(storable(attestation));
    }

    /// A record to be filled in; empty texts, no times, [RecordKind#FULL].
    public static Builder at(int number, long byteOffset) {
        return new Builder(number, byteOffset);
    }

    /// Codes and scores are short; what is not is cut, for it is no reason to hold a record back.
    private static String shortened(String text) {
        return text.length() <= LONGEST_CODE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_CODE / 2));
    }

    /// The text with what no database text can hold (U+0000, half a surrogate pair) replaced.
    static String storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || (c >= 0xd800 && c <= 0xdfff) ? 0xfffd : c)
                .forEach(repaired::appendCodePoint);
        return repaired.toString();
    }

    /// A record while its decoder reads it.
    public static final class Builder {
        private final int number;
        private final long byteOffset;
        private @Nullable String malformed;
        private RecordKind kind = RecordKind.FULL;
        private String callId = "";
        private String legId = "";
        private int sequence;
        private boolean isFinal;
        private String ingressTrunk = "";
        private String egressTrunk = "";
        private String calling = "";
        private String called = "";
        private @Nullable Long setupMs;
        private @Nullable Long connectMs;
        private @Nullable Long releaseMs;
        private @Nullable Long durationMs;
        private String cause = "";
        private String sipCode = "";
        private @Nullable Integer pddMs;
        private String mos = "";
        private String codec = "";
        private String attestation = "";
        private long content;
        private @Nullable Map<String, String> detail;

        private Builder(int number, long byteOffset) {
            this.number = number;
            this.byteOffset = byteOffset;
        }

        /// Says that the record cannot be read; of several reasons the first stays.
        public Builder malformed(String reason) {
            if (malformed == null) {
                malformed = reason;
            }
            return this;
        }

        public boolean isMalformed() {
            return malformed != null;
        }

        public Builder kind(RecordKind kind) {
            this.kind = kind;
            return this;
        }

        public Builder callId(String callId) {
            this.callId = callId;
            return this;
        }

        public Builder legId(String legId) {
            this.legId = legId;
            return this;
        }

        public Builder sequence(int sequence) {
            this.sequence = sequence;
            return this;
        }

        public Builder isFinal(boolean isFinal) {
            this.isFinal = isFinal;
            return this;
        }

        public Builder ingressTrunk(String trunk) {
            this.ingressTrunk = trunk;
            return this;
        }

        public Builder egressTrunk(String trunk) {
            this.egressTrunk = trunk;
            return this;
        }

        public Builder calling(String number) {
            this.calling = number;
            return this;
        }

        public Builder called(String number) {
            this.called = number;
            return this;
        }

        public Builder setupMs(@Nullable Long setupMs) {
            this.setupMs = setupMs;
            return this;
        }

        public Builder connectMs(@Nullable Long connectMs) {
            this.connectMs = connectMs;
            return this;
        }

        public Builder releaseMs(@Nullable Long releaseMs) {
            this.releaseMs = releaseMs;
            return this;
        }

        public Builder durationMs(@Nullable Long durationMs) {
            this.durationMs = durationMs;
            return this;
        }

        public Builder cause(String cause) {
            this.cause = cause;
            return this;
        }

        public Builder sipCode(String sipCode) {
            this.sipCode = sipCode;
            return this;
        }

        public Builder pddMs(@Nullable Integer pddMs) {
            this.pddMs = pddMs;
            return this;
        }

        public Builder mos(String mos) {
            this.mos = mos;
            return this;
        }

        public Builder codec(String codec) {
            this.codec = codec;
            return this;
        }

        public Builder attestation(String attestation) {
            this.attestation = attestation;
            return this;
        }

        /// The hash of every field outside the duplicate key, see [ContentHash].
        public Builder content(long content) {
            this.content = content;
            return this;
        }

        /// Adds a detail by a name of [Detail], unless its value is empty.
        public Builder detail(String name, String value) {
            if (!value.isEmpty()) {
                if (detail == null) {
                    detail = new LinkedHashMap<>();
                }
                detail.put(name, storable(value));
            }
            return this;
        }

        /// Adds a peculiarity that makes no fault to [Detail#ANOMALIES], once.
        public Builder anomaly(String name) {
            String others = detail == null ? "" : detail.getOrDefault(Detail.ANOMALIES, "");
            boolean isKnown = (' ' + others + ' ').contains(' ' + name + ' ');
            return isKnown ? this : detail(Detail.ANOMALIES, (others + ' ' + name).strip());
        }

        public CdrRecord build() {
            return new CdrRecord(
                    number,
                    byteOffset,
                    malformed,
                    kind,
                    callId,
                    legId,
                    sequence,
                    isFinal,
                    ingressTrunk,
                    egressTrunk,
                    calling,
                    called,
                    setupMs,
                    connectMs,
                    releaseMs,
                    durationMs,
                    cause,
                    sipCode,
                    pddMs,
                    mos,
                    codec,
                    attestation,
                    content,
                    detail == null ? Map.of() : detail);
        }
    }
}
