package org.tollkeeper.model;

import java.util.Arrays;

/// A fixed term of the trade: stored as its `code`, written in files and exports as its `label`.
/// Codes are written down once and only ever added to.
public interface Coded {

    int code();

    String label();

    /// The term with this stored code.
    ///
    /// @throws IllegalArgumentException if no term has it, which means the data is newer than the
    ///   program
    static <T extends Enum<T> & Coded> T ofCode(Class<T> terms, int code) {
        for (T term : terms.getEnumConstants()) {
            if (term.code() == code) {
                return term;
            }
        }
        throw new IllegalArgumentException("no " + terms.getSimpleName() + " has the code " + code);
    }

    /// The labels of all terms, for messages that say what was expected.
    static <T extends Enum<T> & Coded> String labels(Class<T> terms) {
        return String.join(
                ", ", Arrays.stream(terms.getEnumConstants()).map(Coded::label).toList());
    }
}
