package org.tollkeeper.mediation.decoder;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a CDR of Asterisk says, by the names that Asterisk gives its fields (`CDR(start)` is
/// `start`), whatever file it stands in.
///
/// A call was answered if its disposition says so and it has an answer time: a record that rang
/// elsewhere first may have an answer time, and even seconds, without having been answered. Stamps
/// are in the switch's local time; of a repeated hour the stamps' distance or the epoch in the
/// unique id tells the pass.
final class AsteriskCalls {

    private static final Pattern UNIQUE_ID = Pattern.compile("(?:.*-)?(\\d{9,10})\\.\\d+");

    private final LocalClock wall;

    AsteriskCalls(ZoneId zone) {
        wall = new LocalClock(zone);
    }

    /// Whether a text is a unique id: the epoch of the channel's creation and a number, perhaps
    /// after the name of the system.
    static boolean isUniqueId(String text) {
        return UNIQUE_ID.matcher(text).matches();
    }

    /// Fills in identifiers, times, numbers and cause.
    ///
    /// @param fields the text of a field, empty where the record has none
    void read(CdrRecord.Builder record, UnaryOperator<String> fields) {
        identify(record, fields);
        times(record, fields);
        record.calling(fields.apply("src"))
                .called(fields.apply("dst"))
                .cause(Q850.ofAsterisk(fields.apply("disposition")));
    }

    /// The unique id alone is not unique: transfers and parallel dialling write several records
    /// with it. With a sequence that and the linked id tell them apart, else both channels do.
    private static void identify(CdrRecord.Builder record, UnaryOperator<String> fields) {
        String uniqueId = fields.apply("uniqueid");
        String channel = fields.apply("channel");
        String sequence = fields.apply("sequence");
        String leg =
                sequence.isEmpty()
                        ? channel + ">" + fields.apply("dstchannel")
                        : fields.apply("linkedid") + "/" + sequence;
        record.callId(uniqueId.isEmpty() ? channel : uniqueId).legId(leg);
        if (uniqueId.isEmpty() && channel.isEmpty()) {
            record.malformed("neither unique id nor channel");
        }
    }

    private void times(CdrRecord.Builder record, UnaryOperator<String> fields) {
        Matcher id = UNIQUE_ID.matcher(fields.apply("uniqueid"));
        Instant clock = id.matches() ? Instant.ofEpochSecond(Long.parseLong(id.group(1))) : null;
        Long duration = seconds(record, fields, "duration");
        Long talk = seconds(record, fields, "billsec");
        Instant between =
                wall.revealed(
                        Fields.localStamp(fields.apply("start")),
                        () -> Fields.localStamp(fields.apply("end")),
                        duration);
        Long start = time(record, fields, "start", between == null ? clock : between);
        if (start != null && clock != null) {
            LocalClock.compareLater(record, start, clock);
        }
        Instant near = start == null ? clock : Instant.ofEpochMilli(start);
        Long answer = time(record, fields, "answer", near);
        Instant end =
                start == null || duration == null
                        ? near
                        : Instant.ofEpochMilli(start).plusMillis(duration);
        Long release = time(record, fields, "end", end);
        if (start == null) {
            record.malformed("start is empty");
        }
        boolean answered = answer != null && fields.apply("disposition").equals("ANSWERED");
        record.setupMs(start)
                .connectMs(answered ? answer : null)
                .releaseMs(release)
                .durationMs(answered ? talk : null);
        if (!answered && talk != null && talk > 0) {
            record.anomaly("BILLSEC_ON_UNANSWERED");
        }
    }

    /// A local stamp, or seconds since 1970 with or without decimals, 0 = never.
    private @Nullable Long time(
            CdrRecord.Builder record,
            UnaryOperator<String> fields,
            String name,
            @Nullable Instant near) {
        String text = fields.apply(name);
        if (text.isEmpty()) {
            return null;
        }
        Long epoch = Fields.secondsAsMs(text);
        if (epoch != null) {
            return epoch == 0 ? null : epoch;
        }
        LocalDateTime local = Fields.localStamp(text);
        if (local == null) {
            record.malformed("%s is '%s'; expected YYYY-MM-DD HH:MM:SS".formatted(name, text));
            return null;
        }
        return wall.instant(record, local, near);
    }

    private static @Nullable Long seconds(
            CdrRecord.Builder record, UnaryOperator<String> fields, String name) {
        String text = fields.apply(name);
        if (text.isEmpty()) {
            return null;
        }
        Long millis = Fields.secondsAsMs(text);
        if (millis == null) {
            record.malformed("%s is '%s'; expected a number of seconds".formatted(name, text));
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
