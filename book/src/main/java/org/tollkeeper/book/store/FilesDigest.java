package org.tollkeeper.book.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.book.BookFolder;
import org.tollkeeper.db.ProgramDigest;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Digests;

/// The SHA-256 of a book's files, and of the program that reads them: as long as it stays the same,
/// reading them again finds what it found before.
final class FilesDigest {

    private FilesDigest() {}

    /// The digest of the files below a folder; null when it cannot be told, since the program's own
    /// files are not at hand.
    static byte @Nullable [] of(Path folder) {
        if (!Files.isDirectory(folder)) {
            return null;
        }
        byte @Nullable [] readers = ProgramDigest.of(BookFolder.class, Book.class);
        if (readers == null) {
            return null;
        }
        MessageDigest digest = Digests.sha256();
        digest.update(readers);
        ProgramDigest.add(digest, folder);
        return digest.digest();
    }
}
