package org.tollkeeper.db.traffic;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.tollkeeper.model.Side;

/// Reads charges with their calls in canonical order: connect, switch, call id, leg id, side,
/// setup. The database only gives what lies in its tables; a span of the day at a time is brought
/// together and ordered in memory, as long as holds about a million charges.
public final class ChargedCalls {

    /// So many charges in memory take some 150 MB with their calls.
    public static final int MOST_CHARGES = 1_000_000;

    private static final List<Side> SIDES = List.of(Side.BUY, Side.SELL);
    private static final long MINUTE_MS = 60_000;
    private static final int MINUTES_OF_DAY = 1_440;

    private final Connection connection;
    private final int mostCharges;
    private final SwitchNames switches;
    private final CallCharges charges = new CallCharges();
    private final ConnectedCalls calls = new ConnectedCalls();
    private final ChargedCall row;

    /// What charges are handed to.
    @FunctionalInterface
    public interface Taker {
        void take(ChargedCall charge) throws SQLException, IOException;
    }

    /// Which charges are wanted.
    ///
    /// @param day of connect, UTC
    /// @param slices that they lie in, with charges of other days perhaps
    /// @param rowCount how many charges these slices hold
    /// @param callCount how many calls were set up about that day, those without a charge too
    public record Wanted(LocalDate day, Collection<Integer> slices, long rowCount, long callCount) {

        /// The numbers of the slices, as a list of SQL.
        public String numbers() {
            return ChargedCalls.numbers(slices);
        }

        /// What is true of a wanted `charge h`.
        public String condition() {
            return "h.day = '%s' and h.slice = any ('{%s}')".formatted(day, numbers());
        }
    }

    /// Milliseconds, `endMs` exclusive.
    private record Span(long fromMs, long endMs) {

        String of(String alias) {
            return "%s.connect_ms >= %d and %s.connect_ms < %d"
                    .formatted(alias, fromMs, alias, endMs);
        }
    }

    /// @param connection with autocommit off, which is busy while charges are handed over
    public ChargedCalls(Connection connection) throws SQLException {
        this(connection, MOST_CHARGES);
    }

    /// @param mostCharges to be held in memory, about; what is read does not depend on it
    public ChargedCalls(Connection connection, int mostCharges) throws SQLException {
        this.connection = connection;
        this.mostCharges = mostCharges;
        this.switches = SwitchNames.read(connection);
        this.row = new ChargedCall(charges, calls, switches);
    }

    /// Hands over every charge that is wanted.
    public void read(Wanted wanted, Taker taker) throws SQLException, IOException {
        if (wanted.slices().isEmpty()) {
            return;
        }
        ExpectedRows.of(connection, wanted.rowCount(), wanted.callCount());
        for (Span span : spans(wanted)) {
            read(wanted, span, taker);
        }
        ExpectedRows.unknown(connection);
    }

    private void read(Wanted wanted, Span span, Taker taker) throws SQLException, IOException {
        charges.clear();
        String condition = wanted.condition() + " and " + span.of("h");
        charges.read(connection, condition);
        if (charges.count() == 0) {
            return;
        }
        boolean areFew = ExpectedRows.areFew(wanted.rowCount(), wanted.callCount());
        calls.read(connection, areFew ? keyed(condition) : all(span), charges);
        hand(taker);
    }

    private void hand(Taker taker) throws SQLException, IOException {
        int[] order = calls.inOrder(switches);
        int from = 0;
        while (from < order.length) {
            int end = from + 1;
            while (end < order.length && calls.isSameBut(order[from], order[end])) {
                end++;
            }
            for (Side side : SIDES) {
                for (int i = from; i < end; i++) {
                    if (row.at(order[i], side)) {
                        taker.take(row);
                    }
                }
            }
            from = end;
        }
    }

    private static String numbers(Collection<Integer> some) {
        return some.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /// The calls of few charges, each found by its key.
    private static String keyed(String condition) {
        return """
        (select distinct h.call_day, h.call_slice, h.call_n from charge h where %s) k
        join call c on c.day = k.call_day and c.slice = k.call_slice and c.n = k.call_n\
        """
                .formatted(condition);
    }

    /// All calls that connected in a span, on the days that are in question.
    private String all(Span span) throws SQLException {
        List<String> days = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement(
                                "select distinct day from slice where id = any ('{%s}')"
                                        .formatted(numbers(charges.slices())));
                ResultSet found = select.executeQuery()) {
            while (found.next()) {
                days.add("'%s'".formatted(found.getObject(1, LocalDate.class)));
            }
        }
        return "call c where c.day in (%s) and %s".formatted(String.join(",", days), span.of("c"));
    }

    /// The day, in as many spans as it takes for none to hold much more than it may.
    private List<Span> spans(Wanted wanted) throws SQLException {
        long dayMs = wanted.day().atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        long endMs = dayMs + MINUTES_OF_DAY * MINUTE_MS;
        if (wanted.rowCount() <= mostCharges) {
            return List.of(new Span(dayMs, endMs));
        }
        List<Span> spans = new ArrayList<>();
        long fromMs = dayMs;
        long held = 0;
        String query =
                """
                select (h.connect_ms - %d) / %d as minute, count(*) from charge h where %s
                group by minute order by minute\
                """
                        .formatted(dayMs, MINUTE_MS, wanted.condition());
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet found = select.executeQuery()) {
            while (found.next()) {
                long count = found.getLong(2);
                if (held > 0 && held + count > mostCharges) {
                    long minuteMs = dayMs + found.getLong(1) * MINUTE_MS;
                    spans.add(new Span(fromMs, minuteMs));
                    fromMs = minuteMs;
                    held = 0;
                }
                held += count;
            }
        }
        spans.add(new Span(fromMs, endMs));
        return spans;
    }
}
