package org.tollkeeper.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.store.OpenSuspense;
import org.tollkeeper.db.Database;
import org.tollkeeper.model.DeliveryFinding;
import org.tollkeeper.model.DeliveryFinding.Kind;
import picocli.CommandLine.Option;

/// How much may be open or missing before a command says so by its exit code; no limit unless
/// given.
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

    @Option(
            names = "--max-overlaps",
            paramLabel = "N",
            description = "Exit with 3 when more than N numbers came with several contents.")
    private @Nullable Long maxOverlaps;

    @Option(
            names = "--max-missing-files",
            paramLabel = "N",
            description = "Exit with 3 when more than N files the book expects did not come.")
    private @Nullable Long maxMissingFiles;

    @Option(
            names = "--max-odd-volumes",
            paramLabel = "N",
            description =
                    "Exit with 3 when a switch had far fewer or far more calls than usual in more"
                            + " than N spans of hours.")
    private @Nullable Long maxOddVolumes;

    /// [ExitCode#ABOVE_LIMIT], having said what is above, or [ExitCode#DONE].
    ///
    /// @param deliveries what is wrong with what switches delivered; asked for only if limited
    int check(Database database, Supplier<List<DeliveryFinding>> deliveries, PrintWriter err) {
        boolean above = false;
        if (maxSuspense != null) {
            long open = OpenSuspense.of(database).stream().mapToLong(OpenSuspense::count).sum();
            above = isAbove("suspense", "open", open, maxSuspense, err);
        }
        if (Stream.of(maxGaps, maxOverlaps, maxMissingFiles, maxOddVolumes)
                .anyMatch(limit -> limit != null)) {
            above |= checkDeliveries(deliveries.get(), err);
        }
        err.flush();
        return above ? ExitCode.ABOVE_LIMIT : ExitCode.DONE;
    }

    private boolean checkDeliveries(List<DeliveryFinding> findings, PrintWriter err) {
        boolean above =
                isAbove(
                        "sequence gaps",
                        "files missing",
                        missing(findings, Kind.SEQUENCE_GAP),
                        maxGaps,
                        err);
        above |=
                isAbove(
                        "sequence overlaps",
                        "numbers with several contents",
                        count(findings, Kind.SEQUENCE_OVERLAP),
                        maxOverlaps,
                        err);
        above |=
                isAbove(
                        "expected files",
                        "did not come",
                        missing(findings, Kind.MISSING_FILES),
                        maxMissingFiles,
                        err);
        above |=
                isAbove(
                        "volume",
                        "spans of hours with few or many calls",
                        count(findings, Kind.LOW_VOLUME) + count(findings, Kind.HIGH_VOLUME),
                        maxOddVolumes,
                        err);
        return above;
    }

    private static boolean isAbove(
            String what, String words, long count, @Nullable Long limit, PrintWriter err) {
        if (limit == null || count <= limit) {
            return false;
        }
        err.printf("%s: %,d %s, at most %,d allowed%n", what, count, words, limit);
        return true;
    }

    private static long missing(List<DeliveryFinding> findings, Kind kind) {
        return findings.stream()
                .filter(finding -> finding.kind() == kind)
                .mapToLong(DeliveryFinding::missingCount)
                .sum();
    }

    private static long count(List<DeliveryFinding> findings, Kind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).count();
    }
}
