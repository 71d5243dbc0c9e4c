package org.tollkeeper.samples;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/// An Asterisk that writes `cdr_csv` with `uniqueid` and `userfield`: eighteen columns, texts in
/// quotes, quotes doubled, numbers bare, an absent time nothing at all.
///
/// Stamps and seconds are cut separately, so that a call's seconds may be one less than its stamps
/// are apart.
final class AsteriskCsv implements CdrWriter {

    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZONE);

    /// A follow-me leg that was picked up had this long a talk with a voicemail.
    private static final int FOLLOW_ME_MILLIS = 7_000;

    private final Random random;
    private int serial = 4_211;
    private int channel = 0x1a3;

    AsteriskCsv(Random random) {
        this.random = random;
    }

    @Override
    public CdrLine write(Call call) {
        Route route = call.route();
        serial += 2 + 2 * random.nextInt(2);
        String id = call.setupMillis() / 1000 + "." + serial;
        String src = call.calling().isEmpty() ? "" : route.sender().written(call.calling());
        String dst = route.prefix() + route.sender().written(call.called());
        boolean bridged = !call.cause().equals("NO_ROUTE_DESTINATION");
        String line =
                String.join(
                        ",",
                        text(""),
                        text(src),
                        text(dst),
                        text("from-" + route.ingressTrunk()),
                        text('"' + call.callerName() + "\" <" + src + ">"),
                        text(channel(route.ingressTrunk())),
                        text(bridged ? channel(route.egressTrunk()) : ""),
                        text("Dial"),
                        text("PJSIP/" + call.called() + "@" + route.egressTrunk() + ",60,r"),
                        text(stamp(call.setupMillis())),
                        answer(call),
                        text(stamp(call.releaseMillis())),
                        String.valueOf((call.releaseMillis() - call.setupMillis()) / 1000),
                        String.valueOf(billsec(call)),
                        text(disposition(call)),
                        text("DOCUMENTATION"),
                        text(id),
                        text(""));
        return new CdrLine(line, id, call, Fate.of(call));
    }

    private static String answer(Call call) {
        if (call.cause().equals(Call.FOLLOW_ME)) {
            return text(stamp(call.releaseMillis() - FOLLOW_ME_MILLIS));
        }
        return call.answered() ? text(stamp(call.answerMillis())) : "";
    }

    private static long billsec(Call call) {
        return call.cause().equals(Call.FOLLOW_ME) ? FOLLOW_ME_MILLIS / 1000 : call.talkSeconds();
    }

    private static String disposition(Call call) {
        if (call.answered()) {
            return "ANSWERED";
        }
        return switch (call.cause()) {
            case "USER_BUSY" -> "BUSY";
            case "NETWORK_OUT_OF_ORDER", "NORMAL_TEMPORARY_FAILURE" -> "CONGESTION";
            case "NO_ANSWER", "ORIGINATOR_CANCEL", "NORMAL_CLEARING", Call.FOLLOW_ME -> "NO ANSWER";
            default -> "FAILED";
        };
    }

    private String channel(String peer) {
        channel++;
        return "PJSIP/" + peer + "-" + String.format(Locale.ROOT, "%08x", channel);
    }

    private static String text(String value) {
        return '"' + value.replace("\"", "\"\"") + '"';
    }

    private static String stamp(long millis) {
        return STAMP.format(Instant.ofEpochMilli(millis));
    }
}
