package org.tollkeeper.rating.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.book.StoredBook;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.TierMode;
import org.tollkeeper.rating.CallSide;
import org.tollkeeper.rating.Explainer;
import org.tollkeeper.rating.Explanation;
import org.tollkeeper.rating.Rater;
import org.tollkeeper.rating.Tariff;

/// Answers why a call costs what it costs under a book, from the calls in the database.
public final class Explain {

    private static final String CALLS =
            """
            select c.day, c.slice, c.n, s.name, c.call_id, c.leg_id, c.setup_ms,
                   c.connect_ms, c.duration_ms, c.calling, c.called, c.routing,
                   c.ingress_carrier, c.egress_carrier, c.ingress_product, c.egress_product
            from live_call c
            join switch s on s.id = c.switch
            where hashtextextended(c.call_id, 0)
                    = any (array(select hashtextextended(id, 0) from unnest(?::text[]) id))
              and ? in (c.call_id, s.name || '/' || c.call_id,
                        s.name || '/' || c.call_id || '/' || c.leg_id)
            order by c.setup_ms, s.name, c.call_id, c.leg_id\
            """;

    private static final String STANDING =
            """
            select h.charge_nanos, r.id, r.command, l.from_publication
            from live_slice s
            join slice_life l on l.slice = s.id
            join run r on r.id = s.run
            join charge h on h.slice = s.id
            where s.side = ? and (s.day = ? or s.kind = 3)
              and s.carrier = (select id from carrier where name = ?)
              and h.day = ? and h.call_slice = ? and h.call_n = ? and h.side = s.side\
            """;

    private static final String VOLUME_OF_MONTH =
            """
            select coalesce(sum(h.billed_seconds), 0)
            from live_slice g
            join charge h on h.slice = g.id
            join call c on c.day = h.call_day and c.slice = h.call_slice and c.n = h.call_n
            join switch s on s.id = c.switch
            where g.kind = 3 and g.agreement = ? and g.side = ? and g.destination = ?
              and g.month = ? and h.day between ? and ?
              and (? or (c.connect_ms, s.name, c.call_id, c.leg_id, c.setup_ms) < (?, ?, ?, ?, ?))\
            """;

    private static final int CALLED = 11;
    private static final int ROUTING = 12;
    private static final int INGRESS_CARRIER = 13;
    private static final int EGRESS_CARRIER = 14;

    private final Connection connection;
    private final BookNumbers numbers;
    private final BookReader books;

    /// Reads what of a book prices the calls of some carriers to numbers that begin with some
    /// codes.
    private interface BookReader {
        Book read(Set<String> carriers, Set<String> codes) throws SQLException;
    }

    /// @param book of any version
    public Explain(Connection connection, Book book) throws SQLException {
        this(connection, (carriers, codes) -> book);
    }

    private Explain(Connection connection, BookReader books) throws SQLException {
        this.connection = connection;
        this.numbers = new BookNumbers(connection);
        this.books = books;
    }

    /// Explains under a version of the book. Of its deck rows, which are most of it, only those are
    /// read that may price the calls asked for.
    public static Explain of(Connection connection, int version) throws SQLException {
        return new Explain(
                connection, (carriers, codes) -> book(connection, version, carriers, codes));
    }

    private static Book book(
            Connection connection, int version, Set<String> carriers, Set<String> codes)
            throws SQLException {
        Book book = StoredBook.readWithoutDeckRows(connection, version);
        Set<String> decks =
                book.agreements().stream()
                        .filter(agreement -> carriers.contains(agreement.carrier()))
                        .flatMap(agreement -> agreement.deckLists().stream())
                        .flatMap(list -> list.decks().stream())
                        .collect(Collectors.toCollection(TreeSet::new));
        return new Book(
                book.company(),
                book.carriers(),
                book.switches(),
                book.trunks(),
                book.agreements(),
                book.decks(),
                StoredBook.deckRows(connection, version, decks, codes),
                book.testNumbers(),
                book.origins(),
                book.nanpStates(),
                book.targets(),
                book.risk(),
                book.fxRates());
    }

    /// Every call of a name: its `call_id`, `switch/call_id` or `switch/call_id/leg_id`.
    public List<ExplainedCall> calls(String name) throws SQLException {
        List<ExplainedCall> calls = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        CALLS, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
            select.setArray(1, connection.createArrayOf("text", callIds(name).toArray()));
            select.setString(2, name);
            try (ResultSet row = select.executeQuery()) {
                Rater rater = new Rater(book(row));
                row.beforeFirst();
                while (row.next()) {
                    calls.add(call(row, rater));
                }
            }
        }
        return calls;
    }

    private Book book(ResultSet row) throws SQLException {
        Set<String> carriers = new TreeSet<>();
        Set<String> codes = new TreeSet<>();
        while (row.next()) {
            carriers.add(name(row.getInt(INGRESS_CARRIER)));
            carriers.add(name(row.getInt(EGRESS_CARRIER)));
            for (int column : List.of(CALLED, ROUTING)) {
                String number = new Digits(row.getLong(column)).toString();
                for (int length = 1; length <= number.length(); length++) {
                    codes.add(number.substring(0, length));
                }
            }
        }
        return books.read(carriers, codes);
    }

    /// What the call id may be in a name; it may hold slashes itself.
    private static Set<String> callIds(String name) {
        Set<String> ids = new TreeSet<>();
        ids.add(name);
        for (int from = name.indexOf('/'); from >= 0; from = name.indexOf('/', from + 1)) {
            String rest = name.substring(from + 1);
            ids.add(rest);
            for (int to = rest.indexOf('/'); to >= 0; to = rest.indexOf('/', to + 1)) {
                ids.add(rest.substring(0, to));
            }
        }
        return ids;
    }

    private ExplainedCall call(ResultSet row, Rater rater) throws SQLException {
        AnsweredCall call = AnsweredCall.of(row, 8);
        boolean answered = row.getObject(8) != null;
        List<Explanation> sides = new ArrayList<>();
        for (Side side : List.of(Side.SELL, Side.BUY)) {
            if (answered && call.durationMs() > 0 && call.carrier(side) != 0) {
                sides.add(explain(row, call, side, rater));
            }
        }
        return new ExplainedCall(
                row.getString(4),
                row.getString(5),
                row.getString(6),
                Instant.ofEpochMilli(row.getLong(7)),
                answered ? Instant.ofEpochMilli(call.connectMs()) : null,
                call.durationMs(),
                name(call.ingressCarrier()),
                name(call.egressCarrier()),
                new Digits(call.calling()),
                new Digits(call.called()),
                sides);
    }

    private String name(int carrier) {
        return carrier == 0 ? "" : numbers.carrier(carrier);
    }

    private Explanation explain(ResultSet row, AnsweredCall call, Side side, Rater rater)
            throws SQLException {
        CallSide asked = call.side(side, numbers);
        long volumeSeconds =
                rater.tariff(asked) instanceof Tariff tariff ? volume(row, asked, tariff) : 0;
        return new Explainer(rater).explain(asked, volumeSeconds, standing(row, asked));
    }

    /// The counter the call stands on: what its tier group billed before it, or in all.
    private long volume(ResultSet row, CallSide call, Tariff tariff) throws SQLException {
        Agreement agreement = tariff.agreement();
        YearMonth month = YearMonth.from(call.connectAt().atZone(agreement.timeZone()));
        try (PreparedStatement select = connection.prepareStatement(VOLUME_OF_MONTH)) {
            select.setInt(1, numbers.agreement(agreement.id()));
            select.setInt(2, call.side().code());
            select.setString(3, tariff.destination());
            select.setObject(4, month.atDay(1));
            select.setObject(5, month.atDay(1).minusDays(1));
            select.setObject(6, month.atEndOfMonth().plusDays(1));
            select.setBoolean(7, agreement.tiers() == TierMode.ALL_UNITS);
            select.setLong(8, call.connectAt().toEpochMilli());
            select.setString(9, row.getString(4));
            select.setString(10, row.getString(5));
            select.setString(11, row.getString(6));
            select.setLong(12, row.getLong(7));
            try (ResultSet sum = select.executeQuery()) {
                sum.next();
                return sum.getLong(1);
            }
        }
    }

    private Explanation.@Nullable Standing standing(ResultSet row, CallSide call)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(STANDING)) {
            LocalDate day = LocalDate.ofInstant(call.connectAt(), ZoneOffset.UTC);
            select.setInt(1, call.side().code());
            select.setObject(2, day);
            select.setString(3, call.carrier());
            select.setObject(4, day);
            select.setInt(5, row.getInt(2));
            select.setInt(6, row.getInt(3));
            try (ResultSet charge = select.executeQuery()) {
                return charge.next()
                        ? new Explanation.Standing(
                                BigDecimal.valueOf(charge.getLong(1), 9).stripTrailingZeros(),
                                charge.getInt(2),
                                charge.getString(3),
                                charge.getInt(4))
                        : null;
            }
        }
    }
}
