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
        @Nullable Place first = firstPlace(seen, key, field);
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

    /// Warns of a member of a set that was seen before: it says nothing new.
    static <K> void warn(Map<K, Place> seen, K key, Field field) {
        @Nullable Place first = firstPlace(seen, key, field);
        if (first != null) {
            field.findings()
                    .warn(
                            field.place(),
                            field.name() + " " + Field.quoted(field.text()) + " a second time",
                            "it stands in line " + first.line() + " already");
        }
    }

    private static <K> @Nullable Place firstPlace(Map<K, Place> seen, K key, Field field) {
        return key.equals("") ? null : seen.putIfAbsent(key, field.place());
    }
}
