package org.tollkeeper.mediation.file;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file found in the inbox, or in an archive there.
///
/// @param switchId name of the switch whose folder it is in
/// @param path below the inbox, with `/` between folders; a member of an archive has the archive's
///   path, `/`, and its name there
/// @param file where it is, or where the archive is
/// @param sizeBytes of that file
/// @param modifiedMs of that file
/// @param member its name in the archive; null = it is in none
public record InboxFile(
        String switchId,
        String path,
        Path file,
        long sizeBytes,
        long modifiedMs,
        @Nullable String member) {

    public InboxFile(String switchId, String path, Path file, long sizeBytes, long modifiedMs) {
        this(switchId, path, file, sizeBytes, modifiedMs, null);
    }

    InboxFile member(String name) {
        return new InboxFile(switchId, path + "/" + name, file, sizeBytes, modifiedMs, name);
    }
}
