package org.tollkeeper.app.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.db.book.StoredNames;

/// The names that any version of the book has had.
public final class BookNames {

    private BookNames() {}

    public static boolean hasSwitch(Database database, String name) {
        return read(database).switches().has(name);
    }

    public static boolean hasCarrier(Database database, String name) {
        return read(database).carriers().has(name);
    }

    private static StoredNames read(Database database) {
        try (Connection connection = database.connect()) {
            return StoredNames.read(connection);
        } catch (SQLException e) {
            throw new DatabaseException("the book cannot be read: " + e.getMessage(), e);
        }
    }
}
