package org.tollkeeper.db.book;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/// The numbers under which the database keeps the names of the book. A name keeps its number for
/// ever, also when the book no longer has it.
public record StoredNames(
        Numbered carriers, Numbered switches, Numbered agreements, Numbered decks) {

    /// All names any version of the book has had.
    public static StoredNames read(Connection connection) throws SQLException {
        return new StoredNames(
                numbered(connection, "carrier"),
                numbered(connection, "switch"),
                numbered(connection, "agreement"),
                numbered(connection, "deck"));
    }

    private static Numbered numbered(Connection connection, String table) throws SQLException {
        Map<String, Integer> ids = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select id, name from " + table)) {
            while (row.next()) {
                ids.put(row.getString(2), row.getInt(1));
            }
        }
        return Numbered.of(table, ids);
    }

    /// Names of one kind and their numbers, both ways.
    ///
    /// @param kind what is named, for messages
    public record Numbered(String kind, Map<String, Integer> ids, Map<Integer, String> names) {

        static Numbered of(String kind, Map<String, Integer> ids) {
            Map<Integer, String> names = new HashMap<>();
            ids.forEach((name, id) -> names.put(id, name));
            return new Numbered(kind, Map.copyOf(ids), Map.copyOf(names));
        }

        /// Whether any version of the book has had a name.
        public boolean has(String name) {
            return ids.containsKey(name);
        }

        /// The number of a name.
        ///
        /// @throws NoSuchElementException if no version of the book has had it
        public int id(String name) {
            Integer id = ids.get(name);
            if (id == null) {
                throw new NoSuchElementException("no " + kind + " is named '" + name + "'");
            }
            return id;
        }

        /// The name of a number.
        ///
        /// @throws NoSuchElementException if nothing has the number
        public String name(int id) {
            String name = names.get(id);
            if (name == null) {
                throw new NoSuchElementException("no " + kind + " has the number " + id);
            }
            return name;
        }
    }
}
