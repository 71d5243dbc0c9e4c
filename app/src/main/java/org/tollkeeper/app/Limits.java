package org.tollkeeper.app;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.store.OpenSuspense;
import org.tollkeeper.app.store.SequenceGap;
import org.tollkeeper.db.Database;
import picocli.CommandLine.Option;

/// How much may be open before a command says so by its exit code; no limit unless given.
final class Limits {

    @Option(
            names = "--max-suspense",
            paramLabel = "N",
            description = "Exit with 3 when more than N records or charges are in suspense.")
    private @Nullable Long maxSuspense;

    @Option(
            names = "--max-gaps",
            paramLabel = "N",
            description = "Exit with 3 when more than N numbers are missing in file sequences.")
    private @Nullable Long maxGaps;

    /// [ExitCode#ABOVE_LIMIT], having said what is above, or [ExitCode#DONE].
    int check(Database database, PrintWriter err) {
        int code = ExitCode.DONE;
        if (maxSuspense != null) {
            long open = OpenSuspense.of(database).stream().mapToLong(OpenSuspense::count).sum();
            if (open > maxSuspense) {
                err.printf("suspense: %,d open, at most %,d allowed%n", open, maxSuspense);
                code = ExitCode.ABOVE_LIMIT;
            }
        }
        if (maxGaps != null) {
            long missing =
                    SequenceGap.of(database).stream().mapToLong(SequenceGap::missingCount).sum();
            if (missing > maxGaps) {
                err.printf(
                        "sequence gaps: %,d files missing, at most %,d allowed%n",
                        missing, maxGaps);
                code = ExitCode.ABOVE_LIMIT;
            }
        }
        err.flush();
        return code;
    }
}
