package org.tollkeeper.book;

import java.util.List;
import org.tollkeeper.model.Book;

/// What came of reading a book's folder: a book, or everything that is wrong with it.
public sealed interface BookReading {

    /// In the order of their places.
    List<BookWarning> warnings();

    /// A book without a fault. Its deck rows have the number 0: they are not stored yet.
    record Valid(Book book, List<BookWarning> warnings) implements BookReading {}

    /// A book that is refused.
    ///
    /// @param errors all of them, in the order of their places
    record Invalid(List<BookError> errors, List<BookWarning> warnings) implements BookReading {}
}
