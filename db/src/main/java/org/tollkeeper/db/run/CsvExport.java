package org.tollkeeper.db.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/// Writes the rows of a query as CSV, with the database's own bulk speed: header, `\n` line ends,
/// fields quoted only where RFC 4180 needs it. The query names the columns as the header shall
/// print them, orders its rows, and gives null for an empty field (an empty text would be quoted).
public final class CsvExport {

    private CsvExport() {}

    /// Writes to `file`, which appears whole or not at all.
    ///
    /// @return how many rows
    public static long write(Connection connection, String query, Path file)
            throws SQLException, IOException {
        Path absolute = file.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        Path part = absolute.resolveSibling(absolute.getFileName() + ".part");
        long rows;
        try (OutputStream out = Files.newOutputStream(part)) {
            rows =
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyOut("copy (" + query + ") to stdout (format csv, header)", out);
        }
        Files.move(part, absolute, StandardCopyOption.REPLACE_EXISTING);
        return rows;
    }
}
