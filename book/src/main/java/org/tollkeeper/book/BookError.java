package org.tollkeeper.book;

/// A fault for which a book is refused.
///
/// @param file path below the book's folder
/// @param line from 1
/// @param column character of the line, from 1
/// @param found what stands there
/// @param expected what should stand there
/// @param advice what to do about it
public record BookError(
        String file, int line, int column, String found, String expected, String advice) {

    static BookError at(Place place, String found, String expected, String advice) {
        return new BookError(place.file(), place.line(), place.column(), found, expected, advice);
    }

    public Place place() {
        return new Place(file, line, column);
    }

    /// The whole fault on one line.
    @Override
    public String toString() {
        return "%s: found %s; expected %s; %s".formatted(place(), found, expected, advice);
    }
}
