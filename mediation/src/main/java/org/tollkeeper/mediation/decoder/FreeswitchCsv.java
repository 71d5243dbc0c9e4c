package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

    /// Days from the start of the Gregorian calendar, which UUIDs count from, to 1970.
    private static final long GREGORIAN_MS = 12_219_292_800_000L;

    private final LocalClock wall;
    private final boolean isSql;
    private final List<String> columns;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Event startTime;
    private final Event answerTime;
    private final Event endTime;
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
        for (int i = 0; i < columns.size(); i++) {
            positions.putIfAbsent(columns.get(i), i);
        }
        startTime = event("start");
        answerTime = event("answer");
        endTime = event("end");
        if (!columns.contains("uuid")) {
            throw mapping.wrong("columns", columns, "a uuid among them");
        }
        freeText = Math.max(columns.indexOf("caller_id_name"), columns.indexOf("caller_id"));
    }

    /// The column of an event's time.
    ///
    /// @param unit what it counts, or null for a stamp
    private record Event(String column, @Nullable Unit unit) {}

    private enum Unit {
        SECONDS,
        MICROS
    }

    private Event event(String name) {
        if (columns.contains(name + "_uepoch")) {
            return new Event(name + "_uepoch", Unit.MICROS);
        }
        return columns.contains(name + "_epoch")
                ? new Event(name + "_epoch", Unit.SECONDS)
                : new Event(name + "_stamp", null);
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
                .calling(text(fields, positions.containsKey("ani") ? "ani" : "caller_id_number"))
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
                positions.containsKey("billmsec")
                        ? number(record, fields, "billmsec", 1)
                        : number(record, fields, "billsec", 1000);
        Long start = time(record, fields, startTime, clock);
        if (start != null && clock != null) {
            LocalClock.compare(record, start, clock);
        }
        Instant near = start == null ? clock : Instant.ofEpochMilli(start);
        Long answer = time(record, fields, answerTime, near);
        Instant end = null;
        if (answer != null && talk != null) {
            end = Instant.ofEpochMilli(answer).plusMillis(talk);
        } else if (start != null && duration != null) {
            end = Instant.ofEpochMilli(start).plusMillis(duration);
        }
        Long release = time(record, fields, endTime, end);
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
            CdrRecord.Builder record, List<String> fields, Event event, @Nullable Instant near) {
        if (event.unit() != null) {
            int factor = event.unit() == Unit.SECONDS ? 1000 : 1;
            int divisor = event.unit() == Unit.SECONDS ? 1 : 1000;
            Long count = number(record, fields, event.column(), factor);
            return count == null || count == 0 ? null : Long.valueOf(count / divisor);
        }
        String text = text(fields, event.column());
        if (text.isEmpty()) {
            return null;
        }
        LocalDateTime local = Fields.localStamp(text);
        if (local == null) {
            record.malformed(
                    "%s is '%s'; expected YYYY-MM-DD HH:MM:SS".formatted(event.column(), text));
            return null;
        }
        Instant revealed =
                near != null || !event.equals(startTime)
                        ? near
                        : wall.revealed(
                                local,
                                () -> Fields.localStamp(text(fields, "end_stamp")),
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
        Integer position = positions.get(column);
        return position == null ? "" : fields.get(position);
    }

    /// Splits a line. What is too much belongs to the free text.
    private List<String> split(String line) {
        String inner = line.strip();
        if (!inner.startsWith("\"")) {
            return List.of(inner.split(",", -1));
        }
        inner = inner.substring(1, Math.max(1, inner.length() - (inner.endsWith("\"") ? 1 : 0)));
        List<String> parts = betweenQuotes(inner);
        int surplus = parts.size() - columns.size();
        if (surplus > 0 && freeText >= 0) {
            List<String> pieces = parts.subList(freeText, freeText + surplus + 1);
            String text = String.join("\",\"", pieces);
            pieces.clear();
            parts.add(freeText, text);
        }
        return parts;
    }

    /// What stands between quote, comma and quote, with or without blanks around the comma.
    static List<String> betweenQuotes(String text) {
        List<String> parts = new ArrayList<>(20);
        int from = 0;
        int quote = text.indexOf('"');
        while (quote >= 0) {
            int next = nextQuote(text, quote);
            if (next >= 0) {
                parts.add(text.substring(from, quote));
                from = next + 1;
            }
            quote = text.indexOf('"', next >= 0 ? from : quote + 1);
        }
        parts.add(text.substring(from));
        return parts;
    }

    /// Where the next field is opened if the quote at `quote` closes one; else negative.
    private static int nextQuote(String text, int quote) {
        int comma = pastBlanks(text, quote + 1);
        if (comma == text.length() || text.charAt(comma) != ',') {
            return -1;
        }
        int next = pastBlanks(text, comma + 1);
        return next < text.length() && text.charAt(next) == '"' ? next : -1;
    }

    private static int pastBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || isControl(text.charAt(at)))) {
            at++;
        }
        return at;
    }

    private static boolean isControl(char c) {
        return c >= '\t' && c <= '\r';
    }

    /// What stands between the brackets of `INSERT INTO cdr VALUES (…);`.
    private static String values(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        return open >= 0 && close > open ? line.substring(open + 1, close) : line;
    }

    /// The clock in a UUID of version 1: 100 ns since the start of the Gregorian calendar.
    private static @Nullable Instant clock(String text) {
        boolean isUsual =
                text.length() == 36
                        && text.charAt(8) == '-'
                        && text.charAt(13) == '-'
                        && text.charAt(18) == '-'
                        && text.charAt(23) == '-';
        if (!isUsual || text.charAt(14) != '1') {
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
