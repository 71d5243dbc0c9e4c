package org.tollkeeper.book;

/// Something in a valid book that is seldom meant.
///
/// @param file path below the book's folder
/// @param line from 1
/// @param column character of the line, from 1
/// @param found what stands there
/// @param consequence what it leads to
public record BookWarning(String file, int line, int column, String found, String consequence) {

    static BookWarning at(Place place, String found, String consequence) {
        return new BookWarning(place.file(), place.line(), place.column(), found, consequence);
    }

    public Place place() {
        return new Place(file, line, column);
    }

    /// The whole warning on one line.
    @Override
    public String toString() {
        return "%s: %s: %s".formatted(place(), found, consequence);
    }
}
