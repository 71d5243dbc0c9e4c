package org.tollkeeper.invoicing;

import java.time.LocalDate;
import java.util.Locale;

/// How documents are called.
public final class DocumentNumber {

    private static final int MOST = 999_999;

    private DocumentNumber() {}

    /// `PREFIX-YYYY-NNNNNN`: the n-th document of a year.
    public static String issued(String prefix, int year, int n) {
        if (n < 1 || n > MOST) {
            throw new IllegalStateException(
                    "document %d of %d: a year's series %s-%d runs from 1 to %d"
                            .formatted(n, year, prefix, year, MOST));
        }
        return String.format(Locale.ROOT, "%s-%04d-%06d", prefix, year, n);
    }

    public static String draft(String agreement, LocalDate periodFrom) {
        return "draft-" + agreement + "-" + periodFrom;
    }

    public static String expected(String agreement, LocalDate periodFrom) {
        return "expected-" + agreement + "-" + periodFrom;
    }
}
