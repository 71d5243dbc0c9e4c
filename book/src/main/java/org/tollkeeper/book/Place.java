package org.tollkeeper.book;

/// Where something stands in the book.
///
/// @param file path below the book's folder, with `/`
/// @param line from 1
/// @param column character of the line, from 1
public record Place(String file, int line, int column) implements Comparable<Place> {

    /// A file as a whole.
    public static Place of(String file) {
        return new Place(file, 1, 1);
    }

    @Override
    public int compareTo(Place other) {
        int order = file.compareTo(other.file);
        if (order == 0) {
            order = Integer.compare(line, other.line);
        }
        return order == 0 ? Integer.compare(column, other.column) : order;
    }

    /// As editors and compilers write it: `file:line:column`.
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
