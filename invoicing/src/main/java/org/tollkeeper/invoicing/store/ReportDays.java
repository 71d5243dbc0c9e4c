package org.tollkeeper.invoicing.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.BinaryCopy;
import org.tollkeeper.db.traffic.ExpectedRows;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Side;

/// Keeps what reports count by day of setup: a day is counted anew when something of it changed,
/// and only then.
final class ReportDays {

    private static final List<String> FLOW_COLUMNS =
            List.of(
                    "day",
                    "carrier",
                    "side",
                    "destination",
                    "currency",
                    "attempt_count",
                    "answered_count",
                    "effective_count",
                    "talk_ms",
                    "billed_seconds",
                    "pdd_ms",
                    "pdd_count",
                    "mos",
                    "mos_count",
                    "charge_nanos");
    private static final List<String> EARNING_COLUMNS =
            List.of(
                    "day",
                    "connect_day",
                    "carrier",
                    "destination",
                    "sell_currency",
                    "sell_nanos",
                    "buy_currency",
                    "buy_nanos",
                    "call_count");

    private static final String SUSPENDED =
            """
            select s.side, count(*) as calls, sum(c.duration_ms)::bigint as ms
            from charge_suspense s
            join live_slice l on l.id = s.slice
            join call c on c.day = s.call_day and c.slice = s.call_slice and c.n = s.call_n
            where s.call_day = ? and c.day = ?
            group by s.side
            """;

    private final Connection connection;

    private ReportDays(Connection connection) {
        this.connection = connection;
    }

    /// Makes the days of a span current, in the caller's transaction.
    ///
    /// @return how many had to be counted
    static int refresh(Connection connection, CurrentBook book, ReportSpan span)
            throws SQLException {
        return refresh(connection, book, span, DayPass.MOST_CALLS);
    }

    /// The same with the charges of about so many calls in memory at once.
    static int refresh(Connection connection, CurrentBook book, ReportSpan span, int mostCalls)
            throws SQLException {
        Map<LocalDate, DaySources.Source> sources =
                DaySources.read(
                        connection,
                        DestinationsByCode.digest(connection, book) + book.currencies(),
                        span.firstSetup(),
                        span.last());
        ReportDays days = new ReportDays(connection);
        Map<LocalDate, byte[]> counted = days.counted(span);
        DayPass pass = null;
        int count = 0;
        for (Map.Entry<LocalDate, DaySources.Source> each : sources.entrySet()) {
            LocalDate day = each.getKey();
            byte[] digest = each.getValue().digest();
            if (!Arrays.equals(counted.remove(day), digest)) {
                pass = pass == null ? new DayPass(connection, book, mostCalls) : pass;
                days.forget(day);
                DayTraffic traffic = pass.of(day, each.getValue().connectDays());
                days.keep(day, digest);
                days.keepFlows(day, traffic, pass);
                days.keepEarnings(day, traffic, pass);
                days.keepJoints(day, each.getValue().callCount(), traffic);
                count++;
            }
        }
        for (LocalDate gone : counted.keySet()) {
            days.forget(gone);
        }
        return count;
    }

    private Map<LocalDate, byte[]> counted(ReportSpan span) throws SQLException {
        Map<LocalDate, byte[]> counted = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select day, source from report_day where day between ? and ?")) {
            select.setObject(1, span.firstSetup());
            select.setObject(2, span.last());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    counted.put(row.getObject(1, LocalDate.class), row.getBytes(2));
                }
            }
        }
        return counted;
    }

    /// What each day of a span was counted from, as a text; the same gives the same sums.
    static String sources(Connection connection, ReportSpan span) throws SQLException {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(new ReportDays(connection).counted(span))
                .forEach((day, source) ->
                        text.append(day).append(' ').append(HexFormat.of().formatHex(source)));
        return text.toString();
    }

    private void forget(LocalDate day) throws SQLException {
        for (String table :
                List.of("report_flow", "report_earning", "report_joint", "report_day")) {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from " + table + " where day = ?")) {
                delete.setObject(1, day);
                delete.executeUpdate();
            }
        }
    }

    private void keep(LocalDate day, byte[] digest) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into report_day values (?, ?)")) {
            insert.setObject(1, day);
            insert.setBytes(2, digest);
            insert.executeUpdate();
        }
    }

    private void keepJoints(LocalDate day, long callCount, DayTraffic traffic) throws SQLException {
        addSuspended(day, callCount, traffic);
        for (Side side : Side.values()) {
            keepJoint(day, side, callCount, traffic.side(side));
        }
    }

    private void keepFlows(LocalDate day, DayTraffic traffic, DayPass pass) {
        try (BinaryCopy copy = BinaryCopy.into(connection, "report_flow", FLOW_COLUMNS)) {
            for (DayTraffic.FlowSum sum : traffic.flows) {
                copy.startRow();
                copy.writeDate(day.toEpochDay());
                copy.writeShort((short) sum.carrier);
                copy.writeShort((short) sum.side.code());
                copy.writeText(pass.destination(sum.destination));
                writeText(copy, pass.currency(sum.currency));
                copy.writeLong(sum.attempts);
                copy.writeLong(sum.answered);
                copy.writeLong(sum.effective);
                copy.writeLong(sum.talkMs);
                copy.writeLong(sum.billedSeconds);
                copy.writeLong(sum.pddMs);
                copy.writeLong(sum.pddCount);
                copy.writeNumeric(sum.mos);
                copy.writeLong(sum.mosCount);
                copy.writeNumeric(sum.nanos.sum());
            }
            var _ = copy.finish();
        }
    }

    private void keepEarnings(LocalDate day, DayTraffic traffic, DayPass pass) {
        try (BinaryCopy copy = BinaryCopy.into(connection, "report_earning", EARNING_COLUMNS)) {
            for (DayTraffic.EarningSum sum : traffic.earnings) {
                copy.startRow();
                copy.writeDate(day.toEpochDay());
                copy.writeDate(sum.connectDay);
                copy.writeShort((short) sum.carrier);
                copy.writeText(pass.destination(sum.destination));
                writeText(copy, pass.currency(sum.sellCurrency));
                copy.writeNumeric(sum.sell.sum());
                writeText(copy, pass.currency(sum.buyCurrency));
                copy.writeNumeric(sum.buy.sum());
                copy.writeLong(sum.calls);
            }
            var _ = copy.finish();
        }
    }

    private static void writeText(BinaryCopy copy, @Nullable String text) {
        if (text == null) {
            copy.writeNull();
        } else {
            copy.writeText(text);
        }
    }

    private void addSuspended(LocalDate day, long callCount, DayTraffic traffic)
            throws SQLException {
        try (PreparedStatement count =
                        connection.prepareStatement(
                                "select count(*) from charge_suspense where call_day = ?");
                PreparedStatement select = connection.prepareStatement(SUSPENDED)) {
            count.setObject(1, day);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                ExpectedRows.of(connection, row.getLong(1), callCount);
            }
            select.setObject(1, day);
            select.setObject(2, day);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    DayTraffic.SideSum sum =
                            traffic.side(Coded.ofCode(Side.class, row.getInt("side")));
                    sum.suspended = row.getLong("calls");
                    sum.suspendedMs = row.getLong("ms");
                }
            }
        }
        ExpectedRows.many(connection);
    }

    /// How many calls there are is told by their slices, not by the pass: what it lost or met twice
    /// would go unseen.
    private void keepJoint(LocalDate day, Side side, long callCount, DayTraffic.SideSum sum)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into report_joint values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setObject(1, day);
            insert.setInt(2, side.code());
            long[] numbers = {
                callCount,
                sum.talkMs,
                sum.own,
                sum.ownMs,
                sum.unanswered,
                sum.charged,
                sum.chargedMs,
                sum.suspended,
                sum.suspendedMs
            };
            for (int i = 0; i < numbers.length; i++) {
                insert.setLong(i + 3, numbers[i]);
            }
            insert.executeUpdate();
        }
    }
}
