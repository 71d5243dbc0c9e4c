package org.tollkeeper.db.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/// Writes CSV as exports have it: header, `\n` line ends, fields quoted only where RFC 4180 needs
/// it.
public final class CsvExport {

    private CsvExport() {}

    /// What writes the rows.
    @FunctionalInterface
    public interface Rows {

        /// Writes them, and says how many there are, the header aside.
        long write(OutputStream out) throws SQLException, IOException;
    }

    /// Writes the rows of a query, which names the columns as the header shall print them, orders
    /// its rows, and gives null for an empty field (an empty text would be quoted).
    ///
    /// @return how many rows
    public static long write(Connection connection, String query, Path file)
            throws SQLException, IOException {
        String copy = "copy (" + query + ") to stdout (format csv, header)";
        return write(
                file, out -> connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy, out));
    }

    /// Writes `file`, which appears whole or not at all.
    ///
    /// @return how many rows
    public static long write(Path file, Rows rows) throws SQLException, IOException {
        Path absolute = file.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        Path part = absolute.resolveSibling(absolute.getFileName() + ".part");
        long rowCount;
        try (OutputStream out = Files.newOutputStream(part)) {
            rowCount = rows.write(out);
        }
        Files.move(part, absolute, StandardCopyOption.REPLACE_EXISTING);
        return rowCount;
    }
}
