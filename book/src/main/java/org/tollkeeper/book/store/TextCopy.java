package org.tollkeeper.book.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Rows on their way into a table by PostgreSQL's text COPY, which reads every type from its text.
final class TextCopy implements AutoCloseable {

    private static final int BLOCK_CHARS = 1 << 18;

    private final CopyIn copy;
    private final StringBuilder block = new StringBuilder(BLOCK_CHARS);

    TextCopy(Connection connection, String table) throws SQLException {
        copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy " + table + " from stdin");
    }

    void row(List<@Nullable String> values) throws SQLException {
        SqlText.appendLine(block, values);
        if (block.length() > BLOCK_CHARS) {
            flush();
        }
    }

    void finish() throws SQLException {
        flush();
        copy.endCopy();
    }

    private void flush() throws SQLException {
        byte[] bytes = block.toString().getBytes(UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        block.setLength(0);
    }

    /// Takes the rows back unless the copy was finished.
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
