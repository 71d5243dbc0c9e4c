package org.tollkeeper.samples;

import java.util.List;
import java.util.Random;

/// Dials: makes the attempts, answered or not, with the luck of a seeded [Random].
final class Dialler {

    /// Conversation in seconds at evenly spaced ranks, from the shortest call to the longest.
    private static final int[] TALK_SECONDS = {
        1, 4, 8, 13, 19, 26, 33, 41, 50, 60, 71, 83, 96, 110, 126, 144, 164, 187, 213, 243, 279,
        322, 376, 445, 538, 672, 890, 1340, 4200
    };

    private static final List<String> UNANSWERED =
            List.of(
                    "NO_ANSWER",
                    "NO_ANSWER",
                    "NO_ANSWER",
                    "NO_ANSWER",
                    "ORIGINATOR_CANCEL",
                    "ORIGINATOR_CANCEL",
                    "ORIGINATOR_CANCEL",
                    "ORIGINATOR_CANCEL",
                    "USER_BUSY",
                    "USER_BUSY",
                    "USER_BUSY",
                    "NORMAL_CLEARING",
                    "NORMAL_CLEARING",
                    "NORMAL_CLEARING",
                    "UNALLOCATED_NUMBER",
                    "NORMAL_TEMPORARY_FAILURE",
                    "CALL_REJECTED",
                    "NO_ROUTE_DESTINATION",
                    "NETWORK_OUT_OF_ORDER");

    private static final List<String> NAMES =
            List.of(
                    "Anna Example",
                    "Reception",
                    "Sales, North",
                    "Müller Söhne",
                    "Front Desk",
                    "R. Mehta");

    private final Random random;

    Dialler(Random random) {
        this.random = random;
    }

    Random random() {
        return random;
    }

    /// An attempt as luck has it.
    Call dial(Route route, long setupMillis) {
        if (random.nextInt(1000) >= route.destination().answeredPermille()) {
            return unanswered(route, setupMillis, oneOf(UNANSWERED));
        }
        long talkMillis = talkMillis(route.destination().talkPermille());
        return answered(route, setupMillis, 2_000 + random.nextInt(18_000), talkMillis);
    }

    /// An attempt that is answered after the given time and lasts as long as given.
    Call answered(Route route, long setupMillis, int ringMillis, long talkMillis) {
        long answer = setupMillis + ringMillis;
        String cause = random.nextInt(140) == 0 ? "RECOVERY_ON_TIMER_EXPIRE" : "NORMAL_CLEARING";
        int mos = route.destination().mosHundredths() + random.nextInt(41) - 25;
        return call(route, setupMillis, answer, answer + talkMillis, cause, mos);
    }

    /// An attempt that nobody answers.
    Call unanswered(Route route, long setupMillis, String cause) {
        int ringMillis =
                switch (cause) {
                    case "NO_ANSWER", Call.FOLLOW_ME -> 30_000 + random.nextInt(30_000);
                    case "ORIGINATOR_CANCEL" -> 4_000 + random.nextInt(30_000);
                    default -> 300 + random.nextInt(4_000);
                };
        return call(route, setupMillis, 0, setupMillis + ringMillis, cause, 0);
    }

    private Call call(Route route, long setup, long answer, long release, String cause, int mos) {
        boolean withheld = random.nextInt(25) == 0;
        String calling = withheld ? "" : route.sender().caller(random);
        String name =
                withheld
                        ? "Anonymous"
                        : random.nextInt(8) == 0 ? oneOf(NAMES) : route.sender().written(calling);
        long untilEnd = (answer == 0 ? release : answer) - setup;
        int pdd = (int) Math.min(untilEnd, 600 + random.nextInt(2_400));
        return new Call(
                route,
                setup,
                answer,
                release,
                calling,
                name,
                route.destination().number(random),
                cause,
                pdd,
                mos,
                codec());
    }

    private long talkMillis(int permille) {
        if (random.nextInt(125) == 0) {
            return random.nextInt(400);
        }
        int rank = random.nextInt(TALK_SECONDS.length - 1);
        int from = TALK_SECONDS[rank] * permille;
        int to = TALK_SECONDS[rank + 1] * permille;
        return (long) from + random.nextInt(to - from);
    }

    private String codec() {
        int luck = random.nextInt(100);
        return luck < 71 ? "PCMA" : luck < 83 ? "PCMU" : "G729";
    }

    private String oneOf(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
