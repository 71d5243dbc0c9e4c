package org.tollkeeper.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Rows on their way into one table by PostgreSQL's binary COPY, the fastest way in.
///
/// [#finish()] ends the copy within the caller's transaction; closing without it takes every row
/// back.
public final class BinaryCopy extends BinaryRows implements AutoCloseable {

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final int BLOCK_BYTES = 256 * 1024;

    private final CopyIn copy;

    private BinaryCopy(String table, int columnCount, CopyIn copy) {
        super(table, columnCount, BLOCK_BYTES);
        this.copy = copy;
        pass(HEADER, 0, HEADER.length);
    }

    /// Starts a copy in the connection's transaction; nothing else can use the connection until it
    /// is finished or closed. The table's name may be qualified by its schema.
    public static BinaryCopy into(Connection connection, String table, List<String> columns) {
        return begin(connection, table, columns, "");
    }

    /// The same into a table that this transaction made. Its rows need no visit of the vacuum: they
    /// are written as rows that everybody sees who sees the table.
    public static BinaryCopy intoOwn(Connection connection, String table, List<String> columns) {
        return begin(connection, table, columns, ", freeze true");
    }

    private static BinaryCopy begin(
            Connection connection, String table, List<String> columns, String options) {
        String sql =
                "copy %s (%s) from stdin (format binary%s)"
                        .formatted(
                                Arrays.stream(table.split("\\.", -1))
                                        .map(Database::quoted)
                                        .collect(Collectors.joining(".")),
                                columns.stream()
                                        .map(Database::quoted)
                                        .collect(Collectors.joining(", ")),
                                options);
        try {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
            return new BinaryCopy(table, columns.size(), copy);
        } catch (SQLException e) {
            throw failed(table, e);
        }
    }

    /// Adds rows that were prepared; they stay as they are.
    public void add(HeldRows rows) {
        requireWholeRow();
        if (rows.columnCount() != columnCount()) {
            throw new IllegalStateException(
                    "rows of %d columns cannot be copied into %d columns of %s"
                            .formatted(rows.columnCount(), columnCount(), table()));
        }
        flush();
        rows.passTo(this);
        countMore(rows.rowCount());
    }

    /// Ends the copy and returns how many rows the table received.
    ///
    /// @throws DatabaseException when the server refuses a row; the transaction is then lost
    public long finish() {
        writeEnd();
        flush();
        try {
            long received = copy.endCopy();
            if (received != rowCount()) {
                throw new DatabaseException(
                        "%d rows were copied into %s, but it received %d"
                                .formatted(rowCount(), table(), received));
            }
            return received;
        } catch (SQLException e) {
            throw failed(table(), e);
        }
    }

    /// Takes every row back unless the copy was finished.
    @Override
    public void close() {
        if (copy.isActive()) {
            try {
                copy.cancelCopy();
            } catch (SQLException e) {
                throw failed(table(), e);
            }
        }
    }

    @Override
    byte[] taken(byte[] filled, int byteCount) {
        pass(filled, 0, byteCount);
        return filled;
    }

    @Override
    void pass(byte[] bytes, int offset, int byteCount) {
        try {
            copy.writeToCopy(bytes, offset, byteCount);
        } catch (SQLException e) {
            throw failed(table(), e);
        }
    }

    private static DatabaseException failed(String table, SQLException cause) {
        return new DatabaseException(
                "the copy into table " + table + " failed: " + cause.getMessage(), cause);
    }
}
