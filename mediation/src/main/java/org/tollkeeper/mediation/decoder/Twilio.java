package org.tollkeeper.mediation.decoder;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;
import tools.jackson.databind.JsonNode;

/// Twilio's call resources, as its API lists them, and the call summaries of Voice Insights, which
/// join their call with its quality, or are the calls themselves where only they are delivered.
///
/// A call was answered if its status is `completed`; a summary, if it has a time of conversation.
final class Twilio implements Decoder {

    private static final Set<String> LISTS = Set.of("calls", "call_summaries");
    private static final Set<String> GOING_ON =
            Set.of("queued", "initiated", "ringing", "in-progress");

    private final boolean summariesAreCalls;
    private final String ingressTrunk;
    private final String egressTrunk;

    Twilio(Switch source) {
        Mapping mapping = Mapping.of(source);
        summariesAreCalls =
                mapping.oneOf("summaries", "quality", List.of("quality", "calls")).equals("calls");
        ingressTrunk = mapping.text("ingressTrunk", "");
        egressTrunk = mapping.text("egressTrunk", "");
        mapping.refuseOthers();
    }

    @Override
    public void decode(InputStream content, RecordSink records) throws IOException {
        JsonDocuments documents = new JsonDocuments(content, LISTS);
        int number = 0;
        for (var document = documents.next(); document != null; document = documents.next()) {
            CdrRecord.Builder record =
                    CdrRecord.at(++number, document.byteOffset())
                            .content(new ContentHash().add(document.text()).value());
            JsonNode tree = document.tree();
            if (tree == null) {
                record.malformed(document.fault());
            } else if (tree.has("call_sid")) {
                summary(record, tree);
            } else if (tree.has("sid")) {
                call(record, tree);
            } else {
                record.malformed("neither sid nor call_sid");
            }
            records.accept(record.build());
        }
    }

    private void call(CdrRecord.Builder record, JsonNode call) {
        String status = text(call, "status");
        Long start = time(record, call, "start_time");
        Long created = time(record, call, "date_created");
        Long end = time(record, call, "end_time");
        Long duration = seconds(record, call, "duration");
        boolean answered = status.equals("completed");
        if (answered && (end == null || duration == null)) {
            record.malformed("a completed call needs end_time and duration");
        }
        Long talk = duration == null ? Long.valueOf(0) : duration;
        identify(record, text(call, "sid"), start == null ? created : start);
        route(record, call, text(call, "direction"));
        record.kind(GOING_ON.contains(status) ? RecordKind.UPDATE : RecordKind.STOP)
                .calling(text(call, "from"))
                .called(text(call, "to"))
                .connectMs(answered && end != null ? Long.valueOf(end - talk) : null)
                .releaseMs(end)
                .durationMs(answered ? duration : null)
                .cause(cause(status))
                .detail(Detail.CORRELATION_ID, text(call, "parent_call_sid"))
                .detail(Detail.CALLER_NAME, text(call, "caller_name"));
        if (status.isEmpty()) {
            record.malformed("status is empty");
        }
    }

    private static void identify(CdrRecord.Builder record, String sid, @Nullable Long setup) {
        record.callId(sid).setupMs(setup);
        if (sid.isEmpty()) {
            record.malformed("sid is empty");
        }
        if (setup == null) {
            record.malformed("no time of start or creation");
        }
    }

    /// Twilio is at one end of every call: at the way in of what it delivers, else at the way out.
    private void route(CdrRecord.Builder record, JsonNode call, String direction) {
        boolean isIncoming =
                direction.startsWith("inbound") || direction.equals("trunking-originating");
        String chosen = isIncoming ? ingressTrunk : egressTrunk;
        String trunk = text(call, chosen.isEmpty() ? "trunk_sid" : chosen);
        if (trunk.isEmpty() && chosen.isEmpty()) {
            trunk = text(call, "account_sid");
        }
        if (isIncoming) {
            record.ingressTrunk(trunk);
        } else {
            record.egressTrunk(trunk);
        }
    }

    private static String cause(String status) {
        return switch (status) {
            case "completed", "canceled" -> "16";
            case "busy" -> "17";
            case "no-answer" -> "19";
            default -> status;
        };
    }

    /// Of a summary that is still partial another one will come.
    private void summary(CdrRecord.Builder record, JsonNode summary) {
        JsonNode properties = summary.path("properties");
        Long start = time(record, summary, "created_time");
        start = start == null ? time(record, summary, "start_time") : start;
        Long end = time(record, summary, "end_time");
        identify(record, text(summary, "call_sid"), start);
        quality(record, summary);
        record.releaseMs(end).pddMs(Fields.smallNumber(text(properties, "pdd_ms")));
        boolean isWhole = text(summary, "processing_state").equals("complete");
        if (!isWhole) {
            record.kind(RecordKind.UPDATE);
        } else if (!summariesAreCalls) {
            record.kind(RecordKind.MEDIA);
        } else {
            Long talk = seconds(record, summary, "connect_duration");
            boolean answered = talk != null && talk > 0;
            Long connect = talk == null || talk <= 0 || end == null ? null : end - talk;
            if (answered && end == null) {
                record.malformed("an answered call needs end_time");
            }
            route(record, summary, text(properties, "direction"));
            record.kind(RecordKind.STOP)
                    .calling(text(summary.path("from"), "caller"))
                    .called(text(summary.path("to"), "callee"))
                    .connectMs(connect)
                    .durationMs(answered ? talk : null)
                    .cause(cause(text(summary, "call_state")))
                    .sipCode(text(properties, "last_sip_response_num"))
                    .detail(Detail.RELEASE_INITIATOR, initiator(properties));
        }
    }

    private static String initiator(JsonNode properties) {
        return switch (text(properties, "disconnected_by")) {
            case "caller" -> "A";
            case "callee" -> "B";
            default -> "";
        };
    }

    /// As the carrier's edge measured it, else another edge.
    private static void quality(CdrRecord.Builder record, JsonNode summary) {
        for (String edge : List.of("carrier_edge", "sip_edge", "client_edge", "sdk_edge")) {
            JsonNode metrics = summary.path(edge).path("metrics");
            JsonNode inbound = metrics.path("inbound");
            if (inbound.isObject()) {
                record.codec(text(inbound, "codec_name"))
                        .mos(value(inbound.path("mos")))
                        .detail(Detail.MOS_OUT, value(metrics.path("outbound").path("mos")))
                        .detail(Detail.JITTER_MS, value(inbound.path("jitter")))
                        .detail(Detail.LOST_PACKETS, text(inbound, "packets_lost"));
                return;
            }
        }
    }

    /// A measure: one number, or an object with its average.
    private static String value(JsonNode measure) {
        return measure.isObject() ? text(measure, "avg") : JsonDocuments.text(measure);
    }

    private static @Nullable Long seconds(CdrRecord.Builder record, JsonNode call, String name) {
        String text = text(call, name);
        Long millis = Fields.secondsAsMs(text);
        if (millis == null && !text.isEmpty()) {
            record.malformed("%s is '%s'; expected seconds".formatted(name, text));
        }
        return millis;
    }

    private static @Nullable Long time(CdrRecord.Builder record, JsonNode call, String name) {
        String text = text(call, name);
        if (text.isEmpty()) {
            return null;
        }
        Long instant = Fields.offsetInstant(text);
        if (instant == null) {
            instant = mailInstant(text);
        }
        if (instant == null) {
            record.malformed(
                    "%s is '%s'; expected a time of RFC 2822 or ISO 8601".formatted(name, text));
        }
        return instant;
    }

    private static @Nullable Long mailInstant(String text) {
        try {
            return OffsetDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static String text(JsonNode object, String name) {
        return JsonDocuments.text(object, name);
    }
}
