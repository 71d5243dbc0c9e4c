package org.tollkeeper.mediation.decoder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.CdrMapping;
import org.tollkeeper.model.Switch;

/// How the fields of a mapped format (`delimited`, `fixed-width`) become a record: by the names of
/// the canonical fields, a date pattern, a unit for durations and constants.
///
/// What such formats often lack is supplied: without a call id, a hash of the record's times,
/// numbers and trunks; without a setup time, the connect time; without a connect time, the release
/// less the duration, or the setup, of a call that has a duration.
final class RecordMapping {

    private static final List<String> FIELDS = CdrMapping.FIELDS;

    private static final long DAY_MS = 86_400_000;

    /// 0002-01-01.
    private static final long FIRST_YEAR_END_MS = -62_104_060_800_000L;

    private static final List<String> INSTANTS = List.of("setup", "connect", "release");

    private final Set<String> mapped;
    private final Map<String, String> constants;
    private final Set<String> known;
    private final Set<String> answeredValues;
    private final Set<String> emptyValues;
    private final TimePattern times;
    private final String unit;

    /// Reads the keys `constants`, `answeredValues`, `datePattern` and `unit`.
    ///
    /// @param fields canonical fields that the layout gives
    static RecordMapping of(Switch source, Mapping mapping, Iterable<String> fields) {
        Set<String> mapped = new HashSet<>();
        for (String field : fields) {
            if (!FIELDS.contains(field)) {
                throw mapping.wrong("columns", field, "fields of " + String.join(", ", FIELDS));
            }
            if (!mapped.add(field)) {
                throw mapping.wrong("columns", field, "each field once");
            }
        }
        Map<String, String> constants = mapping.map("constants");
        for (String field : constants.keySet()) {
            if (!FIELDS.contains(field)) {
                throw mapping.wrong("constants", field, "fields of " + String.join(", ", FIELDS));
            }
        }
        Set<String> known = new TreeSet<>(constants.keySet());
        known.addAll(mapped);
        for (String event : INSTANTS) {
            boolean hasDate = known.contains(event + "_date");
            boolean hasTime = known.contains(event + "_time");
            boolean hasBoth = known.contains(event + "_at");
            if (hasDate != hasTime || (hasDate && hasBoth)) {
                throw mapping.wrong(
                        "columns",
                        known,
                        "%1$s_date and %1$s_time together, or %1$s_at".formatted(event));
            }
            if (hasDate) {
                known.add(event + "_at");
            }
        }
        if (!known.contains("called")
                || !(known.contains("setup_at")
                        || known.contains("connect_at")
                        || known.contains("release_at"))) {
            throw mapping.wrong(
                    "columns",
                    known,
                    "at least called and one of setup_at, connect_at, release_at");
        }
        return new RecordMapping(
                mapped,
                constants,
                known,
                Set.copyOf(mapping.texts("answeredValues")),
                Set.copyOf(mapping.texts("emptyValues")),
                TimePattern.of(mapping, source.timeZone()),
                mapping.oneOf("unit", "s", CdrMapping.UNITS));
    }

    private RecordMapping(
            Set<String> mapped,
            Map<String, String> constants,
            Set<String> known,
            Set<String> answeredValues,
            Set<String> emptyValues,
            TimePattern times,
            String unit) {
        this.mapped = mapped;
        this.constants = constants;
        this.known = known;
        this.answeredValues = answeredValues;
        this.emptyValues = emptyValues;
        this.times = times;
        this.unit = unit;
    }

    /// Fills a record.
    ///
    /// @param texts the text of a mapped field, blanks around it gone
    CdrRecord record(CdrRecord.Builder record, UnaryOperator<String> texts) {
        UnaryOperator<String> text = field -> text(texts, field);
        times(record, text);
        List<String> content = new ArrayList<>();
        for (String field : FIELDS) {
            content.add(text.apply(field));
        }
        long hash = ContentHash.of(content);
        String callId = text.apply("call_id");
        boolean hasCallId = mapped.contains("call_id") || constants.containsKey("call_id");
        if (hasCallId && callId.isEmpty()) {
            record.malformed("call_id is empty");
        }
        return record.callId(hasCallId ? callId : "%016x".formatted(hash))
                .legId(text.apply("leg_id"))
                .ingressTrunk(text.apply("ingress_trunk"))
                .egressTrunk(text.apply("egress_trunk"))
                .calling(text.apply("calling"))
                .called(text.apply("called"))
                .cause(text.apply("cause"))
                .sipCode(text.apply("sip_code"))
                .pddMs(Fields.smallNumber(text.apply("pdd_ms")))
                .mos(text.apply("mos"))
                .codec(text.apply("codec"))
                .attestation(text.apply("attestation"))
                .content(hash)
                .build();
    }

    private String text(UnaryOperator<String> texts, String field) {
        if (!mapped.contains(field)) {
            int event = field.endsWith("_at") ? field.length() - 3 : 0;
            if (event == 0 || !known.contains(field) || constants.containsKey(field)) {
                return constants.getOrDefault(field, "");
            }
            String date = text(texts, field.substring(0, event) + "_date");
            String time = text(texts, field.substring(0, event) + "_time");
            return date.isEmpty() || time.isEmpty() ? "" : date + ' ' + time;
        }
        String text = texts.apply(field);
        return emptyValues.contains(text) ? "" : text;
    }

    private void times(CdrRecord.Builder record, UnaryOperator<String> text) {
        Long duration = duration(record, text.apply("duration"));
        boolean hasConnect = !text.apply("connect_at").isEmpty();
        Instant revealed =
                times.revealed(
                        text.apply(hasConnect ? "connect_at" : "setup_at"),
                        text.apply("release_at"),
                        duration);
        Long setup = instant(record, text, "setup_at", revealed);
        Instant start = setup == null ? revealed : Instant.ofEpochMilli(setup);
        Long connect = instant(record, text, "connect_at", start);
        Instant begin = connect == null ? start : Instant.ofEpochMilli(connect);
        Long release =
                instant(
                        record,
                        text,
                        "release_at",
                        begin == null || duration == null ? begin : begin.plusMillis(duration));
        boolean answered = answered(text, connect, duration);
        if (answered && connect == null && duration != null) {
            connect =
                    release != null && known.contains("release_at")
                            ? Long.valueOf(release - duration)
                            : setup;
        }
        if (setup == null) {
            setup = connect != null ? connect : release;
        }
        if (setup == null) {
            record.malformed("no time of setup, connect or release");
        }
        if (!answered && duration != null && duration > 0) {
            record.anomaly("BILLSEC_ON_UNANSWERED");
        }
        record.setupMs(setup)
                .connectMs(answered ? connect : null)
                .releaseMs(release)
                .durationMs(answered ? duration : null);
    }

    /// By `answered` where it is mapped; else by the connect time where that is; else by the
    /// duration.
    private boolean answered(
            UnaryOperator<String> text, @Nullable Long connect, @Nullable Long duration) {
        if (mapped.contains("answered")) {
            return answeredValues.contains(text.apply("answered"));
        }
        if (known.contains("connect_at")) {
            return connect != null;
        }
        return duration != null && duration != 0;
    }

    private @Nullable Long instant(
            CdrRecord.Builder record,
            UnaryOperator<String> text,
            String field,
            @Nullable Instant near) {
        String stamp = text.apply(field);
        if (stamp.isEmpty()) {
            return null;
        }
        Long instant = times.instant(record, stamp, near);
        if (instant == null) {
            record.malformed("%s is '%s'; expected %s".formatted(field, stamp, times));
        }
        // The first day of 1970, and the first of all, say that it did not happen.
        boolean isNever =
                instant == null || Math.abs(instant) < DAY_MS || instant < FIRST_YEAR_END_MS;
        return isNever ? null : instant;
    }

    private @Nullable Long duration(CdrRecord.Builder record, String text) {
        if (text.isEmpty()) {
            return null;
        }
        Long millis = durationMs(text);
        if (millis == null) {
            record.malformed("duration is '%s'; expected %s".formatted(text, unit));
        }
        return millis;
    }

    /// A duration in the mapping's unit; null where a text is none.
    @Nullable Long durationMs(String text) {
        return switch (unit) {
            case "ms" -> Fields.integer(text);
            case "ds" -> tenthsAsMs(text);
            case "h:m:s" -> clockAsMs(text);
            case "hhmmss" -> digitsAsMs(text);
            default -> Fields.secondsAsMs(text.replace(',', '.'));
        };
    }

    private static @Nullable Long tenthsAsMs(String text) {
        Integer tenths = Fields.smallNumber(text);
        return tenths == null ? null : Long.valueOf(100L * tenths);
    }

    /// Two digits each of minutes and seconds, the hours before them.
    private static @Nullable Long digitsAsMs(String text) {
        Integer digits = text.length() < 6 ? null : Fields.smallNumber(text);
        return digits == null
                ? null
                : Long.valueOf(
                        1000L
                                * (3600L * (digits / 10_000)
                                        + 60L * (digits / 100 % 100)
                                        + digits % 100));
    }

    private static @Nullable Long clockAsMs(String text) {
        long seconds = 0;
        for (String part : text.split(":", -1)) {
            Integer number = Fields.smallNumber(part);
            if (number == null || seconds > Integer.MAX_VALUE) {
                return null;
            }
            seconds = 60 * seconds + number;
        }
        return 1000 * seconds;
    }
}
