package org.tollkeeper.db.traffic;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/// The names of switches as bytes of CSV, and their order.
final class SwitchNames {

    private byte[][] names = {};
    private int[] places = {};

    private SwitchNames() {}

    static SwitchNames read(Connection connection) throws SQLException {
        SwitchNames switches = new SwitchNames();
        int place = 0;
        try (PreparedStatement select =
                        connection.prepareStatement("select id, name from switch order by name");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                switches.add(row.getInt(1), CsvText.field(row.getString(2)), place++);
            }
        }
        return switches;
    }

    private void add(int number, byte[] name, int place) {
        if (number >= places.length) {
            names = Arrays.copyOf(names, number + 1);
            places = Arrays.copyOf(places, number + 1);
        }
        names[number] = name;
        places[number] = place;
    }

    byte[] name(int number) {
        return names[number];
    }

    /// Where a switch stands when all are ordered by name.
    int place(int number) {
        return places[number];
    }
}
