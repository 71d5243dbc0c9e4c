package org.tollkeeper.samples;

import java.util.Collection;
import java.util.List;

/// How many records there are, and what becomes of them.
///
/// @param unanswered how many of the calls nobody answered
record Counts(int records, int calls, int unanswered, int duplicates, int suspended, int filtered) {

    private static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0);

    static Counts of(CdrFile file) {
        if (file.outcome() != CdrFile.Outcome.READ) {
            return ZERO;
        }
        List<CdrLine> lines = file.lines();
        return new Counts(
                lines.size(),
                count(lines, Fate.CALL),
                (int)
                        lines.stream()
                                .filter(line -> line.fate() == Fate.CALL)
                                .filter(line -> !line.call().answered())
                                .count(),
                count(lines, Fate.DUPLICATE),
                (int) lines.stream().filter(line -> line.fate().suspended()).count(),
                count(lines, Fate.FILTERED));
    }

    static Counts of(Collection<CdrFile> files) {
        return files.stream().map(Counts::of).reduce(ZERO, Counts::plus);
    }

    Counts plus(Counts other) {
        return new Counts(
                records + other.records,
                calls + other.calls,
                unanswered + other.unanswered,
                duplicates + other.duplicates,
                suspended + other.suspended,
                filtered + other.filtered);
    }

    private static int count(List<CdrLine> lines, Fate fate) {
        return (int) lines.stream().filter(line -> line.fate() == fate).count();
    }
}
