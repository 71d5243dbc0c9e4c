package org.tollkeeper.db.book;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Carrier;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Company;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.ExpectedFiles;
import org.tollkeeper.model.FxRate;
import org.tollkeeper.model.Pickup;
import org.tollkeeper.model.QualityTarget;
import org.tollkeeper.model.Switch;
import org.tollkeeper.model.Trunk;
import org.tollkeeper.model.TrunkDirection;

/// The book as it was known at a version, read back whole or by its parts, each part in the order
/// of its names.
///
/// Deck rows are most of a book: who does not price reads [#readWithoutDeckRows], and [#deckRows]
/// gives those that may price some numbers.
public final class StoredBook {

    private StoredBook() {}

    /// Number of the newest version; 0 before the first book.
    public static int current(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select coalesce(max(version), 0) from book_version")) {
            row.next();
            return row.getInt(1);
        }
    }

    /// Number of the version that was the newest at an instant; 0 before the first book.
    public static int knownAt(Connection connection, Instant instant) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select coalesce(max(version), 0) from book_version where known_at <= ?")) {
            select.setTimestamp(1, Timestamp.from(instant));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /// The whole book. Its deck rows bear the numbers under which the database keeps them.
    ///
    /// @throws NoSuchElementException if there is no such version
    public static Book read(Connection connection, int version) throws SQLException {
        List<DeckRow> rows = StoredDecks.rows(new VersionQuery(connection, version), null);
        return withRows(connection, version, rows);
    }

    /// The book as [#read] gives it, but without any deck row.
    public static Book readWithoutDeckRows(Connection connection, int version) throws SQLException {
        return withRows(connection, version, List.of());
    }

    /// The rows that the decks named have for some codes, by deck and code.
    public static List<DeckRow> deckRows(
            Connection connection, int version, Collection<String> decks, Collection<String> codes)
            throws SQLException {
        List<DeckRow> rows = new ArrayList<>();
        VersionQuery query = new VersionQuery(connection, version);
        for (DeckRow row : StoredDecks.rows(query, List.copyOf(codes))) {
            if (decks.contains(row.deck())) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static Book withRows(Connection connection, int version, List<DeckRow> rows)
            throws SQLException {
        return new Book(
                company(connection, version),
                carriers(connection, version),
                switches(connection, version),
                trunks(connection, version),
                agreements(connection, version),
                decks(connection, version),
                rows,
                testNumbers(connection, version),
                origins(connection, version),
                nanpStates(connection, version),
                targets(connection, version),
                risk(connection, version),
                fxRates(connection, version),
                pickups(connection, version));
    }

    /// Where files are collected.
    public static List<Pickup> pickups(Connection connection, int version) throws SQLException {
        return new VersionQuery(connection, version)
                .list(
                        """
                        select n.name as switch_name, v.* from pickup_version v
                        join switch n on n.id = v.switch where %s order by v.pickup\
                        """,
                        row ->
                                new Pickup(
                                        row.getString("pickup"),
                                        row.getString("switch_name"),
                                        row.getString("host"),
                                        row.getInt("port"),
                                        row.getString("login"),
                                        VersionQuery.texts(row, "host_keys"),
                                        row.getString("key_file"),
                                        row.getString("password_variable"),
                                        row.getString("folder"),
                                        row.getString("files"),
                                        row.getString("move_to"),
                                        row.getInt("quiet_seconds"),
                                        row.getInt("max_megabytes")));
    }

    /// We.
    ///
    /// @throws NoSuchElementException if there is no such version
    public static Company company(Connection connection, int version) throws SQLException {
        if (version < 1 || version > current(connection)) {
            throw new NoSuchElementException("there is no version " + version + " of the book");
        }
        return new VersionQuery(connection, version)
                .list(
                        "select * from company_version v where %s",
                        row ->
                                new Company(
                                        row.getString("name"),
                                        VersionQuery.texts(row, "address"),
                                        row.getString("country"),
                                        row.getString("vat_id"),
                                        Currency.getInstance(row.getString("currency")),
                                        ZoneId.of(row.getString("time_zone")),
                                        row.getString("invoice_prefix"),
                                        new Company.Bank(
                                                row.getString("bank_name"),
                                                row.getString("bank_iban"),
                                                row.getString("bank_bic")),
                                        row.getString("email")))
                .getFirst();
    }

    public static List<Carrier> carriers(Connection connection, int version) throws SQLException {
        return new VersionQuery(connection, version)
                .list(
                        """
                        select n.name as id, v.* from carrier_version v
                        join carrier n on n.id = v.carrier where %s order by n.name\
                        """,
                        row ->
                                new Carrier(
                                        row.getString("id"),
                                        row.getString("name"),
                                        row.getString("address"),
                                        row.getString("city"),
                                        row.getString("postcode"),
                                        row.getString("country"),
                                        row.getString("vat_id"),
                                        row.getString("email"),
                                        row.getString("endpoint")));
    }

    public static List<Switch> switches(Connection connection, int version) throws SQLException {
        return new VersionQuery(connection, version)
                .list(
                        """
                        select n.name, v.* from switch_version v
                        join switch n on n.id = v.switch where %s order by n.name\
                        """,
                        row ->
                                new Switch(
                                        row.getString("name"),
                                        row.getString("format"),
                                        ZoneId.of(row.getString("time_zone")),
                                        row.getString("files"),
                                        row.getString("sequence"),
                                        row.getString("country_code"),
                                        row.getString("national_prefix"),
                                        row.getString("international_prefix"),
                                        VersionQuery.texts(row, "short_codes"),
                                        row.getString("mapping"),
                                        expectedFiles(row),
                                        row.getObject("orphan_after_hours", Integer.class)));
    }

    private static @Nullable ExpectedFiles expectedFiles(ResultSet row) throws SQLException {
        int count = row.getInt("expected_files");
        return row.wasNull()
                ? null
                : new ExpectedFiles(
                        count,
                        row.getInt("expected_minutes"),
                        StoredDecks.days(row.getInt("expected_days")),
                        row.getString("expected_stamp"),
                        row.getBoolean("expected_stamp_is_end"));
    }

    public static List<Trunk> trunks(Connection connection, int version) throws SQLException {
        return new VersionQuery(connection, version)
                .list(
                        """
                        select s.name as switch_name, c.name as carrier_name, v.*
                        from trunk_version v
                        join switch s on s.id = v.switch join carrier c on c.id = v.carrier
                        where %s
                        order by s.name, v.trunk, v.direction, v.strip collate "C",
                                 v.from_day nulls first, v.to_day, c.name\
                        """,
                        row ->
                                new Trunk(
                                        row.getString("switch_name"),
                                        row.getString("trunk"),
                                        row.getString("carrier_name"),
                                        Coded.ofCode(TrunkDirection.class, row.getInt("direction")),
                                        row.getString("strip"),
                                        row.getString("add"),
                                        VersionQuery.date(row, "from_day"),
                                        VersionQuery.date(row, "to_day"),
                                        row.getString("product")));
    }

    public static List<Agreement> agreements(Connection connection, int version)
            throws SQLException {
        return StoredAgreements.read(new VersionQuery(connection, version));
    }

    public static List<Deck> decks(Connection connection, int version) throws SQLException {
        return StoredDecks.read(new VersionQuery(connection, version));
    }

    public static Set<String> testNumbers(Connection connection, int version) throws SQLException {
        return new HashSet<>(
                new VersionQuery(connection, version)
                        .list(
                                "select number from test_number v where %s",
                                row -> row.getString(1)));
    }

    /// Origin set → the calling-number prefixes in it.
    public static Map<String, Set<String>> origins(Connection connection, int version)
            throws SQLException {
        Map<String, Set<String>> origins = new LinkedHashMap<>();
        new VersionQuery(connection, version)
                .each(
                        """
                        select origin, code from origin v where %s
                        order by origin collate "C", code collate "C"\
                        """,
                        row ->
                                origins.computeIfAbsent(row.getString(1), origin -> new TreeSet<>())
                                        .add(row.getString(2)));
        return origins;
    }

    /// NPA-NXX → state.
    public static Map<String, String> nanpStates(Connection connection, int version)
            throws SQLException {
        return textMap(connection, version, "select npanxx, state from nanp v where %s");
    }

    public static List<QualityTarget> targets(Connection connection, int version)
            throws SQLException {
        return new VersionQuery(connection, version)
                .list(
                        """
                        select destination, asr_min, mos_min, acd_min, pdd_max
                        from quality_target v where %s order by destination collate "C"\
                        """,
                        row ->
                                new QualityTarget(
                                        row.getString(1),
                                        row.getBigDecimal(2),
                                        row.getBigDecimal(3),
                                        row.getBigDecimal(4),
                                        row.getBigDecimal(5)));
    }

    /// Code to watch → reason.
    public static Map<String, String> risk(Connection connection, int version) throws SQLException {
        return textMap(
                connection,
                version,
                "select code, reason from risk v where %s order by code collate \"C\"");
    }

    /// By base, quote and date.
    public static List<FxRate> fxRates(Connection connection, int version) throws SQLException {
        return new VersionQuery(connection, version)
                .list(
                        "select day, base, quote, rate from fx_rate v where %s order by base,"
                                + " quote, day",
                        row ->
                                new FxRate(
                                        row.getObject(1, LocalDate.class),
                                        Currency.getInstance(row.getString(2)),
                                        Currency.getInstance(row.getString(3)),
                                        row.getBigDecimal(4)));
    }

    private static Map<String, String> textMap(Connection connection, int version, String sql)
            throws SQLException {
        Map<String, String> map = new LinkedHashMap<>();
        new VersionQuery(connection, version)
                .each(sql, row -> map.put(row.getString(1), row.getString(2)));
        return map;
    }
}
