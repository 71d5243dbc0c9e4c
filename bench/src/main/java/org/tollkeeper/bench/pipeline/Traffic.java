package org.tollkeeper.bench.pipeline;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;

/// The records that the switches write: calls, one in a hundred of them twice, and one record in a
/// hundred with a fault. The same seed gives the same records, whoever asks for them, and each file
/// can be made by itself.
final class Traffic {

    private static final int MOST_FILES_A_DAY = 24;
    private static final int FEWEST_RECORDS_A_FILE = 2_000;
    private static final int MS_PER_DAY = 86_400_000;
    private static final int REPEATED_AFTER = 40;

    private final Size size;
    private final Market market;
    private final Queue<Cdr> repeats = new ArrayDeque<>();

    /// What mediation should make of a record.
    enum Fate {
        CALL,
        REPEAT,
        UNKNOWN_TRUNK,
        BAD_NUMBER,
        BAD_TIME,
        MALFORMED,
        TEST_CALL
    }

    /// A record as its switch knows it.
    ///
    /// @param connectMs 0 = not answered
    /// @param calling E.164 digits; empty = withheld
    /// @param called E.164 digits, before any prefix
    record Cdr(
            int switchNumber,
            Fate fate,
            String callId,
            long setupMs,
            long connectMs,
            long releaseMs,
            String calling,
            String called,
            int ingress,
            int egress) {

        long talkMs() {
            return connectMs == 0 ? 0 : releaseMs - connectMs;
        }

        Cdr withFate(Fate other) {
            return new Cdr(
                    switchNumber,
                    other,
                    callId,
                    setupMs,
                    connectMs,
                    releaseMs,
                    calling,
                    called,
                    ingress,
                    egress);
        }
    }

    /// Takes the records of a file, in their order.
    interface Sink {
        void begin(int switchNumber, LocalDate day, int file) throws IOException;

        void take(Cdr record) throws IOException;

        void end() throws IOException;
    }

    Traffic(Size size, Market market) {
        this.size = size;
        this.market = market;
    }

    /// Hands over every file of these days, in the order of their paths.
    ///
    /// @param calls of all days together
    void write(List<LocalDate> days, long calls, Sink sink) throws IOException {
        for (int switchNumber = 0; switchNumber < Market.SWITCHES; switchNumber++) {
            for (int day = 0; day < days.size(); day++) {
                long slots = (long) days.size() * Market.SWITCHES;
                long slot = (long) day * Market.SWITCHES + switchNumber;
                long share = calls * (slot + 1) / slots - calls * slot / slots;
                writeDay(switchNumber, days.get(day), share, sink);
            }
        }
    }

    private void writeDay(int switchNumber, LocalDate day, long calls, Sink sink)
            throws IOException {
        int files = Math.clamp(calls / FEWEST_RECORDS_A_FILE, 1, MOST_FILES_A_DAY);
        for (int file = 0; file < files; file++) {
            long share = calls * (file + 1) / files - calls * file / files;
            long seed =
                    ((size.seed() * 1_000_003 + day.toEpochDay()) * 31 + switchNumber) * 37 + file;
            sink.begin(switchNumber, day, file);
            writeFile(
                    new Random(seed),
                    switchNumber,
                    day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
                            + (long) MS_PER_DAY / files * file,
                    MS_PER_DAY / files,
                    share,
                    sink);
            sink.end();
        }
    }

    private void writeFile(
            Random random, int switchNumber, long fromMs, int spanMs, long calls, Sink sink)
            throws IOException {
        for (long i = 0; i < calls; i++) {
            Cdr call = call(random, switchNumber, fromMs + spanMs * i / calls);
            sink.take(call);
            int chance = random.nextInt(100);
            if (chance == 0) {
                repeats.add(call.withFate(Fate.REPEAT));
            } else if (chance == 1) {
                Fate[] faults = Fate.values();
                Fate fault = faults[2 + random.nextInt(faults.length - 2)];
                sink.take(call(random, switchNumber, fromMs + spanMs * i / calls).withFate(fault));
            }
            if (repeats.size() > REPEATED_AFTER) {
                sink.take(repeats.remove());
            }
        }
        while (!repeats.isEmpty()) {
            sink.take(repeats.remove());
        }
    }

    private Cdr call(Random random, int switchNumber, long setupMs) {
        String id =
                "%08x-%04x-4%03x-%04x-%012x"
                        .formatted(
                                random.nextInt(),
                                random.nextInt(0x10000),
                                random.nextInt(0x1000),
                                0x8000 | random.nextInt(0x4000),
                                random.nextLong() & 0xffff_ffff_ffffL);
        boolean answered = random.nextInt(100) < 70;
        long ringMs = 800L + random.nextInt(9_000);
        // The product of two even chances: many short calls, few long ones, 2.5 minutes on average.
        long talkMs = 1 + (long) random.nextInt(600_000) * random.nextInt(1_000) / 1_000;
        long connectMs = answered ? setupMs + ringMs : 0;
        long releaseMs = answered ? connectMs + talkMs : setupMs + ringMs;
        int carriers = market.carrierCount();
        int ingress = random.nextInt(carriers);
        int egress = (ingress + 1 + random.nextInt(carriers - 1)) % carriers;
        return new Cdr(
                switchNumber,
                Fate.CALL,
                id,
                setupMs,
                connectMs,
                releaseMs,
                calling(random),
                called(random),
                ingress,
                egress);
    }

    private static String calling(Random random) {
        return random.nextInt(50) == 0
                ? ""
                : String.valueOf(200 + random.nextInt(200))
                        + (10_000_000 + random.nextInt(90_000_000));
    }

    /// A number below some code, those first in the list more often; one in a thousand has none.
    private String called(Random random) {
        List<String> codes = market.codes();
        int code = (int) ((long) random.nextInt(codes.size()) * random.nextInt(1_000) / 1_000);
        String start = random.nextInt(1_000) == 0 ? "999" : codes.get(code);
        return start + (1_000_000 + random.nextInt(9_000_000)) / (start.length() > 7 ? 100 : 1);
    }
}
