package org.tollkeeper.settlement.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// The numbers under which the database keeps agreements.
record AgreementNumbers(Map<String, Integer> byId) {

    static AgreementNumbers read(Connection connection) throws SQLException {
        Map<String, Integer> byId = new HashMap<>();
        try (PreparedStatement select =
                        connection.prepareStatement("select name, id from agreement");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                byId.put(rows.getString(1), rows.getInt(2));
            }
        }
        return new AgreementNumbers(byId);
    }

    int of(String agreement) throws SQLException {
        Integer number = byId.get(agreement);
        if (number == null) {
            throw new SQLException(
                    "agreement %s is in the book but was never stored; load the book first"
                            .formatted(agreement));
        }
        return number;
    }
}
