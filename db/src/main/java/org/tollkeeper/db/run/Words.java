package org.tollkeeper.db.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// Texts that occur again and again, as small numbers. Number 0 is the empty text. New texts are
/// written in the caller's transaction: when it rolls back, drop this object with it.
public final class Words {

    private final Connection connection;
    private final Map<String, Integer> ids = new HashMap<>();

    public Words(Connection connection) {
        this.connection = connection;
        ids.put("", 0);
    }

    public int id(String text) throws SQLException {
        Integer known = ids.get(text);
        if (known != null) {
            return known;
        }
        int id = find(text);
        ids.put(text, id);
        return id;
    }

    /// The number of a text if it is known without asking the database; else negative.
    public int known(String text) {
        Integer known = ids.get(text);
        return known == null ? -1 : known;
    }

    private int find(String text) throws SQLException {
        try (PreparedStatement insert =
                        connection.prepareStatement(
                                "insert into word (text) values (?)"
                                        + " on conflict (text) do nothing returning id");
                PreparedStatement select =
                        connection.prepareStatement("select id from word where text = ?")) {
            select.setString(1, text);
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    return row.getInt(1);
                }
            }
            insert.setString(1, text);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
