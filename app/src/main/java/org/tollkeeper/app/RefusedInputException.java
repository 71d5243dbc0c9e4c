package org.tollkeeper.app;

import org.tollkeeper.book.BookReading;
import org.tollkeeper.book.BookReport;
import org.tollkeeper.invoicing.MalformedVendorFile;

/// What was handed in is refused; the message is the report of everything that is wrong with it.
final class RefusedInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private RefusedInputException(String report) {
        super(report);
    }

    static RefusedInputException of(BookReading.Invalid book) {
        return new RefusedInputException(BookReport.of(book));
    }

    static RefusedInputException of(MalformedVendorFile file) {
        return new RefusedInputException(file.getMessage() + "\n");
    }
}
