package org.tollkeeper.mediation.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file in a folder on another host. With another size or time it is another file.
///
/// @param name as the host gives it, not yet trusted
/// @param modifiedSeconds since 1970, by the host's clock
public record RemoteFile(String name, long sizeBytes, long modifiedSeconds) {

    private static final int LONGEST_NAME_BYTES = 200;
    private static final List<String> UNFINISHED = List.of(".part", ".tmp", ".filepart");

    /// Whether it is still on its way to that host.
    public boolean isUnfinished() {
        return UNFINISHED.stream().anyMatch(name::endsWith);
    }

    /// Why its name may not become one in the inbox; null = it may.
    public static @Nullable String fault(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            return "it is no name of a file";
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            return "it leads to another folder";
        }
        if (name.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0xfffd)) {
            return "it has control characters or is not in UTF-8";
        }
        if (name.getBytes(UTF_8).length > LONGEST_NAME_BYTES) {
            return "it is longer than %d bytes".formatted(LONGEST_NAME_BYTES);
        }
        return null;
    }

    /// A name for people to read, whatever stands in it.
    public static String shown(String name) {
        String start = name.length() <= 80 ? name : name.substring(0, 80) + "…";
        StringBuilder shown = new StringBuilder("'");
        start.codePoints().forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return shown.append('\'').toString();
    }
}
