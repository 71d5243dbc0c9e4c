package org.tollkeeper.bench.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/// Writes records as text columns for the rival: one format for all switches, times already in
/// milliseconds, torn lines left out. All of that is work the rival is spared.
final class StagedRecords implements Traffic.Sink, AutoCloseable {

    private final BufferedWriter out;
    private final StringBuilder line = new StringBuilder();
    private int ordinal;

    StagedRecords(Path file) throws IOException {
        out = Files.newBufferedWriter(file, US_ASCII);
    }

    @Override
    public void begin(int switchNumber, LocalDate day, int file) {}

    @Override
    public void end() {}

    @Override
    public void take(Traffic.Cdr record) throws IOException {
        if (record.fate() == Traffic.Fate.MALFORMED) {
            return;
        }
        boolean badTime = record.fate() == Traffic.Fate.BAD_TIME;
        long connectMs = badTime ? record.setupMs() - 5_000 : record.connectMs();
        line.setLength(0);
        line.append(++ordinal).append('\t');
        line.append(record.switchNumber()).append('\t');
        line.append(record.callId()).append('\t');
        line.append(CdrFiles.ingressTrunk(record)).append('\t');
        line.append(Market.egressTrunk(record.egress())).append('\t');
        line.append(record.calling()).append('\t');
        line.append(CdrFiles.dialled(record)).append('\t');
        line.append(record.setupMs()).append('\t');
        line.append(connectMs == 0 ? "\\N" : String.valueOf(connectMs)).append('\t');
        line.append(record.releaseMs()).append('\t');
        line.append(badTime ? 5_000 : record.talkMs()).append('\t');
        line.append(connectMs == 0 ? "19\t480\t4.1\tPCMA" : "16\t200\t\t").append('\n');
        out.append(line);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
