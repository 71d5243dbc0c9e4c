package org.tollkeeper.samples;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import java.util.StringJoiner;
import java.util.UUID;

/// A FreeSWITCH that writes its CDRs with a template of the shipped `example`'s fifteen columns and
/// three more: `${egress_trunk}`, which the dialplan exports, `${progressmsec}` and
/// `${rtp_audio_in_mos}`. Everything is in quotes and nothing is escaped.
final class FreeswitchCsv implements CdrWriter {

    static final ZoneId ZONE = ZoneId.of("Europe/London");

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZONE);

    private final Random random;

    FreeswitchCsv(Random random) {
        this.random = random;
    }

    @Override
    public CdrLine write(Call call) {
        Route route = call.route();
        boolean talked = call.answered();
        String id = uuid();
        String codec = talked ? call.codec() : "";
        StringJoiner line = new StringJoiner("\",\"", "\"", "\"");
        line.add(call.callerName())
                .add(number(route.sender(), call.calling(), "anonymous"))
                .add(number(dialled(route), call.called(), ""))
                .add(route.sender() == Party.OURSELVES ? "customers" : "carriers")
                .add(stamp(call.setupMillis()))
                .add(talked ? stamp(call.answerMillis()) : "")
                .add(stamp(call.releaseMillis()))
                .add(String.valueOf(call.releaseMillis() / 1000 - call.setupMillis() / 1000))
                .add(String.valueOf(call.talkSeconds()))
                .add(call.cause())
                .add(id)
                .add(talked && !route.egressTrunk().isEmpty() ? uuid() : "")
                .add(route.ingressTrunk())
                .add(codec)
                .add(codec)
                .add(route.egressTrunk())
                .add(String.valueOf(call.pddMillis()))
                .add(talked ? hundredths(call.mosHundredths()) : "");
        return new CdrLine(line.toString(), id, call, Fate.of(call));
    }

    /// Our own customers dial 00 before a number abroad.
    private static Party dialled(Route route) {
        return route.sender() == Party.OURSELVES ? Party.BRASA : route.sender();
    }

    private static String number(Party writer, String number, String withheld) {
        if (number.isEmpty()) {
            return withheld;
        }
        return Character.isDigit(number.charAt(0)) ? writer.written(number) : number;
    }

    private static String stamp(long millis) {
        return STAMP.format(Instant.ofEpochMilli(millis));
    }

    private static String hundredths(int value) {
        return value / 100 + "." + value / 10 % 10 + value % 10;
    }

    private String uuid() {
        long high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
