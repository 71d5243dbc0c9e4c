package org.tollkeeper.book.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Digests;

/// The SHA-256 of what a book says: two books have the same whenever they say the same, in whatever
/// order their files say it.
public final class BookDigest {

    private BookDigest() {}

    public static byte[] of(Book book) {
        return of(BookTables.of(book));
    }

    static byte[] of(List<BookTable> tables) {
        MessageDigest digest = Digests.sha256();
        for (BookTable table : tables) {
            digest.update((table.name() + "\n").getBytes(UTF_8));
            List<String> lines = new ArrayList<>(table.rows().size());
            StringBuilder line = new StringBuilder();
            for (@Nullable String[] row : table.rows()) {
                line.setLength(0);
                SqlText.appendLine(line, Arrays.asList(row));
                lines.add(line.toString());
            }
            lines.stream().sorted().distinct().forEach(text -> digest.update(text.getBytes(UTF_8)));
        }
        return digest.digest();
    }
}
