package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;

/// Asterisk's `cdr_csv`: 16 to 21 columns without a header, stamps in the switch's local time. A
/// call was answered if its disposition says so and it has an answer stamp: a record that rang
/// elsewhere first may have an answer stamp, and even seconds, without having been answered.
final class AsteriskCsv implements Decoder {

    private static final int ACCOUNT = 0;
    private static final int SOURCE = 1;
    private static final int DESTINATION = 2;
    private static final int CHANNEL = 5;
    private static final int DESTINATION_CHANNEL = 6;
    private static final int START = 9;
    private static final int ANSWER = 10;
    private static final int END = 11;
    private static final int DURATION = 12;
    private static final int TALK = 13;
    private static final int DISPOSITION = 14;
    private static final int LEAST = 16;
    private static final int MOST = 21;

    private static final DateTimeFormatter STAMP = Fields.stamp("yyyy-MM-dd HH:mm:ss");
    private static final Pattern UNIQUE_ID = Pattern.compile("(?:.*-)?(\\d{9,10})\\.\\d+");

    private final ZoneId zone;
    private final boolean accountIsTrunk;

    AsteriskCsv(Switch source) {
        Mapping mapping = Mapping.of(source);
        zone = source.timeZone();
        accountIsTrunk =
                mapping.oneOf("ingressTrunk", "channel", List.of("channel", "accountcode"))
                        .equals("accountcode");
        mapping.refuseOthers();
    }

    @Override
    public void decode(InputStream content, RecordSink records) throws IOException {
        CsvReader csv = new CsvReader(content, UTF_8, ',', '"');
        int number = 0;
        for (List<String> fields = csv.next(); fields != null; fields = csv.next()) {
            records.accept(record(++number, csv.byteOffset(), fields));
        }
    }

    private CdrRecord record(int number, long offset, List<String> fields) {
        CdrRecord.Builder record = CdrRecord.at(number, offset);
        if (fields.size() < LEAST || fields.size() > MOST) {
            return record.malformed(
                            "%d fields; expected %d to %d".formatted(fields.size(), LEAST, MOST))
                    .build();
        }
        String channel = fields.get(CHANNEL);
        String destinationChannel = fields.get(DESTINATION_CHANNEL);
        identify(record, fields, channel, destinationChannel);
        times(record, fields);
        return record.ingressTrunk(accountIsTrunk ? fields.get(ACCOUNT) : peer(channel))
                .egressTrunk(peer(destinationChannel))
                .calling(fields.get(SOURCE))
                .called(fields.get(DESTINATION))
                .cause(Q850.ofAsterisk(fields.get(DISPOSITION)))
                .content(ContentHash.of(fields))
                .build();
    }

    /// The unique id alone is not unique: transfers and parallel dialling write several records
    /// with it. With the newer columns the linked id and the sequence tell them apart, else both
    /// channels do.
    private static void identify(
            CdrRecord.Builder record,
            List<String> fields,
            String channel,
            String destinationChannel) {
        String uniqueId = uniqueId(fields);
        boolean hasLinkedId = fields.size() > 18;
        String leg =
                hasLinkedId
                        ? fields.get(fields.size() - 2) + "/" + fields.getLast()
                        : channel + ">" + destinationChannel;
        record.callId(uniqueId.isEmpty() ? channel : uniqueId).legId(leg);
        if (uniqueId.isEmpty() && channel.isEmpty()) {
            record.malformed("neither unique id nor channel");
        }
    }

    /// The 17th column holds the unique id if it is written, else perhaps the user's field.
    private static String uniqueId(List<String> fields) {
        if (fields.size() == LEAST || fields.size() == LEAST + 3) {
            return "";
        }
        String text = fields.get(LEAST);
        boolean sure = fields.size() == 18 || fields.size() == MOST;
        return sure || UNIQUE_ID.matcher(text).matches() ? text : "";
    }

    private void times(CdrRecord.Builder record, List<String> fields) {
        Matcher id = UNIQUE_ID.matcher(uniqueId(fields));
        Instant clock = id.matches() ? Instant.ofEpochSecond(Long.parseLong(id.group(1))) : null;
        Long start = time(record, fields, START, clock);
        Long duration = seconds(record, fields, DURATION);
        Long talk = seconds(record, fields, TALK);
        Instant near = start == null ? clock : Instant.ofEpochMilli(start);
        Long answer = time(record, fields, ANSWER, near);
        Instant end =
                start == null || duration == null
                        ? near
                        : Instant.ofEpochMilli(start).plusMillis(duration);
        Long release = time(record, fields, END, end);
        if (start == null) {
            record.malformed("start is empty");
        }
        boolean answered = answer != null && fields.get(DISPOSITION).equals("ANSWERED");
        record.setupMs(start)
                .connectMs(answered ? answer : null)
                .releaseMs(release)
                .durationMs(answered ? talk : null);
        if (!answered && talk != null && talk > 0) {
            record.detail(Detail.ANOMALIES, "BILLSEC_ON_UNANSWERED");
        }
    }

    private @Nullable Long time(
            CdrRecord.Builder record, List<String> fields, int column, @Nullable Instant near) {
        String text = fields.get(column);
        if (text.isEmpty()) {
            return null;
        }
        LocalDateTime local = Fields.localTime(text, STAMP);
        if (local == null) {
            record.malformed(
                    "column %d is '%s'; expected YYYY-MM-DD HH:MM:SS".formatted(column + 1, text));
            return null;
        }
        return Fields.instantNear(local, zone, near);
    }

    private static @Nullable Long seconds(
            CdrRecord.Builder record, List<String> fields, int column) {
        String text = fields.get(column);
        if (text.isEmpty()) {
            return null;
        }
        Long millis = Fields.secondsAsMs(text);
        if (millis == null) {
            record.malformed(
                    "column %d is '%s'; expected a number of seconds".formatted(column + 1, text));
        }
        return millis;
    }

    /// The peer that a channel belongs to: `SIP/peer-0001` → `peer`.
    static String peer(String channel) {
        int slash = channel.indexOf('/');
        int dash = channel.lastIndexOf('-');
        return channel.substring(slash + 1, dash > slash ? dash : channel.length());
    }
}
