package org.tollkeeper.mediation.decoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;

/// Exports of the call records that VOS3000 softswitches keep in their daily tables: columns by the
/// header's names, or by the mapping, or in the order of the table.
///
/// A call was answered if it has a holding time. Times are milliseconds since 1970.
final class Vos3000Csv implements Decoder {

    private static final List<String> TABLE =
            List.of(
                    "callere164",
                    "calleraccesse164",
                    "calleee164",
                    "calleeaccesse164",
                    "callerip",
                    "callercodec",
                    "callergatewayid",
                    "callerproductid",
                    "callertogatewaye164",
                    "callertype",
                    "calleeip",
                    "calleecodec",
                    "calleegatewayid",
                    "calleeproductid",
                    "calleetogatewaye164",
                    "calleetype",
                    "billingmode",
                    "calllevel",
                    "agentfeetime",
                    "starttime",
                    "stoptime",
                    "callerpdd",
                    "calleepdd",
                    "holdtime",
                    "callerareacode",
                    "feetime",
                    "fee",
                    "tax",
                    "suitefee",
                    "suitefeetime",
                    "incomefee",
                    "incometax",
                    "customeraccount",
                    "customername",
                    "calleeareacode",
                    "agentfee",
                    "agenttax",
                    "agentsuitefee",
                    "agentsuitefeetime",
                    "agentaccount",
                    "agentname",
                    "flowno",
                    "softswitchname",
                    "softswitchcallid",
                    "callercallid",
                    "calleroriginalcallid",
                    "rtpforward",
                    "enddirection",
                    "endreason",
                    "billingtype",
                    "cdrlevel",
                    "agentcdr_id");

    private static final List<String> STARTS = List.of("starttime", "start");
    private static final List<String> STOPS = List.of("stoptime", "stop");

    private static final DateTimeFormatter STAMP = Fields.stamp("yyyy-MM-dd HH:mm:ss");
    private static final Pattern Q850_CAUSE =
            Pattern.compile("(?i)Q\\.850\\s*;.*?cause\\s*=\\s*(\\d{1,3}).*");

    private final LocalClock wall;
    private final Charset charset;
    private final char delimiter;
    private final List<String> own;
    private final boolean delayIsSeconds;
    private final String ingressTrunk;
    private final String egressTrunk;
    private final String calling;
    private final String called;

    Vos3000Csv(Switch source) {
        Mapping mapping = Mapping.of(source);
        wall = new LocalClock(source.timeZone());
        charset = mapping.charset();
        delimiter = mapping.delimiter();
        own = mapping.texts("columns");
        delayIsSeconds = mapping.oneOf("pddUnit", "ms", List.of("ms", "s")).equals("s");
        ingressTrunk = mapping.text("ingressTrunk", "callergatewayid");
        egressTrunk = mapping.text("egressTrunk", "calleegatewayid");
        calling = mapping.text("calling", "calleraccesse164");
        called = mapping.text("called", "calleee164");
        mapping.refuseOthers();
        NamedColumns named = new NamedColumns(own);
        if (!own.isEmpty() && !isWhole(named)) {
            throw mapping.wrong(
                    "columns", own, "among them flowno, starttime, holdtime and " + called);
        }
    }

    private boolean isWhole(NamedColumns columns) {
        return columns.has("flowno")
                && STARTS.stream().anyMatch(columns::has)
                && columns.has("holdtime")
                && columns.has(called);
    }

    @Override
    public void decode(InputStream content, RecordSink records)
            throws IOException, UndecodableException {
        CsvReader csv = new CsvReader(content, charset, delimiter, '"');
        List<String> fields = csv.next();
        NamedColumns columns = new NamedColumns(own.isEmpty() ? TABLE : own);
        if (own.isEmpty() && fields != null && new NamedColumns(fields).has("flowno")) {
            columns = new NamedColumns(fields);
            if (!isWhole(columns)) {
                throw new UndecodableException(
                        "the header lacks one of flowno, starttime, holdtime, %s; it has %s"
                                .formatted(called, String.join(", ", fields)));
            }
            fields = csv.next();
        }
        int number = 0;
        for (; fields != null; fields = csv.next()) {
            CdrRecord.Builder record = CdrRecord.at(++number, csv.byteOffset());
            if (fields.size() != columns.width()) {
                record.malformed(
                        "%d fields; expected %d".formatted(fields.size(), columns.width()));
            } else {
                fill(record, new Row(columns, fields));
            }
            records.accept(record.build());
        }
    }

    /// A row and the names of its columns.
    private record Row(NamedColumns columns, List<String> fields) {

        String text(String name) {
            return columns.text(fields, name);
        }
    }

    private void fill(CdrRecord.Builder record, Row row) {
        String id = row.text("flowno");
        if (id.isEmpty()) {
            record.malformed("flowno is empty");
        }
        String from = row.text(calling);
        record.callId(id)
                .content(ContentHash.of(row.fields))
                .ingressTrunk(row.text(ingressTrunk))
                .egressTrunk(row.text(egressTrunk))
                .calling(from.isEmpty() ? row.text("callere164") : from)
                .called(row.text(called))
                .codec(row.text("callercodec"))
                .detail(Detail.CODEC_OUT, row.text("calleecodec"))
                .detail(Detail.CALLING_OUT, row.text("callertogatewaye164"))
                .detail(Detail.CALLED_OUT, row.text("calleetogatewaye164"))
                .detail(Detail.INGRESS_ADDRESS, row.text("callerip"))
                .detail(Detail.EGRESS_ADDRESS, row.text("calleeip"))
                .detail(Detail.INGRESS_SIP_CALL_ID, row.text("callercallid"))
                .detail(Detail.EGRESS_SIP_CALL_ID, row.text("calleecallid"))
                .detail(Detail.CORRELATION_ID, row.text("calleroriginalcallid"));
        times(record, row);
        outcome(record, row);
    }

    private void times(CdrRecord.Builder record, Row row) {
        Long start = instant(record, row, STARTS, null);
        if (start == null) {
            record.malformed("starttime is empty");
        }
        String hold = row.text("holdtime");
        Long talk = Fields.secondsAsMs(hold);
        if (talk == null) {
            record.malformed("holdtime is '%s'; expected seconds".formatted(shortened(hold)));
        }
        boolean answered = talk != null && talk != 0;
        Instant end =
                start == null
                        ? null
                        : Instant.ofEpochMilli(start).plusMillis(talk == null ? 0 : talk);
        Long stop = instant(record, row, STOPS, end);
        record.setupMs(start)
                .connectMs(answered ? start : null)
                .releaseMs(stop)
                .durationMs(answered ? exact(start, stop, talk) : null);
    }

    /// The holding time is whole seconds, so that the times are more exact where they agree (null).
    private static @Nullable Long exact(
            @Nullable Long start, @Nullable Long stop, @Nullable Long talk) {
        boolean agrees =
                start != null
                        && stop != null
                        && talk != null
                        && Math.abs(stop - start - talk) <= 1000;
        return agrees ? null : talk;
    }

    /// Milliseconds since 1970, or a time on the switch's clock.
    private @Nullable Long instant(
            CdrRecord.Builder record, Row row, List<String> names, @Nullable Instant near) {
        String text = row.columns.first(row.fields, names);
        if (text.isEmpty() || text.equals("0")) {
            return null;
        }
        Long millis = Fields.integer(text);
        if (millis != null) {
            return millis;
        }
        var local = Fields.localTime(text, STAMP);
        if (local == null) {
            record.malformed(
                    "%s is '%s'; expected milliseconds since 1970 or YYYY-MM-DD HH:MM:SS"
                            .formatted(names.getFirst(), shortened(text)));
            return null;
        }
        return wall.instant(record, local, near);
    }

    /// Reasons from 100 on are SIP's; negative ones are the softswitch's own.
    private void outcome(CdrRecord.Builder record, Row row) {
        String reason = row.text("endreason");
        Integer code = Fields.smallNumber(reason);
        if (code != null && code >= 100 && code < 700) {
            record.sipCode(reason);
        } else if (!reason.equals("0")) {
            record.detail(Detail.NATIVE_CAUSE, reason);
        }
        Matcher header = Q850_CAUSE.matcher(row.text("sipreasonheader"));
        if (header.matches()) {
            record.cause(header.group(1));
        }
        Integer delay = Fields.smallNumber(row.text("callerpdd"));
        if (delay != null && delay > 0 && delay < 3_600_000) {
            record.pddMs(delayIsSeconds ? Fields.smallNumber(delay + "000") : delay);
        }
        record.detail(
                Detail.RELEASE_INITIATOR,
                switch (row.text("enddirection")) {
                    case "0" -> "A";
                    case "1" -> "B";
                    case "2" -> "SWITCH";
                    default -> "";
                });
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40);
    }
}
