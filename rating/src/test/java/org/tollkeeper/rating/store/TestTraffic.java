package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.run.DayLeaves;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.db.run.Slices;
import org.tollkeeper.db.traffic.ChargedCalls;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Carrier;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckList;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.rating.BookText;

/// Puts books and calls into a test's database as loading and mediation would, and reads back what
/// rating made of them.
final class TestTraffic {

    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

    private final Database database;
    private int version;
    private final List<Book> books = new ArrayList<>();
    private int booksRead;
    private Map<DeckRow, Integer> rowIds = new HashMap<>();
    private Book book = BookText.of("");

    TestTraffic(Database database) {
        this.database = database;
    }

    /// Stores a book as the newest version; rows that stay as they were keep their numbers.
    void load(Book loaded) throws SQLException {
        version++;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into book_version values (%d, now(), '')".formatted(version));
            for (Carrier carrier : loaded.carriers()) {
                name(statement, "carrier", carrier.id());
            }
            for (Deck deck : loaded.decks()) {
                name(statement, "deck", deck.id());
            }
            statement.execute(
                    "update agreement_version set known_to = %d where known_to = 2147483647"
                            .formatted(version));
            for (Agreement agreement : loaded.agreements()) {
                name(statement, "agreement", agreement.id());
                store(statement, agreement);
            }
            book = withIds(connection, loaded);
            books.add(book);
            connection.commit();
        }
    }

    private static void name(Statement statement, String table, String name) throws SQLException {
        statement.execute(
                "insert into %s (name) values ('%s') on conflict do nothing"
                        .formatted(table, name));
    }

    private void store(Statement statement, Agreement a) throws SQLException {
        statement.execute(
                """
                insert into agreement_version (agreement, carrier, from_day, to_day, in_force,
                    currency, time_zone, cycle, due_days, settlement, netting, duration,
                    charge_decimals, charge_rounding, tiers, bands, routing_number, late_usage,
                    tax_category, tax_percent, tax_note, known_from)
                values ((select id from agreement where name = '%s'),
                    (select id from carrier where name = '%s'), '%s', %s, tstzrange('%s', %s),
                    '%s', '%s', 1, 30, 'sender-keeps-all', false, %d,
                    %d, %d, %d, %d, %s, 1, 5, 0, '', %d)\
                """
                        .formatted(
                                a.id(),
                                a.carrier(),
                                a.from(),
                                a.to() == null ? "null" : "'" + a.to() + "'",
                                a.fromInstant(),
                                a.endInstant() == null ? "null" : "'" + a.endInstant() + "'",
                                a.currency(),
                                a.timeZone(),
                                a.duration().code(),
                                a.chargeDecimals(),
                                a.chargeRounding().code(),
                                a.tiers().code(),
                                a.bands().code(),
                                a.routingNumber(),
                                version));
        int position = 0;
        for (DeckList list : a.deckLists()) {
            for (String deck : list.decks()) {
                statement.execute(
                        """
                        insert into agreement_deck (agreement, side, product, position, deck,
                            known_from)
                        values ((select id from agreement where name = '%s'), %d, '%s', %d,
                            (select id from deck where name = '%s'), %d)\
                        """
                                .formatted(
                                        a.id(),
                                        list.side().code(),
                                        list.product(),
                                        position++,
                                        deck,
                                        version));
            }
        }
    }

    private Book withIds(Connection connection, Book loaded) throws SQLException {
        Map<DeckRow, Integer> ids = new HashMap<>();
        List<DeckRow> rows = new ArrayList<>();
        for (DeckRow row : loaded.deckRows()) {
            DeckRow bare = withId(row, 0);
            @Nullable Integer id = rowIds.get(bare);
            if (id == null) {
                id = insert(connection, row);
            }
            ids.put(bare, id);
            rows.add(withId(row, id));
        }
        try (Statement close = connection.createStatement()) {
            for (Map.Entry<DeckRow, Integer> old : rowIds.entrySet()) {
                if (!ids.containsKey(old.getKey())) {
                    close.execute(
                            "update deck_row set known_to = %d where id = %d"
                                    .formatted(version, old.getValue()));
                }
            }
        }
        rowIds = ids;
        return new Book(
                loaded.company(),
                loaded.carriers(),
                loaded.switches(),
                loaded.trunks(),
                loaded.agreements(),
                loaded.decks(),
                rows,
                loaded.testNumbers(),
                loaded.origins(),
                loaded.nanpStates(),
                loaded.targets(),
                loaded.risk(),
                loaded.fxRates());
    }

    private static DeckRow withId(DeckRow r, int id) {
        return new DeckRow(
                id,
                r.deck(),
                r.code(),
                r.destination(),
                r.ratePerMinute(),
                r.setup(),
                r.minimumSeconds(),
                r.incrementSeconds(),
                r.effective(),
                r.expires(),
                r.band(),
                r.tierFromMinutes(),
                r.origin(),
                r.jurisdiction(),
                r.blocked());
    }

    private int insert(Connection connection, DeckRow row) throws SQLException {
        String line =
                """
                insert into rate_line (destination, rate, band, tier_from, origin, jurisdiction)
                values (?, ?, ?, ?, ?, ?) on conflict do nothing\
                """;
        try (PreparedStatement insert = connection.prepareStatement(line)) {
            bindLine(insert, row);
            insert.executeUpdate();
        }
        String sql =
                """
                insert into deck_row (deck, code, rate_line, setup, minimum_seconds,
                    increment_seconds, effective, expires, blocked, known_from)
                select (select id from deck where name = ?), ?, l.id, ?, ?, ?, ?, ?, ?, ?
                from rate_line l
                where l.destination = ? and l.rate::text = ?::numeric::text and l.band = ?
                  and l.tier_from::text = ?::numeric::text and l.origin = ? and l.jurisdiction = ?
                returning id\
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, row.deck());
            insert.setString(2, row.code());
            insert.setBigDecimal(3, row.setup());
            insert.setInt(4, row.minimumSeconds());
            insert.setInt(5, row.incrementSeconds());
            insert.setObject(6, row.effective(), Types.TIMESTAMP);
            insert.setObject(7, row.expires(), Types.TIMESTAMP);
            insert.setBoolean(8, row.blocked());
            insert.setInt(9, version);
            insert.setString(10, row.destination());
            insert.setBigDecimal(11, row.ratePerMinute());
            insert.setString(12, row.band());
            insert.setBigDecimal(13, row.tierFromMinutes());
            insert.setString(14, row.origin());
            insert.setInt(15, row.jurisdiction() == null ? 0 : row.jurisdiction().code());
            try (ResultSet id = insert.executeQuery()) {
                id.next();
                return id.getInt(1);
            }
        }
    }

    private static void bindLine(PreparedStatement insert, DeckRow row) throws SQLException {
        insert.setString(1, row.destination());
        insert.setBigDecimal(2, row.ratePerMinute());
        insert.setString(3, row.band());
        insert.setBigDecimal(4, row.tierFromMinutes());
        insert.setString(5, row.origin());
        insert.setInt(6, row.jurisdiction() == null ? 0 : row.jurisdiction().code());
    }

    /// Publishes calls, one slice a UTC setup day, and names the slices.
    List<Integer> mediate(List<TestCall> calls) throws SQLException {
        Map<LocalDate, List<TestCall>> byDay = new TreeMap<>();
        for (TestCall call : calls) {
            byDay.computeIfAbsent(utcDay(call.setupAt()), day -> new ArrayList<>()).add(call);
        }
        List<Integer> slices = new ArrayList<>();
        try (Connection connection = database.connect()) {
            Run run = Run.begin(connection, "mediate", "", NOW);
            DayLeaves leaves = new DayLeaves(connection, "call");
            int publication = run.publish(connection);
            for (Map.Entry<LocalDate, List<TestCall>> day : byDay.entrySet()) {
                leaves.ensure(day.getKey());
                int slice = Slices.openCalls(connection, run, day.getKey());
                store(connection, slice, day.getKey(), day.getValue());
                Slices.publish(connection, slice, publication, day.getValue().size(), 0);
                slices.add(slice);
            }
            run.end(connection, true, NOW);
            connection.commit();
        }
        return slices;
    }

    private static void store(Connection connection, int slice, LocalDate day, List<TestCall> calls)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (TestCall call : calls) {
                name(statement, "switch", call.switchId());
            }
        }
        String sql =
                """
                insert into call (day, slice, n, file, record, setup_ms, connect_ms, release_ms,
                    duration_ms, calling, called, routing, switch, ingress_carrier,
                    egress_carrier, ingress_trunk, egress_trunk, ingress_product, egress_product,
                    cause, sip_code, codec, mos, attestation, call_id, leg_id)
                values (?, ?, ?, 0, 0, ?, ?, ?, ?, ?, ?, 0, (select id from switch where name = ?),
                    coalesce((select id from carrier where name = ?), 0),
                    coalesce((select id from carrier where name = ?), 0),
                    0, 0, 0, 0, 0, 0, 0, 0, 0, ?, ?)\
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int n = 0; n < calls.size(); n++) {
                TestCall call = calls.get(n);
                long connectMs = call.connectAt().toEpochMilli();
                insert.setObject(1, day);
                insert.setInt(2, slice);
                insert.setInt(3, n);
                insert.setLong(4, call.setupAt().toEpochMilli());
                insert.setLong(5, connectMs);
                insert.setLong(6, connectMs + call.durationMs());
                insert.setInt(7, call.durationMs());
                insert.setLong(8, call.calling().packed());
                insert.setLong(9, call.called().packed());
                insert.setString(10, call.switchId());
                insert.setString(11, call.ingressCarrier());
                insert.setString(12, call.egressCarrier());
                insert.setString(13, call.callId());
                insert.setString(14, call.legId());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    insert into call_sum (slice, carrier, side, connect_day, call_count, talk_ms)
                    select slice, x.carrier, x.side, date '1970-01-01' + (connect_ms / 86400000)::int,
                           count(*), sum(duration_ms)
                    from call
                    cross join lateral (values (ingress_carrier, 2), (egress_carrier, 1))
                        x (carrier, side)
                    where x.carrier <> 0 and slice = %d
                    group by 1, 2, 3, 4\
                    """
                            .formatted(slice));
        }
    }

    /// Takes whole slices of calls out of sight.
    void retire(List<Integer> slices) throws SQLException {
        try (Connection connection = database.connect()) {
            Run run = Run.begin(connection, "remediate", "", NOW);
            int publication = run.publish(connection);
            for (int slice : slices) {
                Slices.retire(connection, slice, publication);
            }
            connection.commit();
        }
    }

    /// Takes one call out of sight.
    void tombstone(int slice, int n) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Run run = Run.begin(connection, "remediate", "", NOW);
            int publication = run.publish(connection);
            statement.execute(
                    "insert into tombstone values (%d, %d, %d)".formatted(slice, n, publication));
            connection.commit();
        }
    }

    /// The book as it was last loaded, its rows with their numbers.
    Book book() {
        return book;
    }

    /// The book as it was loaded as a version, from 1.
    Book book(int number) {
        return books.get(number - 1);
    }

    Rating.Result rate() throws SQLException {
        return rate(null, null);
    }

    Rating.Result rate(@Nullable LocalDate from, @Nullable LocalDate to) throws SQLException {
        return rate(from, to, calls -> {});
    }

    Rating.Result rate(@Nullable LocalDate from, @Nullable LocalDate to, LongConsumer progress)
            throws SQLException {
        Run run;
        try (Connection connection = database.connect()) {
            run = Run.begin(connection, "rate", "", NOW);
            connection.commit();
        }
        Rating.Books books =
                (connection, asked) -> {
                    assertThat(asked).isEqualTo(version);
                    booksRead++;
                    return book;
                };
        return new Rating(database).rate(run, version, books, from, to, progress);
    }

    /// How many times rating has asked for a book.
    int booksRead() {
        return booksRead;
    }

    /// The charges export, the suspended sides and the sums for settlement.
    List<String> state() throws SQLException, IOException {
        List<String> state = new ArrayList<>(charges());
        state.addAll(
                lines(
                        """
                        select s.name, c.call_id, c.leg_id, c.setup_ms, h.side, h.reason
                        from charge_suspense h join live_slice using_slice on using_slice.id = h.slice
                        join call c on c.day = h.call_day and c.slice = h.call_slice
                            and c.n = h.call_n
                        join switch s on s.id = c.switch
                        order by 1, 2, 3, 4, 5\
                        """));
        state.addAll(
                lines(
                        """
                        select a.name, t.side, t.day, l.destination, l.rate, l.band, l.tier_from,
                            l.origin, l.jurisdiction, sum(t.call_count), sum(t.actual_seconds),
                            sum(t.billed_seconds), sum(t.charge_nanos)
                        from traffic_sum t join live_slice s on s.id = t.slice
                        join rate_line l on l.id = t.rate_line
                        join agreement a on a.id = t.agreement
                        group by 1, 2, 3, 4, 5, 6, 7, 8, 9
                        order by 1, 2, 3, 4, 5, 6, 7, 8, 9\
                        """));
        state.addAll(
                lines(
                        """
                        select h.call_slice is not null, p.n, r.code, p.actual_seconds,
                            p.billed_seconds, p.charge_nanos, c.call_id, p.side
                        from charge_part p join live_slice s on s.id = p.slice
                        join charge h on h.slice = p.slice and h.call_slice = p.call_slice
                            and h.call_n = p.call_n and h.side = p.side
                        join call c on c.slice = p.call_slice and c.n = p.call_n
                        join deck_row r on r.id = p.deck_row
                        order by c.call_id, p.side, p.n\
                        """));
        return state;
    }

    /// The export of all charges, which is the same however few of them memory holds at once, and
    /// what its plain twin writes.
    List<String> charges() throws SQLException, IOException {
        LocalDate from = LocalDate.of(1999, 1, 1);
        LocalDate to = LocalDate.of(2100, 12, 31);
        List<String> plain =
                exported(
                        (connection, file) -> PlainChargesExport.write(connection, from, to, file));
        for (int most : new int[] {1, 7, ChargedCalls.MOST_CHARGES}) {
            assertThat(
                            exported((connection, file) ->
                                    ChargesExport.write(connection, from, to, most, file)))
                    .as("%d charges at once", most)
                    .isEqualTo(plain);
        }
        return plain;
    }

    @FunctionalInterface
    private interface ToFile {
        long write(Connection connection, Path file) throws SQLException, IOException;
    }

    private List<String> exported(ToFile export) throws SQLException, IOException {
        Path file = Files.createTempFile("charges", ".csv");
        try (Connection connection = database.connect()) {
            long rowCount = export.write(connection, file);
            List<String> lines = Files.readAllLines(file);
            assertThat(lines).hasSize(Math.toIntExact(1 + rowCount));
            return lines;
        } finally {
            Files.delete(file);
        }
    }

    List<String> lines(String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                StringBuilder line = new StringBuilder();
                for (int column = 1; column <= columns; column++) {
                    line.append(column == 1 ? "" : ",").append(row.getString(column));
                }
                lines.add(line.toString());
            }
        }
        return lines;
    }

    static LocalDate utcDay(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
