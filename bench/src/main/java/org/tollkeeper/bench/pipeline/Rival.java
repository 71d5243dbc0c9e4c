package org.tollkeeper.bench.pipeline;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.DeckRow;

/// The rival: what a good database engineer writes without a program of his own. Staging by COPY;
/// faults, trunks and duplicates in one statement with hash joins and an anti-join; the longest
/// code by one index probe, since codes were flattened into ranges that do not overlap; both sides'
/// charges in one statement; keys and indexes after the load; a sum for settlement.
///
/// It is spared what it would find hard: the decoding of two formats, the flattening of the decks,
/// parts of calls in two bands, and tiers. It may use as many parallel workers as the server gives.
final class Rival {

    static final String DATABASE = "rival";
    private static final int BLOCK_BYTES = 256 * 1024;

    private static final List<String> SCHEMA =
            List.of(
                    """
                    create unlogged table staged (ordinal integer, switch smallint, call_id text,
                        ingress_trunk text, egress_trunk text, calling text, called text,
                        setup_ms bigint, connect_ms bigint, release_ms bigint, duration_ms bigint,
                        cause text, sip_code text, mos text, codec text)\
                    """,
                    """
                    create table trunk (switch smallint, trunk text, direction text,
                        carrier smallint, strip text)\
                    """,
                    """
                    create table side_deck (carrier smallint, side smallint, deck smallint,
                        zone text, primary key (carrier, side))\
                    """,
                    "create table code_range (deck smallint, low bigint, code integer)",
                    """
                    create table price (id integer, deck smallint, code integer, from_ms bigint,
                        to_ms bigint, peak boolean, origin smallint, rate integer,
                        minimum integer, increment integer)\
                    """,
                    """
                    create table key_before (switch smallint, call_id text, setup_ms bigint,
                        primary key (switch, call_id, setup_ms))\
                    """);

    private static final List<String> INDEXES =
            List.of(
                    "create index on code_range (deck, low) include (code)",
                    "create index on price (code, deck)",
                    "vacuum analyze");

    private static final List<String> STATEMENTS =
            List.of(
                    "analyze staged",
                    """
                    create table rival_call as
                    select s.ordinal as id, s.switch, s.call_id, i.carrier as ingress_carrier,
                           e.carrier as egress_carrier, s.calling, n.number as called,
                           rpad(n.number, 15, '0')::bigint as padded,
                           case when s.calling like '20%%' or s.calling like '21%%' then 1::smallint
                                when s.calling like '3%%' then 2::smallint
                                else 0::smallint end as origin,
                           s.setup_ms, s.connect_ms, s.release_ms, s.duration_ms,
                           s.cause, s.sip_code, s.mos, s.codec
                    from staged s
                    join trunk i on i.switch = s.switch and i.trunk = s.ingress_trunk
                        and i.direction = 'in' and starts_with(s.called, i.strip)
                    join trunk e on e.switch = s.switch and e.trunk = s.egress_trunk
                        and e.direction = 'out'
                    cross join lateral (values (substr(s.called, length(i.strip) + 3))) n (number)
                    where n.number ~ '^[0-9]{1,15}$' and n.number <> '%s'
                      and (s.connect_ms is null or s.connect_ms >= s.setup_ms)
                      and not exists (select 1 from staged f
                                      where f.switch = s.switch and f.call_id = s.call_id
                                        and f.setup_ms = s.setup_ms and f.ordinal < s.ordinal)
                      and not exists (select 1 from key_before k
                                      where k.switch = s.switch and k.call_id = s.call_id
                                        and k.setup_ms = s.setup_ms)\
                    """
                            .formatted(Market.TEST_NUMBER),
                    "alter table rival_call add primary key (id)",
                    "alter table rival_call add unique (switch, call_id, setup_ms)",
                    "analyze rival_call",
                    """
                    create table rival_charge as
                    select c.id as call, x.side, x.carrier, p.id as price, c.connect_ms,
                           t.seconds, b.billed,
                           (p.rate * 10::bigint * b.billed + 30) / 60 * 1000 as charge_nanos
                    from rival_call c
                    cross join lateral (values (2::smallint, c.ingress_carrier),
                                               (1::smallint, c.egress_carrier)) x (side, carrier)
                    join side_deck d on d.carrier = x.carrier and d.side = x.side
                    cross join lateral (values ((c.duration_ms + 999) / 1000)) t (seconds)
                    cross join lateral
                        (select r.code from code_range r
                         where r.deck = d.deck and r.low <= c.padded
                         order by r.low desc limit 1) k
                    cross join lateral
                        (select * from price q
                         where q.code = k.code and q.deck = d.deck
                           and q.from_ms <= c.connect_ms and c.connect_ms < q.to_ms
                           and (q.origin = 0 or q.origin = c.origin)
                           and (not q.peak or extract(hour from
                                to_timestamp(c.connect_ms / 1000) at time zone d.zone)
                                between 8 and 19)
                         order by q.origin desc, q.peak desc, q.from_ms desc limit 1) p
                    cross join lateral
                        (values (case when t.seconds <= p.minimum then p.minimum
                                 else p.minimum + (t.seconds - p.minimum + p.increment - 1)
                                      / p.increment * p.increment end)) b (billed)
                    where c.connect_ms is not null and c.duration_ms > 0\
                    """,
                    "alter table rival_charge add primary key (call, side)",
                    """
                    create table rival_sum as
                    select carrier, side, price, connect_ms / 86400000 as day, count(*) as calls,
                           sum(seconds) as seconds, sum(billed) as billed,
                           sum(charge_nanos) as charge_nanos
                    from rival_charge group by carrier, side, price, connect_ms / 86400000\
                    """);

    private final Server server;
    private final Market market;
    private final Book book;
    private final Path staged;

    private record Span(long low, long end, int code) {}

    /// What can be compared: charges outside agreements that cut calls and outside tiers.
    record Compared(long callCount, long chargeCount, BigInteger nanos) {}

    /// What the rival cost, and what it came to.
    record Measured(Work work, Compared sums) {}

    Rival(Server server, Market market, Book book, Path staged) {
        this.server = server;
        this.market = market;
        this.book = book;
        this.staged = staged;
    }

    Measured measure() throws Exception {
        server.create(DATABASE, "template0");
        Measured measured;
        try (Connection connection = server.connect(DATABASE)) {
            connection.setAutoCommit(true);
            prepare(connection);
            Work work = server.measure(() -> work(connection));
            measured = new Measured(work, sums(connection));
        }
        server.drop(DATABASE);
        return measured;
    }

    private void work(Connection connection) throws SQLException, IOException {
        try (InputStream rows = Files.newInputStream(staged)) {
            copy(connection, "staged", rows);
        }
        execute(connection, STATEMENTS);
    }

    private static void execute(Connection connection, List<String> statements)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void copy(Connection connection, String table, InputStream rows)
            throws SQLException, IOException {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + table + " from stdin", rows, BLOCK_BYTES);
    }

    private static void copy(Connection connection, String table, StringBuilder rows)
            throws SQLException, IOException {
        byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
        copy(connection, table, new ByteArrayInputStream(bytes));
    }

    private void prepare(Connection connection) throws SQLException, IOException {
        execute(connection, SCHEMA);
        StringBuilder trunks = new StringBuilder();
        StringBuilder sides = new StringBuilder();
        for (int carrier = 0; carrier < market.carrierCount(); carrier++) {
            for (int s = 0; s < Market.SWITCHES; s++) {
                String prefix = Market.prefix(carrier);
                trunks.append(
                        "%d\t%s\tin\t%d\t%s\n"
                                .formatted(s, Market.ingressTrunk(carrier), carrier, prefix));
                trunks.append(
                        "%d\t%s\tout\t%d\t\n".formatted(s, Market.egressTrunk(carrier), carrier));
            }
            int first = Market.isEuro(carrier) ? 2 : 0;
            String zone = zone(first).getId();
            sides.append("%d\t2\t%d\t%s\n".formatted(carrier, first, zone));
            sides.append("%d\t1\t%d\t%s\n".formatted(carrier, first + 1, zone));
        }
        copy(connection, "trunk", trunks);
        copy(connection, "side_deck", sides);
        copy(connection, "code_range", ranges());
        copy(connection, "price", prices());
        execute(connection, INDEXES);
    }

    private static ZoneId zone(int deck) {
        return deck < 2 ? ZoneId.of("UTC") : ZoneId.of("Europe/Berlin");
    }

    /// The codes as ranges of numbers of 15 digits: where each begins to be the longest.
    private StringBuilder ranges() {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < market.codes().size(); i++) {
            String code = market.codes().get(i);
            long width = 1;
            for (int digit = code.length(); digit < 15; digit++) {
                width *= 10;
            }
            long low = Long.parseLong(code) * width;
            spans.add(new Span(low, low + width, i));
        }
        spans.sort(
                Comparator.comparingLong(Span::low)
                        .thenComparing(Comparator.comparingLong(Span::end).reversed()));
        Map<Long, Integer> codeFrom = new TreeMap<>();
        Deque<Span> open = new ArrayDeque<>();
        for (Span span : spans) {
            close(open, span.low(), codeFrom);
            codeFrom.put(span.low(), span.code());
            open.push(span);
        }
        close(open, Long.MAX_VALUE, codeFrom);
        StringBuilder rows = new StringBuilder();
        for (int deck = 0; deck < Market.DECKS.size(); deck++) {
            for (Map.Entry<Long, Integer> range : codeFrom.entrySet()) {
                rows.append("%d\t%d\t%d\n".formatted(deck, range.getKey(), range.getValue()));
            }
        }
        return rows;
    }

    /// Where a code ends, the one around it goes on.
    private static void close(Deque<Span> open, long low, Map<Long, Integer> codeFrom) {
        while (!open.isEmpty() && open.element().end() <= low) {
            long end = open.pop().end();
            codeFrom.put(end, open.isEmpty() ? -1 : open.element().code());
        }
    }

    private StringBuilder prices() {
        Map<String, Integer> codes = new HashMap<>();
        for (int i = 0; i < market.codes().size(); i++) {
            codes.put(market.codes().get(i), i);
        }
        StringBuilder rows = new StringBuilder();
        int id = 0;
        for (DeckRow row : book.deckRows()) {
            Integer code = codes.get(row.code());
            if (code == null || row.tierFromMinutes().signum() > 0) {
                continue;
            }
            int deck = Market.DECKS.indexOf(row.deck());
            rows.append(
                    "%d\t%d\t%d\t%d\t%d\t%s\t%d\t%d\t%d\t%d\n"
                            .formatted(
                                    ++id,
                                    deck,
                                    code,
                                    ms(row.effective(), deck, Long.MIN_VALUE),
                                    ms(row.expires(), deck, Long.MAX_VALUE),
                                    row.band().isEmpty() ? "f" : "t",
                                    origin(row),
                                    row.ratePerMinute().movePointRight(5).intValueExact(),
                                    row.minimumSeconds(),
                                    row.incrementSeconds()));
        }
        return rows;
    }

    private static int origin(DeckRow row) {
        return switch (row.origin()) {
            case "NEAR" -> 1;
            case "FAR" -> 2;
            default -> 0;
        };
    }

    private static long ms(@Nullable LocalDateTime local, int deck, long otherwise) {
        return local == null ? otherwise : local.atZone(zone(deck)).toInstant().toEpochMilli();
    }

    private Compared sums(Connection connection) throws SQLException {
        return sums(
                connection,
                """
                select (select count(*) from rival_call), count(*), sum(h.charge_nanos)
                from rival_charge h join price p on p.id = h.price
                where h.carrier < 38 and p.code not in (%s)\
                """
                        .formatted(tieredCodes()));
    }

    private String tieredCodes() {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < market.codes().size(); i++) {
            if (market.codes().get(i).startsWith("277")) {
                codes.add(String.valueOf(i));
            }
        }
        return String.join(",", codes);
    }

    /// The same of the night that has just run.
    static Compared ofNight(Connection connection) throws SQLException {
        return sums(
                connection,
                """
                select (select count(*) from call c
                        where c.slice in (select id from live_slice where kind = 1)),
                       count(*), sum(h.charge_nanos)
                from live_charge h
                join carrier k on k.id = h.carrier
                join deck_row r on r.id = h.deck_row
                where k.name < 'C38' and r.code not like '277%'\
                """);
    }

    private static Compared sums(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            BigDecimal nanos = row.getBigDecimal(3);
            return new Compared(row.getLong(1), row.getLong(2), nanos.toBigIntegerExact());
        }
    }
}
