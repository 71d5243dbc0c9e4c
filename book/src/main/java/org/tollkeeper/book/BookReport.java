package org.tollkeeper.book;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is wrong with a book, for people at a terminal: a place that editors can jump to, and below
/// it what was found, what was expected and what to do.
public final class BookReport {

    private BookReport() {}

    /// The report on a reading, ending in a line end; empty for a book without fault or warning.
    public static String of(BookReading reading) {
        StringBuilder out = new StringBuilder();
        List<BookError> errors =
                switch (reading) {
                    case BookReading.Valid valid -> List.of();
                    case BookReading.Invalid invalid -> invalid.errors();
                };
        for (BookError error : errors) {
            out.append(
                    """
                    error    %s
                             found    %s
                             expected %s
                             do       %s

                    """
                            .formatted(
                                    error.place(),
                                    error.found(),
                                    error.expected(),
                                    error.advice()));
        }
        for (BookWarning warning : reading.warnings()) {
            out.append(
                    """
                    warning  %s
                             found    %s
                             so       %s

                    """
                            .formatted(warning.place(), warning.found(), warning.consequence()));
        }
        return out.append(summary(errors.size(), reading.warnings().size())).toString();
    }

    private static String summary(int errorCount, int warningCount) {
        if (errorCount == 0 && warningCount == 0) {
            return "";
        }
        @Nullable String warnings = warningCount == 0 ? null : counted(warningCount, "warning");
        if (errorCount == 0) {
            return "The book is valid, with " + warnings + ".\n";
        }
        String errors = counted(errorCount, "error");
        return "The book is refused: "
                + errors
                + (warnings == null ? "" : " and " + warnings)
                + ".\n";
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
