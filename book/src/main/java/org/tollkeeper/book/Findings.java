package org.tollkeeper.book;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What reading a book has found wrong so far.
final class Findings {

    private final List<BookError> errors = new ArrayList<>();
    private final List<BookWarning> warnings = new ArrayList<>();
    private final Set<String> partlyRead = new HashSet<>();

    void error(Place place, String found, String expected, String advice) {
        errors.add(BookError.at(place, found, expected, advice));
    }

    void warn(Place place, String found, String consequence) {
        warnings.add(BookWarning.at(place, found, consequence));
    }

    /// How many errors there are: what was read between two equal counts is sound.
    int errorCount() {
        return errors.size();
    }

    /// Notes that rows of a file are missing from what was read: a name that is not among them may
    /// well be in the file.
    void partlyRead(String file) {
        partlyRead.add(file);
    }

    boolean isPartlyRead(String file) {
        return partlyRead.contains(file);
    }

    List<BookError> errors() {
        return errors.stream().distinct().sorted(Comparator.comparing(BookError::place)).toList();
    }

    List<BookWarning> warnings() {
        return warnings.stream()
                .distinct()
                .sorted(Comparator.comparing(BookWarning::place))
                .toList();
    }
}
