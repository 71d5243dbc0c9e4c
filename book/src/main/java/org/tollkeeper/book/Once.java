package org.tollkeeper.book;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Holds that a key stands only once.
final class Once {

    private Once() {}

    /// Reports a key that was seen before and remembers one that was not. The empty text, which
    /// stands for a key that could not be read, is no key.
    ///
    /// @return whether it is the first
    static <K> boolean check(Map<K, Place> seen, K key, Field field) {
        @Nullable Place first = key.equals("") ? null : seen.putIfAbsent(key, field.place());
        if (first == null) {
            return true;
        }
        field.findings()
                .error(
                        field.place(),
                        field.name() + " " + Field.quoted(field.text()) + " a second time",
                        "it once: it stands in line " + first.line() + " already",
                        "remove or rename one of them");
        return false;
    }
}
