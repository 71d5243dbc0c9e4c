package org.tollkeeper.app.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.invoicing.store.LedgerExport;
import org.tollkeeper.mediation.store.CallsExport;
import org.tollkeeper.mediation.store.DuplicatesExport;
import org.tollkeeper.mediation.store.SuspenseExport;
import org.tollkeeper.rating.store.ChargesExport;
import org.tollkeeper.settlement.store.StatementExport;

/// What can be written as CSV, each by the stage it comes from.
public enum Export {
    CALLS,
    CHARGES,
    SUSPENSE,
    DUPLICATES,
    STATEMENTS,
    LEDGER;

    /// The export of that name, or null.
    public static @Nullable Export named(String name) {
        for (Export export : values()) {
            if (export.label().equals(name)) {
                return export;
            }
        }
        return null;
    }

    /// Its name on the command line.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Writes the rows of a span of days, both inclusive, to a file that appears whole or not at
    /// all.
    ///
    /// @return how many rows
    public long write(Database database, LocalDate from, LocalDate to, Path file)
            throws IOException {
        try (Connection connection = database.connect()) {
            return switch (this) {
                case CALLS -> CallsExport.write(connection, from, to, file);
                case CHARGES -> ChargesExport.write(connection, from, to, file);
                case SUSPENSE -> SuspenseExport.write(connection, from, to, file);
                case DUPLICATES -> DuplicatesExport.write(connection, from, to, file);
                case STATEMENTS -> StatementExport.write(connection, from, to, file);
                case LEDGER -> LedgerExport.write(connection, from, to, file);
            };
        } catch (SQLException e) {
            throw new DatabaseException("the export failed: " + e.getMessage(), e);
        }
    }
}
