package org.tollkeeper.bench.pipeline;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

/// Holds a run to the ratio between night and floor that was recorded before. Only the ratio of two
/// times of the same run counts: the machine may be fast or slow, busy or not.
public final class Guard {

    private static final int WORSE_AT_MOST = 2;

    private Guard() {}

    /// Records the ratio of a run.
    public static void record(Path recorded, Figures figures) throws IOException {
        Files.writeString(
                recorded,
                """
                Night ÷ floor as the smoke benchmark measured it, written by --record-guard.
                %s
                """
                        .formatted(Figures.decimal(figures.floorPermille())));
    }

    /// Whether the ratio is at most twice the recorded one, a decimal that stands alone on a line.
    public static boolean check(Path recorded, Figures figures, PrintStream err)
            throws IOException {
        BigDecimal ratio =
                Files.readAllLines(recorded).stream()
                        .filter(line -> line.matches("\\d+\\.\\d+"))
                        .map(BigDecimal::new)
                        .findFirst()
                        .orElseThrow(() -> new IOException(recorded + " holds no ratio"));
        BigDecimal most = ratio.multiply(BigDecimal.valueOf(WORSE_AT_MOST));
        BigDecimal found = new BigDecimal(Figures.decimal(figures.floorPermille()));
        boolean holds = found.compareTo(most) <= 0;
        err.println(
                "night ÷ floor is %s; recorded is %s, and %s is the most: %s"
                        .formatted(found, ratio, most, holds ? "holds" : "WORSE"));
        return holds;
    }
}
