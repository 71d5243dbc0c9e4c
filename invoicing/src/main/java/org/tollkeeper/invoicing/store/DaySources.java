package org.tollkeeper.invoicing.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the sums of days of setup are counted from, as far as it can change: the slices of the
/// calls and what was taken out of them, the slices of their charges, and the book. Slices never
/// change themselves. A slice of a tier group holds a month; of it a day's rows count.
final class DaySources {

    /// Counted up when days are to be counted in another way.
    private static final String COUNTING = "2";

    private static final String CALLS =
            """
            select s.day, s.id, s.row_count,
                   (select count(*) from tombstone t where t.slice = s.id) as taken_out
            from live_slice s
            where s.kind = 1 and s.day between ? and ?
            order by s.id
            """;

    private static final String CHARGES =
            """
            with unit as (
                select distinct s.day, c.carrier, c.side, c.connect_day
                from slice s join call_sum c on c.slice = s.id
                where s.kind = 1 and s.day between ? and ?)
            select u.day, u.connect_day, h.id
            from unit u
            left join live_slice h on h.kind = 2 and h.carrier = u.carrier and h.side = u.side
                 and h.day = u.connect_day
            order by h.id, u.day, u.connect_day
            """;

    private static final String TIERED =
            """
            select h.call_day as day, count(*) as count,
                   sum(hash_record_extended(row(h.call_slice, h.call_n, h.side, h.agreement, h.day,
                       h.deck_row, h.billed_seconds, h.charge_nanos), 0)::numeric) as hash
            from charge h
            where h.slice = any (array(select id from live_slice where kind = 3 and month > ?))
              and h.call_day between ? and ?
            group by 1
            union all
            select x.call_day, count(*),
                   sum(hash_record_extended(row(x.call_slice, x.call_n, x.side), 0)::numeric)
            from charge_suspense x
            where x.slice = any (array(select id from live_slice where kind = 3 and month > ?))
              and x.call_day between ? and ?
            group by 1
            order by 1, 2, 3
            """;

    /// A tier group's month begins at most so many days before a call of it was set up.
    static final int MONTH_DAYS = 34;

    /// What a day is counted from.
    static final class Source {

        private final Set<LocalDate> connectDays = new TreeSet<>();
        private final StringBuilder text = new StringBuilder(COUNTING);
        private long callCount;

        /// The days on which its calls were answered.
        Set<LocalDate> connectDays() {
            return connectDays;
        }

        /// How many of its calls are visible.
        long callCount() {
            return callCount;
        }

        byte[] digest() {
            return Renditions.sha256(text.toString().getBytes(UTF_8));
        }
    }

    private DaySources() {}

    /// Of every day with calls, visible ones or not, from `first` to `last`.
    ///
    /// @param book all of it that the counting depends on, as a text
    static Map<LocalDate, Source> read(
            Connection connection, String book, LocalDate first, LocalDate last)
            throws SQLException {
        Map<LocalDate, Source> sources = new TreeMap<>();
        LocalDate month = first.minusDays(MONTH_DAYS);
        each(
                connection,
                CALLS,
                sources,
                (source, row) -> {
                    long takenOut = row.getLong("taken_out");
                    source.callCount += row.getLong("row_count") - takenOut;
                    source.text.append(" calls ").append(row.getInt("id"));
                    source.text.append('-').append(takenOut);
                },
                first,
                last);
        each(
                connection,
                CHARGES,
                sources,
                (source, row) -> {
                    source.connectDays.add(row.getObject("connect_day", LocalDate.class));
                    source.text.append(" charges ").append(row.getInt("id"));
                },
                first,
                last);
        each(
                connection,
                TIERED,
                sources,
                (source, row) -> {
                    source.text.append(" tiered ").append(row.getLong("count"));
                    source.text.append(' ').append(row.getString("hash"));
                },
                month,
                first,
                last,
                month,
                first,
                last);
        sources.values().forEach(source -> source.text.append(" book ").append(book));
        return sources;
    }

    @FunctionalInterface
    private interface Taker {
        void take(Source source, ResultSet row) throws SQLException;
    }

    private static void each(
            Connection connection,
            String query,
            Map<LocalDate, Source> sources,
            Taker taker,
            LocalDate... days)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            for (int i = 0; i < days.length; i++) {
                select.setObject(i + 1, days[i]);
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    LocalDate day = row.getObject("day", LocalDate.class);
                    taker.take(sources.computeIfAbsent(day, any -> new Source()), row);
                }
            }
        }
    }
}
