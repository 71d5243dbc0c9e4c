package org.tollkeeper.bench.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Writes records as their switches do, a folder a switch below the inbox.
final class CdrFiles implements Traffic.Sink {

    private static final String CANONICAL_HEADER =
            "call_id,leg_id,record_type,ingress_trunk,egress_trunk,calling,called,setup_at,"
                    + "connect_at,release_at,duration_ms,cause,sip_code,pdd_ms,mos,codec,"
                    + "attestation,sequence,final\n";
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path inbox;
    private final StringBuilder line = new StringBuilder();
    private @Nullable OutputStream out;
    private boolean isFreeswitch;
    private long recordCount;
    private long byteCount;

    CdrFiles(Path inbox) {
        this.inbox = inbox;
    }

    long recordCount() {
        return recordCount;
    }

    long byteCount() {
        return byteCount;
    }

    @Override
    public void begin(int switchNumber, LocalDate day, int file) throws IOException {
        Path folder = inbox.resolve(Market.switchId(switchNumber));
        Files.createDirectories(folder);
        isFreeswitch = Market.isFreeswitch(switchNumber);
        out =
                new BufferedOutputStream(
                        Files.newOutputStream(folder.resolve("%s-%02d.csv".formatted(day, file))),
                        1 << 16);
        if (!isFreeswitch) {
            write(CANONICAL_HEADER);
        }
    }

    @Override
    public void take(Traffic.Cdr record) throws IOException {
        line.setLength(0);
        if (isFreeswitch) {
            freeswitch(record);
        } else {
            canonical(record);
        }
        if (record.fate() == Traffic.Fate.MALFORMED) {
            line.setLength(line.length() / 2);
        }
        write(line.append('\n').toString());
        recordCount++;
    }

    @Override
    public void end() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }

    private void write(String text) throws IOException {
        if (out != null) {
            byte[] bytes = text.getBytes(US_ASCII);
            byteCount += bytes.length;
            out.write(bytes);
        }
    }

    /// The called number as it comes in on the trunk.
    static String dialled(Traffic.Cdr record) {
        return switch (record.fate()) {
            case BAD_NUMBER -> "anonymous";
            case TEST_CALL -> Market.prefix(record.ingress()) + "00" + Market.TEST_NUMBER;
            case CALL, REPEAT, UNKNOWN_TRUNK, BAD_TIME, MALFORMED ->
                    Market.prefix(record.ingress()) + "00" + record.called();
        };
    }

    static String ingressTrunk(Traffic.Cdr record) {
        return record.fate() == Traffic.Fate.UNKNOWN_TRUNK
                ? "nobody"
                : Market.ingressTrunk(record.ingress());
    }

    /// A record with this fault was answered before it was set up.
    private static long connectMs(Traffic.Cdr record) {
        return record.fate() == Traffic.Fate.BAD_TIME
                ? record.setupMs() - 5_000
                : record.connectMs();
    }

    private static long releaseMs(Traffic.Cdr record) {
        return record.fate() == Traffic.Fate.BAD_TIME ? record.setupMs() : record.releaseMs();
    }

    private static long talkMs(Traffic.Cdr record) {
        return record.fate() == Traffic.Fate.BAD_TIME ? 5_000 : record.talkMs();
    }

    private void canonical(Traffic.Cdr record) {
        long connectMs = connectMs(record);
        field(record.callId());
        field("");
        field("full");
        field(ingressTrunk(record));
        field(Market.egressTrunk(record.egress()));
        field(record.calling().isEmpty() ? "anonymous" : "+" + record.calling());
        field(dialled(record));
        field(instant(record.setupMs()));
        field(connectMs == 0 ? "" : instant(connectMs));
        field(instant(releaseMs(record)));
        field(String.valueOf(talkMs(record)));
        field(connectMs == 0 ? "19" : "16");
        field(connectMs == 0 ? "480" : "200");
        field(String.valueOf(300 + record.setupMs() % 1_000));
        field(connectMs == 0 ? "" : "4.1");
        field(connectMs == 0 ? "" : "PCMA");
        field("");
        field("");
    }

    private void freeswitch(Traffic.Cdr record) {
        long connectMs = connectMs(record);
        quoted(record.calling().isEmpty() ? "anonymous" : "+" + record.calling());
        quoted(dialled(record));
        quoted("carriers");
        quoted(micros(record.setupMs()));
        quoted(connectMs == 0 ? "0" : micros(connectMs));
        quoted(micros(releaseMs(record)));
        quoted(String.valueOf(talkMs(record)));
        quoted(connectMs == 0 ? "NO_ANSWER" : "NORMAL_CLEARING");
        quoted(record.callId());
        quoted(ingressTrunk(record));
        quoted(connectMs == 0 ? "" : "PCMA");
        quoted(Market.egressTrunk(record.egress()));
        quoted(connectMs == 0 ? "480" : "200");
        quoted(connectMs == 0 ? "" : "4.10");
        line.setLength(line.length() - 1);
    }

    private void field(String value) {
        line.append(value).append(',');
    }

    private void quoted(String value) {
        line.append('"').append(value).append('"').append(',');
    }

    static String instant(long ms) {
        return INSTANT.format(Instant.ofEpochMilli(ms));
    }

    private static String micros(long ms) {
        return ms + "000";
    }
}
