package org.tollkeeper.mediation.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;
import org.tollkeeper.model.Trunk;
import org.tollkeeper.model.TrunkDirection;

/// As much of a book as mediation reads, written straight into the tables. Storing it again makes
/// the next version of the book.
record TestBook(List<Switch> switches, List<Trunk> trunks, Set<String> testNumbers) {

    private static final int OPEN = Integer.MAX_VALUE;

    static TestBook of(Switch source, Trunk... trunks) {
        return new TestBook(List.of(source), List.of(trunks), Set.of());
    }

    static Switch source(String id, String format, String zone, String mapping) {
        return new Switch(
                id, format, ZoneId.of(zone), "*", "", "44", "0", "00", List.of("112"), mapping);
    }

    static Switch canonical(String id) {
        return source(id, "canonical-csv", "UTC", "");
    }

    /// A switch whose long calls are closed when their final part is so many hours late.
    static Switch impatient(String id, int orphanAfterHours) {
        return new Switch(
                id,
                "canonical-csv",
                ZoneId.of("UTC"),
                "*",
                "",
                "44",
                "0",
                "00",
                List.of(),
                "",
                null,
                orphanAfterHours);
    }

    static Trunk trunk(String switchId, String trunk, String carrier, TrunkDirection direction) {
        return trunk(switchId, trunk, carrier, direction, "", "", null, null);
    }

    static Trunk trunk(
            String switchId,
            String trunk,
            String carrier,
            TrunkDirection direction,
            String strip,
            String add,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {
        return new Trunk(switchId, trunk, carrier, direction, strip, add, from, to, "");
    }

    TestBook with(Trunk trunk) {
        List<Trunk> more = new ArrayList<>(trunks);
        more.add(trunk);
        return new TestBook(switches, more, testNumbers);
    }

    TestBook withTestNumbers(String... numbers) {
        return new TestBook(switches, trunks, Set.of(numbers));
    }

    void store(Connection connection) throws SQLException {
        int version = nextVersion(connection);
        for (Switch source : switches) {
            name(connection, "switch", source.id());
            update(
                    connection,
                    "insert into switch_version values ((select id from switch where name = ?),"
                            + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    source.id(),
                    source.format(),
                    source.timeZone().getId(),
                    source.files(),
                    source.sequence(),
                    source.countryCode(),
                    source.nationalPrefix(),
                    source.internationalPrefix(),
                    source.shortCodes().toArray(String[]::new),
                    source.mapping(),
                    version,
                    OPEN);
            update(
                    connection,
                    "update switch_version set orphan_after_hours = ?::smallint"
                            + " where known_from = ? and switch ="
                            + " (select id from switch where name = ?)",
                    source.orphanAfterHours(),
                    version,
                    source.id());
        }
        for (Trunk trunk : trunks) {
            name(connection, "carrier", trunk.carrier());
            update(
                    connection,
                    "insert into trunk_version values ((select id from switch where name = ?), ?,"
                            + " (select id from carrier where name = ?), ?, ?, ?, ?, ?, ?, ?, ?)",
                    trunk.switchId(),
                    trunk.trunk(),
                    trunk.carrier(),
                    trunk.direction().code(),
                    trunk.strip(),
                    trunk.add(),
                    trunk.from(),
                    trunk.to(),
                    trunk.product(),
                    version,
                    OPEN);
        }
        for (String number : new TreeSet<>(testNumbers)) {
            update(connection, "insert into test_number values (?, ?, ?)", number, version, OPEN);
        }
        connection.commit();
    }

    private static int nextVersion(Connection connection) throws SQLException {
        int version;
        try (PreparedStatement select =
                        connection.prepareStatement(
                                "select coalesce(max(version), 0) + 1 from book_version");
                ResultSet row = select.executeQuery()) {
            row.next();
            version = row.getInt(1);
        }
        update(connection, "insert into book_version values (?, now(), '')", version);
        for (String table : List.of("switch_version", "trunk_version", "test_number")) {
            update(
                    connection,
                    "update " + table + " set known_to = ? where known_to = ?",
                    version,
                    OPEN);
        }
        return version;
    }

    private static void name(Connection connection, String table, String name) throws SQLException {
        update(
                connection,
                "insert into " + table + " (name) values (?) on conflict do nothing",
                name);
    }

    private static void update(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(
                        i + 1,
                        values[i] instanceof String[] texts
                                ? connection.createArrayOf("text", texts)
                                : values[i]);
            }
            update.executeUpdate();
        }
    }

    /// Directions by the word that `trunks.csv` has.
    static TrunkDirection direction(String label) {
        return Arrays.stream(TrunkDirection.values())
                .filter(direction -> direction.label().equals(label))
                .findFirst()
                .orElseThrow();
    }
}
