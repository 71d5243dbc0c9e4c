package org.tollkeeper.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPOutputStream;

/// Seeded traffic of May 2024 for the [SmallBook], as canonical CSV files: mostly plain calls, and
/// some of every trouble that files bring.
final class SmallInbox {

    private static final String HEADER =
            "call_id,leg_id,record_type,ingress_trunk,egress_trunk,calling,called,setup_at,"
                    + "connect_at,release_at,duration_ms,cause,sip_code,pdd_ms,mos,codec,"
                    + "attestation,sequence,final\n";
    private static final List<String> CALLED =
            List.of(
                    "9198", "917", "9122", "4420", "44770", "447624", "4930", "49171", "35321",
                    "7");
    private static final List<List<String>> TRUNKS =
            List.of(List.of("lark", "wren", "tern"), List.of("lark", "192.0.2.7", "tern"));
    private static final Instant MAY = Instant.parse("2024-05-01T00:00:00Z");
    private static final long MAY_SECONDS = 31 * 86_400L;

    private final RandomGenerator random;
    private final List<String> sent = new ArrayList<>();
    private int callCount;

    private SmallInbox(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// Writes files of `recordCount` records each into the switches' folders.
    static Path write(Path inbox, long seed, int fileCount, int recordCount) throws IOException {
        SmallInbox traffic = new SmallInbox(seed);
        for (int i = 0; i < fileCount; i++) {
            int number = i + 1;
            String name =
                    i % 2 == 0
                            ? "ork1/ork1-%04d.csv".formatted(number / 2 + 1)
                            : "ham1/ham1-%04d.csv.gz".formatted(number / 2);
            traffic.file(inbox.resolve(name), i % 2, recordCount);
        }
        Files.writeString(inbox.resolve("ham1/late.csv.part"), HEADER);
        return inbox;
    }

    private void file(Path file, int switchNumber, int recordCount) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream bytes = Files.newOutputStream(file);
                OutputStream plain =
                        file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes;
                Writer writer = new OutputStreamWriter(plain, StandardCharsets.UTF_8)) {
            writer.write(HEADER);
            for (int i = 0; i < recordCount; i++) {
                writer.write(records(TRUNKS.get(switchNumber)));
            }
        }
        sent.clear();
    }

    private String records(List<String> trunks) {
        int dice = random.nextInt(200);
        if (dice == 0 && !sent.isEmpty()) {
            return sent.get(random.nextInt(sent.size()));
        }
        Call call = call(trunks);
        String records =
                switch (dice) {
                    case 1 -> call.withTrunk("nowhere").record();
                    case 2 -> call.withCalled("12-x").record();
                    case 3 -> call.withDuration(-5).record();
                    case 4 -> "torn," + call.id + "\n";
                    case 5 -> call.withCalled("442079460000").record();
                    case 6 -> call.parts(true);
                    case 7 -> call.parts(false);
                    default -> call.record();
                };
        sent.add(records);
        return records;
    }

    private Call call(List<String> trunks) {
        long setup = MAY.toEpochMilli() + random.nextLong(MAY_SECONDS * 1000);
        boolean answered = random.nextInt(10) < 7;
        String called =
                CALLED.get(random.nextInt(CALLED.size())) + (100_000 + random.nextInt(900_000));
        return new Call(
                "c%07d".formatted(++callCount),
                trunks.get(random.nextInt(trunks.size())),
                trunks.get(random.nextInt(trunks.size())),
                called,
                setup,
                answered ? setup + 500 + random.nextInt(9_000) : 0,
                answered ? random.nextInt(600_000) : 0);
    }

    private record Call(
            String id,
            String ingress,
            String egress,
            String called,
            long setupMillis,
            long connectMillis,
            long durationMillis) {

        Call withTrunk(String trunk) {
            return new Call(id, trunk, egress, called, setupMillis, connectMillis, durationMillis);
        }

        Call withCalled(String number) {
            return new Call(
                    id, ingress, egress, number, setupMillis, connectMillis, durationMillis);
        }

        Call withDuration(long millis) {
            return new Call(id, ingress, egress, called, setupMillis, setupMillis + 1, millis);
        }

        String record() {
            return record("", "", "", connectMillis, durationMillis);
        }

        /// Two parts of one call, the second after the first; the last one may be missing.
        String parts(boolean complete) {
            long connect = setupMillis + 1_000;
            String first = record("interim", "1", "", connect, 60_000);
            return complete
                    ? first + record("interim", "2", "true", connect + 60_000, durationMillis)
                    : first;
        }

        private String record(
                String type, String sequence, String last, long connect, long duration) {
            String connectAt = connect == 0 ? "" : Instant.ofEpochMilli(connect).toString();
            String releaseAt =
                    connect == 0 ? "" : Instant.ofEpochMilli(connect + duration).toString();
            return String.join(
                            ",",
                            id,
                            "",
                            type,
                            ingress,
                            egress,
                            "+35321" + id.substring(1),
                            "00" + called,
                            Instant.ofEpochMilli(setupMillis).toString(),
                            connectAt,
                            releaseAt,
                            String.valueOf(duration),
                            connect == 0 ? "19" : "16",
                            connect == 0 ? "480" : "200",
                            "900,4.2,G.711,A",
                            sequence,
                            last)
                    + "\n";
        }
    }
}
