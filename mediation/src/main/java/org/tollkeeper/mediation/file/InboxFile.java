package org.tollkeeper.mediation.file;

import java.nio.file.Path;

/// A file found in the inbox.
///
/// @param switchId name of the switch whose folder it is in
/// @param path below the inbox, with `/` between folders
/// @param file where it is
public record InboxFile(String switchId, String path, Path file, long sizeBytes, long modifiedMs) {}
