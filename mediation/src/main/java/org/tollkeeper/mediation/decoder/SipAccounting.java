package org.tollkeeper.mediation.decoder;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;

/// What the accounting of Kamailio and OpenSIPS says of a SIP transaction or dialog, by the names
/// of its fields.
///
/// Of transactions, an INVITE with a 2xx is the start of a call and the BYE of its dialog the end:
/// they share the Call-ID and both tags, in either order since either side may hang up. An INVITE
/// with another final code is an unanswered call, whole by itself. Where the dialog module writes
/// whole calls, a record has both ends.
final class SipAccounting {

    private static final DateTimeFormatter STAMP = Fields.stamp("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter SLASHES = Fields.stamp("yyyy/MM/dd HH:mm:ss");
    private static final int STAMP_LENGTH = 19;

    /// Challenges, after which the request comes again.
    private static final List<String> CHALLENGES = List.of("401", "407");

    private final LocalClock wall;
    private final List<String> ingressTrunk;
    private final List<String> egressTrunk;
    private final List<String> calling;
    private final List<String> called;

    SipAccounting(Switch source, Mapping mapping) {
        wall = new LocalClock(source.timeZone());
        ingressTrunk = names(mapping, "ingressTrunk", "ingress_trunk", "src_ip");
        egressTrunk = names(mapping, "egressTrunk", "egress_trunk", "dst_ip", "dst_domain");
        calling = names(mapping, "calling", "calling", "src_user");
        called = names(mapping, "called", "called", "dst_ouser", "dst_user");
    }

    private static List<String> names(Mapping mapping, String key, String... usual) {
        String name = mapping.text(key, "");
        return name.isEmpty() ? List.of(usual) : List.of(name);
    }

    /// The names that the mapping chose; none of them may be unknown to the format.
    List<String> chosen(Mapping mapping) {
        return List.of("ingressTrunk", "egressTrunk", "calling", "called").stream()
                .filter(mapping::has)
                .map(key -> mapping.text(key, ""))
                .toList();
    }

    /// Fills a record, or gives null for a transaction that says nothing of a call (CANCEL,
    /// OPTIONS, REGISTER …).
    ///
    /// @param fields the text of a field by its name, empty where there is none
    @Nullable CdrRecord record(
            CdrRecord.Builder record, UnaryOperator<String> fields, long content) {
        Reading reading = new Reading(record, fields);
        boolean isCall = reading.isWhole() ? reading.whole() : reading.transaction();
        if (!isCall) {
            return null;
        }
        if (reading.first("callid", "call_id").isEmpty()) {
            record.malformed("callid is empty");
        }
        CallerVerification.of(reading.first("attestation", "attest"), reading.first("verstat"))
                .into(record);
        return record.callId(reading.first("callid", "call_id"))
                .ingressTrunk(reading.first(ingressTrunk))
                .egressTrunk(reading.first(egressTrunk))
                .calling(reading.first(calling))
                .called(reading.first(called))
                .content(content)
                .build();
    }

    /// One record while it is read.
    private final class Reading {
        private final CdrRecord.Builder record;
        private final UnaryOperator<String> fields;

        Reading(CdrRecord.Builder record, UnaryOperator<String> fields) {
            this.record = record;
            this.fields = fields;
        }

        String first(String... names) {
            return first(List.of(names));
        }

        String first(List<String> names) {
            for (String name : names) {
                String text = fields.apply(name);
                if (!text.isEmpty()) {
                    return text;
                }
            }
            return "";
        }

        /// Whether the record is of a dialog that ended: it has its end or its length.
        boolean isWhole() {
            return !first("end_time", "ms_duration").isEmpty()
                    || (!fields.apply("duration").isEmpty()
                            && !first("start_time", "created", "call_start_time").isEmpty());
        }

        boolean whole() {
            Long created = instant("created");
            Long start = instant("call_start_time", "start_time", "time", "timestamp");
            Long end = instant("end_time");
            String code = first("sip_code", "code");
            Long duration = duration();
            boolean answered =
                    code.isEmpty() ? duration == null || duration > 0 : code.startsWith("2");
            Long setup = created != null ? created : start != null ? start : end;
            if (setup == null) {
                record.malformed("no time of setup, start or end");
            }
            if (end == null && start != null) {
                end = start + (answered && duration != null ? duration : 0);
            }
            record.kind(RecordKind.FULL)
                    .legId(dialog())
                    .sipCode(code)
                    .setupMs(setup)
                    .connectMs(answered ? start : null)
                    .releaseMs(end)
                    .durationMs(answered ? duration : null);
            return true;
        }

        private @Nullable Long duration() {
            String millis = fields.apply("ms_duration");
            String seconds = fields.apply("duration");
            String text = millis.isEmpty() ? seconds : millis;
            Long duration = millis.isEmpty() ? Fields.secondsAsMs(text) : Fields.integer(text);
            if (duration == null && !text.isEmpty()) {
                record.malformed("duration is '%s'; expected a number".formatted(text));
            }
            return duration;
        }

        boolean transaction() {
            String method = fields.apply("method");
            String code = first("sip_code", "code");
            switch (method) {
                case "INVITE" -> invite(code);
                case "BYE" -> bye(code);
                case "ACK" -> record.kind(RecordKind.UPDATE).legId(dialog()).setupMs(time());
                case "" -> record.malformed("method is empty");
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void invite(String code) {
            Long time = time();
            if (!code.matches("[1-6]\\d\\d")) {
                record.malformed("sip_code is '%s'; expected three digits".formatted(code));
            }
            boolean answered = code.startsWith("2");
            record.kind(answered ? RecordKind.START : RecordKind.FULL)
                    .legId(dialog())
                    .sipCode(code)
                    .setupMs(time)
                    .connectMs(answered ? time : null)
                    .releaseMs(answered ? null : time);
        }

        /// Whatever the reply, a BYE ends its dialog, unless it only asked for credentials.
        private void bye(String code) {
            Long time = time();
            boolean ends = !CHALLENGES.contains(code);
            record.kind(ends ? RecordKind.END : RecordKind.UPDATE)
                    .legId(dialog())
                    .setupMs(ends ? null : time)
                    .releaseMs(ends ? time : null);
        }

        /// Both tags, in one order whoever sent the request.
        private String dialog() {
            String from = fields.apply("from_tag");
            String to = fields.apply("to_tag");
            if (from.isEmpty() || to.isEmpty()) {
                return from + to;
            }
            return from.compareTo(to) <= 0 ? from + "/" + to : to + "/" + from;
        }

        private @Nullable Long time() {
            Long time = instant("time", "timestamp", "time_attr");
            if (time == null) {
                record.malformed("time is empty");
            }
            return time;
        }

        private @Nullable Long instant(String... names) {
            String text = first(names);
            if (text.isEmpty()) {
                return null;
            }
            Long instant = SipAccounting.this.instant(record, text);
            if (instant == null) {
                record.malformed(
                        "%s is '%s'; expected seconds since 1970 or YYYY-MM-DD HH:MM:SS"
                                .formatted(names[0], text));
            }
            return instant == null || instant == 0 ? null : instant;
        }
    }

    private @Nullable Long instant(CdrRecord.Builder record, String text) {
        Long epoch = Fields.secondsAsMs(text);
        if (epoch != null || text.length() < STAMP_LENGTH) {
            return epoch;
        }
        Long zoned = Fields.offsetInstant(text);
        if (zoned != null) {
            return zoned;
        }
        LocalDateTime local = Fields.localTime(text, text.charAt(4) == '/' ? SLASHES : STAMP);
        return local == null ? null : Long.valueOf(wall.instant(record, local, null));
    }
}
