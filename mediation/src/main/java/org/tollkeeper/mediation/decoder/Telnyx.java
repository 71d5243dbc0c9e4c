package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;
import tools.jackson.databind.JsonNode;

/// Telnyx's call records: its CSV report and its detail records in JSON, one a call, by the names
/// of their columns; and the events of Call Control, of which `call.answered` is the start of a
/// call and `call.hangup` the end.
///
/// A call of a report was answered if it has an answer time, or where the report has no such
/// column, a duration. The actual duration is taken, never the billed one.
final class Telnyx implements Decoder {

    private static final int LOOK_AHEAD_BYTES = 256;
    private static final int BRACE = '{';
    private static final int BRACKET = '[';

    private static final Map<String, List<String>> NAMES =
            Map.ofEntries(
                    Map.entry(
                            "call_id",
                            List.of("call_leg_id", "telnyx_leg_id", "leg_id", "call_uuid", "id")),
                    Map.entry("session", List.of("call_session_id", "session_id")),
                    Map.entry("direction", List.of("direction", "call_type", "type")),
                    Map.entry("calling", List.of("cli", "from", "originating_number", "caller")),
                    Map.entry("called", List.of("cld", "to", "destination_number", "dest_number")),
                    Map.entry(
                            "setup",
                            List.of(
                                    "started_at",
                                    "start_time",
                                    "start_timestamp",
                                    "call_start_time",
                                    "created_at")),
                    Map.entry("connect", List.of("answered_at", "answer_timestamp", "answer_time")),
                    Map.entry(
                            "release",
                            List.of("finished_at", "end_time", "end_timestamp", "ended_at")),
                    Map.entry(
                            "duration",
                            List.of("call_sec", "call_duration", "duration_sec", "duration")),
                    Map.entry("cause", List.of("hangup_cause", "hangup_code")),
                    Map.entry("sip_code", List.of("sip_hangup_cause", "sip_code", "sip_response")),
                    Map.entry("pdd", List.of("pdd_ms", "pdd")),
                    Map.entry("released_by", List.of("hangup_source")),
                    Map.entry(
                            "attestation",
                            List.of("attestation", "shaken_stir_attestation", "stir_attestation")),
                    Map.entry("verstat", List.of("verstat", "stir_verstat")),
                    Map.entry("trunk", List.of("connection_id", "connection_name")));

    private static final DateTimeFormatter STAMP = Fields.stamp("yyyy-MM-dd HH:mm:ss");
    private static final int STAMP_LENGTH = 19;

    private final LocalClock wall;
    private final Map<String, String> columns;
    private final String ingressTrunk;
    private final String egressTrunk;
    private final String usualDirection;

    Telnyx(Switch source) {
        wall = new LocalClock(source.timeZone());
        Mapping mapping = Mapping.of(source);
        columns = mapping.map("columns");
        ingressTrunk = mapping.text("ingressTrunk", "");
        egressTrunk = mapping.text("egressTrunk", "");
        usualDirection = mapping.oneOf("direction", "", List.of("", "incoming", "outgoing"));
        mapping.refuseOthers();
        for (String field : columns.keySet()) {
            if (!NAMES.containsKey(field)) {
                throw mapping.wrong(
                        "columns",
                        field,
                        "one of " + String.join(", ", NAMES.keySet().stream().sorted().toList()));
            }
        }
    }

    @Override
    public void decode(InputStream content, RecordSink records)
            throws IOException, UndecodableException {
        PushbackInputStream text = new PushbackInputStream(content, LOOK_AHEAD_BYTES);
        byte[] ahead = text.readNBytes(LOOK_AHEAD_BYTES);
        text.unread(ahead);
        int first = ' ';
        for (int i = 0; i < ahead.length && (first <= ' ' || first >= 0x80); i++) {
            first = ahead[i] & 0xff;
        }
        if (first == BRACE || first == BRACKET) {
            json(text, records);
        } else {
            report(text, records);
        }
    }

    private void report(InputStream content, RecordSink records)
            throws IOException, UndecodableException {
        CsvReader csv = new CsvReader(content, UTF_8, ',', '"');
        List<String> header = csv.next();
        if (header == null) {
            throw new UndecodableException("the file is empty; expected a header line");
        }
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            positions.putIfAbsent(plain(header.get(i)), i);
        }
        require(positions, header, "called");
        require(positions, header, "setup");
        int number = 0;
        for (List<String> fields = csv.next(); fields != null; fields = csv.next()) {
            List<String> row = fields;
            CdrRecord.Builder record = CdrRecord.at(++number, csv.byteOffset());
            if (row.size() != header.size()) {
                record.malformed(
                        "%d fields, but the header has %d".formatted(row.size(), header.size()));
            } else {
                call(
                        record,
                        name -> positions.containsKey(name) ? row.get(positions.get(name)) : "",
                        name -> positions.containsKey(name),
                        ContentHash.of(row));
            }
            records.accept(record.build());
        }
    }

    private void require(Map<String, Integer> positions, List<String> header, String field)
            throws UndecodableException {
        if (names(field).stream().noneMatch(positions::containsKey)) {
            throw new UndecodableException(
                    "no column for '%s' (%s); the header has %s"
                            .formatted(
                                    field,
                                    String.join(", ", names(field)),
                                    String.join(", ", header)));
        }
    }

    /// A column's name with case and punctuation gone: `Answer Timestamp` → `answer_timestamp`.
    private static String plain(String name) {
        return name.strip()
                .toLowerCase(Locale.ROOT)
                .replace("(utc)", "")
                .strip()
                .replaceAll("[^a-z0-9]+", "_");
    }

    private List<String> names(String field) {
        String own = columns.get(field);
        return own == null ? NAMES.getOrDefault(field, List.of()) : List.of(plain(own));
    }

    private void json(InputStream content, RecordSink records) throws IOException {
        JsonDocuments documents = new JsonDocuments(content, Set.of("data"));
        int number = 0;
        for (var document = documents.next(); document != null; document = documents.next()) {
            CdrRecord.Builder record = CdrRecord.at(++number, document.byteOffset());
            JsonNode tree = document.tree();
            long hash = new ContentHash().add(document.text()).value();
            if (tree == null) {
                record.malformed(document.fault());
            } else {
                JsonNode event = tree.path("data").isObject() ? tree.path("data") : tree;
                JsonNode payload = event.path("payload");
                if (payload.isObject()) {
                    event(record, event, payload, hash);
                } else {
                    call(record, name -> JsonDocuments.text(event, name), event::has, hash);
                }
            }
            records.accept(record.build());
        }
    }

    private void call(
            CdrRecord.Builder record,
            UnaryOperator<String> texts,
            Predicate<String> has,
            long hash) {
        Fieldset fields = new Fieldset(record, texts);
        Long setup = fields.instant("setup");
        Long connect = fields.instant("connect");
        Long release = fields.instant("release");
        Long duration = fields.duration();
        boolean answered =
                names("connect").stream().anyMatch(has)
                        ? connect != null
                        : duration != null && duration > 0;
        if (answered && connect == null && release != null && duration != null) {
            connect = release - duration;
        } else if (answered && connect == null) {
            connect = setup;
        }
        if (setup == null) {
            record.malformed("no time of start");
        }
        fields.parties(RecordKind.STOP);
        fields.ends();
        record.setupMs(setup)
                .connectMs(answered ? connect : null)
                .releaseMs(release)
                .durationMs(answered ? duration : null)
                .content(hash);
    }

    private void event(CdrRecord.Builder record, JsonNode event, JsonNode payload, long hash) {
        Fieldset fields = new Fieldset(record, name -> JsonDocuments.text(payload, name));
        String type = JsonDocuments.text(event, "event_type");
        Long at = instant(record, JsonDocuments.text(event, "occurred_at"));
        if (at == null) {
            record.malformed("occurred_at is no time of ISO 8601");
        }
        Long start = fields.instant("setup");
        record.content(hash);
        switch (type) {
            case "call.answered" -> {
                fields.parties(RecordKind.START);
                record.setupMs(start == null || at == null || start > at ? at : start)
                        .connectMs(at);
            }
            case "call.hangup" -> {
                Long end = fields.instant("release");
                Integer code = Fields.smallNumber(fields.text("sip_code"));
                boolean unanswered = code != null && code >= 300;
                fields.parties(unanswered ? RecordKind.STOP : RecordKind.END);
                fields.ends();
                record.setupMs(unanswered ? (start == null ? at : start) : null)
                        .releaseMs(end == null ? at : end);
            }
            default -> {
                fields.parties(RecordKind.UPDATE);
                record.setupMs(at).sequence((int) (hash & Integer.MAX_VALUE));
            }
        }
    }

    /// Seconds since 1970, a time with offset, or one on the switch's clock.
    private @Nullable Long instant(CdrRecord.Builder record, String text) {
        Long epoch = Fields.secondsAsMs(text);
        if (epoch != null || text.length() < STAMP_LENGTH) {
            return epoch;
        }
        Long zoned = Fields.offsetInstant(text.replace(' ', 'T'));
        if (zoned != null) {
            return zoned;
        }
        LocalDateTime local =
                Fields.localTime(text.substring(0, STAMP_LENGTH).replace('T', ' '), STAMP);
        return local == null ? null : Long.valueOf(wall.instant(record, local, null));
    }

    /// The fields of one record by their own names.
    private final class Fieldset {
        private final CdrRecord.Builder record;
        private final UnaryOperator<String> texts;

        Fieldset(CdrRecord.Builder record, UnaryOperator<String> texts) {
            this.record = record;
            this.texts = texts;
        }

        String text(String field) {
            for (String name : names(field)) {
                String text = texts.apply(name).strip();
                if (!text.isEmpty()) {
                    return text;
                }
            }
            return "";
        }

        void parties(RecordKind kind) {
            String callId = text("call_id");
            if (callId.isEmpty()) {
                record.malformed("no id of the call");
            }
            String said = text("direction").toLowerCase(Locale.ROOT);
            String direction = said.isEmpty() ? usualDirection : said;
            boolean opens = kind == RecordKind.STOP || kind == RecordKind.START;
            if (direction.isEmpty() && opens) {
                record.malformed(
                        "it does not say whether the call came in or went out;"
                                + " say so by the key direction of the mapping");
            }
            boolean isIncoming = direction.startsWith("in") || direction.equals("1");
            String chosen = isIncoming ? ingressTrunk : egressTrunk;
            String trunk = chosen.isEmpty() ? text("trunk") : texts.apply(plain(chosen)).strip();
            record.kind(kind)
                    .callId(callId)
                    .calling(text("calling"))
                    .called(text("called"))
                    .ingressTrunk(isIncoming ? trunk : "")
                    .egressTrunk(isIncoming || direction.isEmpty() ? "" : trunk)
                    .detail(Detail.CORRELATION_ID, text("session"));
        }

        void ends() {
            String name = text("cause");
            String cause = Q850.ofFreeswitch(name.toUpperCase(Locale.ROOT));
            boolean isNumber = Fields.smallNumber(cause) != null;
            record.cause(isNumber ? cause : name)
                    .sipCode(text("sip_code"))
                    .pddMs(Fields.smallNumber(text("pdd")))
                    .detail(Detail.NATIVE_CAUSE, isNumber && !cause.equals(name) ? name : "")
                    .detail(
                            Detail.RELEASE_INITIATOR,
                            switch (text("released_by")) {
                                case "caller" -> "A";
                                case "callee" -> "B";
                                default -> "";
                            });
            CallerVerification.of(text("attestation"), text("verstat")).into(record);
        }

        @Nullable Long duration() {
            String text = text("duration");
            Long millis = Fields.secondsAsMs(text);
            if (millis == null && !text.isEmpty()) {
                record.malformed("duration is '%s'; expected seconds".formatted(text));
            }
            return millis;
        }

        @Nullable Long instant(String field) {
            String text = text(field);
            if (text.isEmpty() || text.equals("-") || text.startsWith("0001-01-01")) {
                return null;
            }
            Long instant = Telnyx.this.instant(record, text);
            if (instant == null) {
                record.malformed("%s is '%s'; expected a time".formatted(field, text));
            }
            return instant == null || instant == 0 ? null : instant;
        }
    }
}
