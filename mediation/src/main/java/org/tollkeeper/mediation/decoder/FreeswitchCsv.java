package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;

/// FreeSWITCH's `mod_cdr_csv`: lines of quoted fields by a template, without a header, stamps in
/// the switch's local time. Quotes inside values are not escaped: fields are told apart by the
/// sequence quote, comma, quote, and where a line has too many, what is too much belongs to the
/// caller's name. A call was answered if it has an answer stamp, whatever its cause says.
final class FreeswitchCsv implements Decoder {

    private static final List<String> DEFAULT =
            List.of(
                    "caller_id_name",
                    "caller_id_number",
                    "destination_number",
                    "context",
                    "start_stamp",
                    "answer_stamp",
                    "end_stamp",
                    "duration",
                    "billsec",
                    "hangup_cause",
                    "uuid",
                    "bleg_uuid",
                    "accountcode");

    private static final Map<String, List<String>> TEMPLATES =
            Map.ofEntries(
                    entry("default", DEFAULT),
                    entry("sql", DEFAULT),
                    entry("example", with("read_codec", "write_codec")),
                    entry(
                            "snom",
                            with(
                                    "sip_user_agent",
                                    "call_clientcode",
                                    "sip_rtp_rxstat",
                                    "sip_rtp_txstat",
                                    "sofia_record_file")),
                    entry("linksys", with("sip_user_agent", "sip_p_rtp_stat")),
                    entry(
                            "asterisk",
                            List.of(
                                    "accountcode",
                                    "caller_id_number",
                                    "destination_number",
                                    "context",
                                    "caller_id",
                                    "channel_name",
                                    "bridge_channel",
                                    "last_app",
                                    "last_arg",
                                    "start_stamp",
                                    "answer_stamp",
                                    "end_stamp",
                                    "duration",
                                    "billsec",
                                    "hangup_cause",
                                    "amaflags",
                                    "uuid",
                                    "userfield")),
                    entry(
                            "opencdrrate",
                            List.of(
                                    "uuid",
                                    "signal_bond",
                                    "direction",
                                    "ani",
                                    "destination_number",
                                    "answer_stamp",
                                    "end_stamp",
                                    "billsec",
                                    "accountcode",
                                    "userfield",
                                    "network_addr",
                                    "regex",
                                    "sip_gateway_name")));

    private static final Pattern BETWEEN_FIELDS = Pattern.compile("\"\\s*,\\s*\"");
    private static final DateTimeFormatter STAMP = Fields.stamp("yyyy-MM-dd HH:mm:ss");

    /// Days from the start of the Gregorian calendar, which UUIDs count from, to 1970.
    private static final long GREGORIAN_MS = 12_219_292_800_000L;

    private final LocalClock wall;
    private final boolean isSql;
    private final List<String> columns;
    private final int freeText;
    private final String ingressTrunk;
    private final String egressTrunk;

    FreeswitchCsv(Switch source) {
        Mapping mapping = Mapping.of(source);
        wall = new LocalClock(source.timeZone());
        String template =
                mapping.oneOf("template", "example", TEMPLATES.keySet().stream().sorted().toList());
        List<String> own = mapping.texts("columns");
        isSql = own.isEmpty() && template.equals("sql");
        columns = own.isEmpty() ? TEMPLATES.getOrDefault(template, DEFAULT) : own;
        ingressTrunk = column(mapping, "ingressTrunk", "accountcode");
        egressTrunk = column(mapping, "egressTrunk", "");
        mapping.refuseOthers();
        if (!columns.contains("uuid")) {
            throw mapping.wrong("columns", columns, "a uuid among them");
        }
        freeText = Math.max(columns.indexOf("caller_id_name"), columns.indexOf("caller_id"));
    }

    private static List<String> with(String... more) {
        List<String> columns = new ArrayList<>(DEFAULT);
        columns.addAll(List.of(more));
        return List.copyOf(columns);
    }

    private String column(Mapping mapping, String key, String otherwise) {
        String column = mapping.text(key, otherwise);
        if (mapping.has(key) && !column.isEmpty() && !columns.contains(column)) {
            throw mapping.wrong(key, column, "one of " + String.join(", ", columns));
        }
        return column;
    }

    @Override
    public void decode(InputStream content, RecordSink records) throws IOException {
        LineReader lines = new LineReader(content, UTF_8);
        int number = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            records.accept(record(++number, lines.byteOffset(), line));
        }
    }

    private CdrRecord record(int number, long offset, String line) {
        CdrRecord.Builder record = CdrRecord.at(number, offset);
        List<String> fields = split(isSql ? values(line) : line);
        if (fields.size() != columns.size()) {
            return record.malformed(
                            "%d fields, but the template has %d"
                                    .formatted(fields.size(), columns.size()))
                    .build();
        }
        String uuid = text(fields, "uuid");
        if (uuid.isEmpty()) {
            record.malformed("uuid is empty");
        }
        times(record, fields, clock(uuid));
        return record.callId(uuid)
                .ingressTrunk(text(fields, ingressTrunk))
                .egressTrunk(text(fields, egressTrunk))
                .calling(text(fields, columns.contains("ani") ? "ani" : "caller_id_number"))
                .called(text(fields, "destination_number"))
                .cause(Q850.ofFreeswitch(text(fields, "hangup_cause")))
                .sipCode(text(fields, "sip_term_status"))
                .codec(text(fields, "read_codec"))
                .mos(text(fields, "rtp_audio_in_mos"))
                .content(ContentHash.of(fields))
                .build();
    }

    private void times(CdrRecord.Builder record, List<String> fields, @Nullable Instant clock) {
        Long duration = number(record, fields, "duration", 1000);
        Long talk =
                columns.contains("billmsec")
                        ? number(record, fields, "billmsec", 1)
                        : number(record, fields, "billsec", 1000);
        Long start = time(record, fields, "start", clock);
        if (start != null && clock != null) {
            LocalClock.compare(record, start, clock);
        }
        Instant near = start == null ? clock : Instant.ofEpochMilli(start);
        Long answer = time(record, fields, "answer", near);
        Instant end = null;
        if (answer != null && talk != null) {
            end = Instant.ofEpochMilli(answer).plusMillis(talk);
        } else if (start != null && duration != null) {
            end = Instant.ofEpochMilli(start).plusMillis(duration);
        }
        Long release = time(record, fields, "end", end);
        record.setupMs(start != null ? start : answer != null ? answer : release)
                .connectMs(answer)
                .releaseMs(release)
                .durationMs(answer == null ? null : talk);
        if (answer == null && talk != null && talk > 0) {
            record.anomaly("BILLSEC_ON_UNANSWERED");
        }
        if (start == null && answer == null && release == null) {
            record.malformed("no start, answer or end");
        }
    }

    /// The time of an event: its epoch in micro- or milliseconds or seconds if there is such a
    /// column, else its stamp; in a repeated hour the pass near `near`.
    private @Nullable Long time(
            CdrRecord.Builder record, List<String> fields, String event, @Nullable Instant near) {
        if (columns.contains(event + "_uepoch")) {
            Long micros = number(record, fields, event + "_uepoch", 1);
            return micros == null || micros == 0 ? null : Long.valueOf(micros / 1000);
        }
        if (columns.contains(event + "_epoch")) {
            Long millis = number(record, fields, event + "_epoch", 1000);
            return millis == null || millis == 0 ? null : millis;
        }
        String text = text(fields, event + "_stamp");
        if (text.isEmpty()) {
            return null;
        }
        LocalDateTime local = Fields.localTime(text, STAMP);
        if (local == null) {
            record.malformed(
                    "%s_stamp is '%s'; expected YYYY-MM-DD HH:MM:SS".formatted(event, text));
            return null;
        }
        Instant revealed =
                near != null || !event.equals("start")
                        ? near
                        : wall.revealed(
                                local,
                                () -> Fields.localTime(text(fields, "end_stamp"), STAMP),
                                Fields.secondsAsMs(text(fields, "duration")));
        return wall.instant(record, local, revealed);
    }

    private @Nullable Long number(
            CdrRecord.Builder record, List<String> fields, String column, int factor) {
        String text = text(fields, column);
        if (text.isEmpty()) {
            return null;
        }
        Long number = Fields.integer(text);
        if (number == null || Math.abs(number) > Long.MAX_VALUE / factor) {
            record.malformed("%s is '%s'; expected a whole number".formatted(column, text));
            return null;
        }
        return number * factor;
    }

    private String text(List<String> fields, String column) {
        int index = columns.indexOf(column);
        return index < 0 ? "" : fields.get(index);
    }

    /// Splits a line. What is too much belongs to the free text.
    private List<String> split(String line) {
        String inner = line.strip();
        if (!inner.startsWith("\"")) {
            return List.of(inner.split(",", -1));
        }
        inner = inner.substring(1, Math.max(1, inner.length() - (inner.endsWith("\"") ? 1 : 0)));
        List<String> parts = new ArrayList<>(List.of(BETWEEN_FIELDS.split(inner, -1)));
        int surplus = parts.size() - columns.size();
        if (surplus > 0 && freeText >= 0) {
            List<String> pieces = parts.subList(freeText, freeText + surplus + 1);
            String text = String.join("\",\"", pieces);
            pieces.clear();
            parts.add(freeText, text);
        }
        return parts;
    }

    /// What stands between the brackets of `INSERT INTO cdr VALUES (…);`.
    private static String values(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        return open >= 0 && close > open ? line.substring(open + 1, close) : line;
    }

    /// The clock in a UUID of version 1: 100 ns since the start of the Gregorian calendar.
    private static @Nullable Instant clock(String text) {
        if (text.length() != 36) {
            return null;
        }
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.version() == 1 && uuid.variant() == 2
                    ? Instant.ofEpochMilli(uuid.timestamp() / 10_000 - GREGORIAN_MS)
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
