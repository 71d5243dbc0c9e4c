package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;

/// Call records of Sansay's VSX: fields between semicolons, no header, a line for each route that
/// was tried. Its stamps are local, and a field says how many minutes its clock is west of
/// Greenwich.
///
/// A line was answered if it has an answer time. Lines of type A audit the switch and are no calls.
final class Sansay implements Decoder {

    private static final int SEQUENCE = 1;
    private static final int TYPE = 3;
    private static final int SESSION = 5;
    private static final int OWN_CAUSE = 6;
    private static final int START = 7;
    private static final int ANSWER = 8;
    private static final int RELEASE = 9;
    private static final int MINUTES_WEST = 10;
    private static final int RELEASE_TEXT = 11;
    private static final int STACK_CAUSE = 12;
    private static final int RELEASED_BY = 13;
    private static final int TRUNK = 14;
    private static final int SOURCE = 16;
    private static final int SOURCE_HOST = 17;
    private static final int DESTINATION = 18;
    private static final int CODEC = 25;
    private static final int OUT_TRUNK = 33;
    private static final int OUT_DESTINATION_HOST = 38;
    private static final int FINAL_ROUTE = 52;
    private static final int DURATION_SECONDS = 54;
    private static final int DELAY_SECONDS = 55;
    private static final int DURATION_MS = 57;
    private static final int CONFERENCE = 58;

    private static final int FIRST_YEAR = 1971;
    private static final int MOST_MINUTES = 18 * 60;

    private static final DateTimeFormatter STAMP = Fields.stamp("MMM d HH:mm:ss yyyy");

    private static final List<String> TRUNK_NAMES = List.of("trunkId", "address");

    private final ZoneId zone;
    private final boolean ingressIsAddress;
    private final boolean egressIsAddress;

    Sansay(Switch source) {
        Mapping mapping = Mapping.of(source);
        zone = source.timeZone();
        ingressIsAddress = isAddress(mapping, "ingressTrunk");
        egressIsAddress = isAddress(mapping, "egressTrunk");
        mapping.refuseOthers();
    }

    private static boolean isAddress(Mapping mapping, String key) {
        return mapping.oneOf(key, "trunkId", TRUNK_NAMES).equals("address");
    }

    @Override
    public void decode(InputStream content, RecordSink records) throws IOException {
        LineReader lines = new LineReader(content, UTF_8);
        int number = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            List<String> fields = List.of(line.split(";", -1));
            boolean isAudit = fields.size() > 2 && fields.get(2).strip().equals("A");
            if (!line.isBlank() && !isAudit) {
                CdrRecord.Builder record = CdrRecord.at(++number, lines.byteOffset());
                fill(record, fields);
                records.accept(record.build());
            }
        }
    }

    private void fill(CdrRecord.Builder record, List<String> fields) {
        if (fields.size() < DURATION_MS) {
            record.malformed(
                    "%d fields; expected %d or more".formatted(fields.size(), DURATION_MS));
            return;
        }
        Line line = new Line(fields);
        if (!line.text(TYPE).equals("R")) {
            record.malformed(
                    "field 3, the record type, is '%s'; expected R or A"
                            .formatted(shortened(line.text(TYPE))));
        }
        if (line.text(SESSION).isEmpty()) {
            record.malformed("field 5, the session id, is empty");
        }
        record.callId(line.text(SESSION))
                .legId(line.text(SEQUENCE))
                .content(ContentHash.of(fields.subList(1, fields.size())))
                .ingressTrunk(line.text(ingressIsAddress ? SOURCE_HOST : TRUNK))
                .egressTrunk(line.text(egressIsAddress ? OUT_DESTINATION_HOST : OUT_TRUNK))
                .calling(line.text(SOURCE))
                .called(line.text(DESTINATION))
                .codec(line.text(CODEC));
        times(record, line);
        outcome(record, line);
        detail(record, line);
    }

    private void times(CdrRecord.Builder record, Line line) {
        LocalDateTime begun = line.stamp(record, START);
        LocalDateTime taken = line.stamp(record, ANSWER);
        LocalDateTime over = line.stamp(record, RELEASE);
        Long talk = line.duration(record);
        Integer west = minutesWest(record, line.text(MINUTES_WEST));
        if (begun == null) {
            record.malformed("field 7, the start, is empty");
            return;
        }
        ZoneOffset said = west == null ? null : ZoneOffset.ofTotalSeconds(-60 * west);
        LocalClock wall = wall(record, begun, said);
        Instant near =
                said != null && isSummer(begun, said)
                        ? begun.toInstant(said)
                        : wall.revealed(taken == null ? begun : taken, () -> over, talk);
        long setup = wall.instant(record, begun, near);
        Long connect =
                taken == null
                        ? null
                        : Long.valueOf(wall.instant(record, taken, Instant.ofEpochMilli(setup)));
        Instant end =
                Instant.ofEpochMilli(connect == null ? setup : connect)
                        .plusMillis(talk == null ? 0 : talk);
        record.setupMs(setup)
                .connectMs(connect)
                .releaseMs(over == null ? null : Long.valueOf(wall.instant(record, over, end)))
                .durationMs(connect == null ? null : talk);
        if (connect == null && talk != null && talk > 0) {
            record.detail(Detail.NATIVE_DURATION, talk.toString()).anomaly("BILLSEC_ON_UNANSWERED");
        }
    }

    private static @Nullable Integer minutesWest(CdrRecord.Builder record, String text) {
        Long minutes = Fields.integer(text);
        if (minutes != null && Math.abs(minutes) <= MOST_MINUTES) {
            return minutes.intValue();
        }
        if (!text.isEmpty()) {
            record.malformed(
                    "field 10 is '%s'; expected minutes west of Greenwich"
                            .formatted(shortened(text)));
        }
        return null;
    }

    /// The clock that a record's stamps are read on. The minutes tell the offset, but they may be
    /// those of the winter all year round: if they are one of the offsets of the switch's zone, the
    /// zone is right and knows when they change.
    private LocalClock wall(
            CdrRecord.Builder record, LocalDateTime begun, @Nullable ZoneOffset said) {
        if (said == null) {
            return new LocalClock(zone);
        }
        if (zone.getRules().equals(ZoneOffset.UTC.getRules())) {
            return new LocalClock(said);
        }
        boolean isOfZone =
                zone.getRules().getValidOffsets(begun).contains(said)
                        || zone.getRules().getStandardOffset(begun.toInstant(said)).equals(said);
        if (isOfZone) {
            return new LocalClock(zone);
        }
        record.anomaly("ZONE_DIFFERS");
        return new LocalClock(said);
    }

    /// Whether the minutes are those of the summer: then they are true of the stamp.
    private boolean isSummer(LocalDateTime begun, ZoneOffset said) {
        return zone.getRules().getValidOffsets(begun).contains(said)
                && zone.getRules().isDaylightSavings(begun.toInstant(said));
    }

    /// The cause of the signalling is one of Q.850 from H.323 and a status from SIP; above them are
    /// the switch's own.
    private static void outcome(CdrRecord.Builder record, Line line) {
        Integer code = Fields.smallNumber(line.text(STACK_CAUSE));
        if (code != null && code > 0 && code < 128) {
            record.cause(code.toString());
        } else if (code != null && code >= 200 && code < 700) {
            record.sipCode(code.toString());
        }
        record.detail(
                        Detail.NATIVE_CAUSE,
                        (line.text(OWN_CAUSE) + ' ' + line.text(RELEASE_TEXT)).strip())
                .detail(
                        Detail.RELEASE_INITIATOR,
                        switch (line.text(RELEASED_BY)) {
                            case "O" -> "A";
                            case "T" -> "B";
                            case "N" -> "SWITCH";
                            default -> "";
                        })
                .detail(
                        Detail.ATTEMPT,
                        switch (line.text(FINAL_ROUTE)) {
                            case "F" -> "final";
                            case "I" -> "intermediate";
                            default -> "";
                        });
        Integer delay = Fields.smallNumber(line.text(DELAY_SECONDS));
        if (delay != null && delay > 0 && delay < 3600) {
            record.pddMs(1000 * delay);
        }
    }

    private static void detail(CdrRecord.Builder record, Line line) {
        record.detail(Detail.NATIVE_ID, line.text(SEQUENCE))
                .detail(Detail.CORRELATION_ID, line.text(CONFERENCE))
                .detail(Detail.INGRESS_SIP_CALL_ID, line.text(20))
                .detail(Detail.EGRESS_SIP_CALL_ID, line.text(39))
                .detail(Detail.INGRESS_ADDRESS, line.text(SOURCE_HOST))
                .detail(Detail.EGRESS_ADDRESS, line.text(OUT_DESTINATION_HOST))
                .detail(Detail.CALLING_OUT, line.text(35))
                .detail(Detail.CALLED_OUT, line.text(37))
                .detail(Detail.CODEC_OUT, line.text(44));
        Integer packets = Fields.smallNumber(line.text(26));
        if (packets != null && packets > 0) {
            record.detail(Detail.LOST_PACKETS, line.text(30))
                    .detail(Detail.JITTER_MS, line.text(32));
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40);
    }

    /// The fields of a line, from 1.
    private record Line(List<String> fields) {

        String text(int position) {
            return position > fields.size() ? "" : fields.get(position - 1).strip();
        }

        /// A local time; `NA` and the first day of 1970 stand for none.
        @Nullable LocalDateTime stamp(CdrRecord.Builder record, int position) {
            String text = text(position);
            if (text.isEmpty() || text.equals("NA")) {
                return null;
            }
            String day = text.replaceFirst("^[A-Za-z]{3},?\\s+(?=[A-Za-z])", "");
            LocalDateTime local = Fields.localTime(day.replaceAll("\\s+", " "), STAMP);
            if (local == null) {
                record.malformed(
                        "field %d is '%s'; expected a time such as Mon Dec 15 11:38:34 2003"
                                .formatted(position, shortened(text)));
            }
            return local == null || local.getYear() < FIRST_YEAR ? null : local;
        }

        /// In milliseconds where they are written, else in seconds.
        @Nullable Long duration(CdrRecord.Builder record) {
            String millis = text(DURATION_MS);
            String seconds = text(DURATION_SECONDS);
            Long exact = Fields.integer(millis);
            Long whole = Fields.secondsAsMs(seconds);
            if ((exact == null && !millis.isEmpty()) || (whole == null && !seconds.isEmpty())) {
                record.malformed(
                        "fields 54 and 57 are '%s' and '%s'; expected seconds and milliseconds"
                                .formatted(shortened(seconds), shortened(millis)));
            }
            return exact == null || exact == 0 ? whole : exact;
        }
    }
}
