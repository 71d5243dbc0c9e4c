package org.tollkeeper.invoicing.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.CopiedRows;
import org.tollkeeper.db.traffic.DeckRows;
import org.tollkeeper.db.traffic.RateLines;
import org.tollkeeper.model.Side;

/// Reads the calls set up on a day once, each with both its charges, and adds them up. A charged
/// call counts for the destination it was charged as; any other for the one its number would have.
final class DayPass {

    /// Unanswered calls with these causes reached the called user, or were given up by the caller.
    private static final String EFFECTIVE_CAUSES =
            """
            '16', '17', '18', '19', '21', 'NORMAL_CLEARING', 'USER_BUSY', 'NO_USER_RESPONSE',
            'NO_ANSWER', 'CALL_REJECTED', 'ORIGINATOR_CANCEL'\
            """;

    private static final String EFFECTIVE_SIP_CODES = "'480', '486', '487', '600', '603'";

    private final Connection connection;
    private final DestinationsByCode destinations;
    private final DeckRows deckRows;
    private final RateLines<Integer> lines;

    /// Number of an agreement → number of its currency.
    private final int[] currencies;

    private final List<String> currencyNames = new ArrayList<>(List.of(""));
    private final Call call = new Call();
    private final Charge sell = new Charge();
    private final Charge buy = new Charge();
    private final BitSet effectiveCauses = new BitSet();
    private final BitSet effectiveSipCodes = new BitSet();
    private final Map<Integer, BigDecimal> mos = new HashMap<>();

    /// The call that is being read.
    private static final class Call {
        boolean isLive;
        boolean isAnswered;
        boolean isEffective;
        long durationMs;
        boolean hasPdd;
        int pddMs;
        @Nullable BigDecimal mos;
        long called;
    }

    /// A charge of the call that is being read.
    private static final class Charge {
        boolean isThere;
        int destination;
        int currency;
        int connectDay;
        long billedSeconds;
        long nanos;

        boolean isMoney() {
            return isThere && currency != DayTraffic.NO_CURRENCY;
        }
    }

    DayPass(Connection connection, CurrentBook book) throws SQLException {
        this.connection = connection;
        this.deckRows = new DeckRows(connection);
        this.destinations = DestinationsByCode.read(connection, book, deckRows);
        this.currencies = numbered(book.currencies());
        this.lines =
                new RateLines<>(
                        connection,
                        "l.destination",
                        row -> destinations.number(row.getString("destination")));
        words(
                "text in (%s)".formatted(EFFECTIVE_CAUSES),
                row -> effectiveCauses.set(row.getInt(1)));
        words(
                "text in (%s)".formatted(EFFECTIVE_SIP_CODES),
                row -> effectiveSipCodes.set(row.getInt(1)));
        words(
                "text ~ '^[0-9](\\.[0-9]+)?$'",
                row -> mos.put(row.getInt(1), new BigDecimal(row.getString(2))));
    }

    private int[] numbered(Map<Integer, String> currencies) {
        int most = currencies.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        int[] numbers = new int[most + 1];
        currencies.forEach((agreement, currency) -> {
            if (!currencyNames.contains(currency)) {
                currencyNames.add(currency);
            }
            numbers[agreement] = currencyNames.indexOf(currency);
        });
        return numbers;
    }

    @FunctionalInterface
    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private void words(String condition, Row taker) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement(
                                "select id, text from word where " + condition);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                taker.take(row);
            }
        }
    }

    /// Adds up a day of setup.
    ///
    /// @param connectDays on which its calls were answered
    DayTraffic of(LocalDate day, Collection<LocalDate> connectDays) throws SQLException {
        String days =
                connectDays.isEmpty()
                        ? "null"
                        : connectDays.stream()
                                .map("'%s'"::formatted)
                                .collect(Collectors.joining(","));
        lines.read(
                """
                select id from live_slice where kind = 2 and day in (%s) or kind = 3 and month > '%s'\
                """
                        .formatted(days, day.minusDays(DaySources.MONTH_DAYS)));
        LocalDate first = connectDays.stream().min(LocalDate::compareTo).orElse(day);
        DayTraffic traffic = new DayTraffic((int) first.toEpochDay());
        String charges = "h.day in (%s) and h.call_day = '%s'".formatted(days, day);
        deckRows.readEarlier(charges);
        try (CopiedRows row = new CopiedRows(connection, query(day, charges))) {
            while (row.next()) {
                add(row, traffic);
            }
        }
        return traffic;
    }

    /// The name of a destination by its number.
    String destination(int number) {
        return destinations.name(number);
    }

    /// The name of a currency by its number; null for the number of none.
    @Nullable String currency(int number) {
        return number == DayTraffic.NO_CURRENCY ? null : currencyNames.get(number);
    }

    /// Calls that are not visible any more are among the rows if a charge of them is: such a charge
    /// must not go unseen.
    private static String query(LocalDate day, String charges) {
        String side =
                """
                (select h.call_slice, h.call_n, h.deck_row, h.agreement, h.day, h.billed_seconds,
                        h.charge_nanos
                 from live_charge h where h.side = %d and %s)\
                """;
        return """
        select c.ingress_carrier, c.egress_carrier,
               l.to_publication is null and t.slice is null, c.connect_ms is not null,
               c.cause, c.sip_code, c.duration_ms, c.pdd_ms, c.mos, c.called,
               s.deck_row, s.agreement, s.day, s.billed_seconds, s.charge_nanos,
               b.deck_row, b.agreement, b.day, b.billed_seconds, b.charge_nanos
        from call c
        join slice_life l on l.slice = c.slice
        left join tombstone t on t.slice = c.slice and t.n = c.n
        left join %s s on s.call_slice = c.slice and s.call_n = c.n
        left join %s b on b.call_slice = c.slice and b.call_n = c.n
        where c.day = '%s'
          and (l.to_publication is null and t.slice is null
               or s.deck_row is not null or b.deck_row is not null)\
        """
                .formatted(
                        side.formatted(Side.SELL.code(), charges),
                        side.formatted(Side.BUY.code(), charges),
                        day);
    }

    private void add(CopiedRows row, DayTraffic traffic) {
        int ingress = row.shortValue();
        int egress = row.shortValue();
        call.isLive = row.booleanValue();
        call.isAnswered = row.booleanValue();
        call.isEffective = effectiveCauses.get(row.intValue());
        call.isEffective |= effectiveSipCodes.get(row.intValue()) || call.isAnswered;
        call.durationMs = row.longValue();
        call.hasPdd = !row.isNull();
        call.pddMs = call.hasPdd ? row.intValue() : 0;
        int mosWord = row.intValue();
        call.mos = mosWord == 0 ? null : mos.get(mosWord);
        call.called = row.longValue();
        read(row, sell);
        read(row, buy);
        add(traffic, Side.SELL, ingress, sell);
        add(traffic, Side.BUY, egress, buy);
        addEarning(traffic, ingress);
    }

    private void read(CopiedRows row, Charge charge) {
        charge.isThere = !row.isNull();
        if (!charge.isThere) {
            for (int i = 0; i < 4; i++) {
                var _ = row.isNull();
            }
            return;
        }
        charge.destination = lines.of(deckRows.rateLine(deckRows.number(row.intValue())));
        int agreement = row.intValue();
        charge.currency =
                agreement < currencies.length ? currencies[agreement] : DayTraffic.NO_CURRENCY;
        charge.connectDay = row.epochDay();
        charge.billedSeconds = row.intValue();
        charge.nanos = row.longValue();
    }

    private void add(DayTraffic traffic, Side side, int carrier, Charge charge) {
        DayTraffic.SideSum sum = traffic.side(side);
        if (charge.isThere) {
            sum.charged++;
            sum.chargedMs += call.durationMs;
        }
        if (!call.isLive) {
            return;
        }
        sum.talkMs += call.durationMs;
        if (carrier == 0) {
            sum.own++;
            sum.ownMs += call.durationMs;
            return;
        }
        if (!call.isAnswered || call.durationMs == 0) {
            sum.unanswered++;
        }
        addFlow(traffic, side, carrier, charge);
    }

    private void addFlow(DayTraffic traffic, Side side, int carrier, Charge charge) {
        DayTraffic.FlowSum flow =
                charge.isThere
                        ? traffic.flow(carrier, side, charge.destination, charge.currency)
                        : traffic.flow(
                                carrier,
                                side,
                                destinations.of(carrier, side, call.called),
                                DayTraffic.NO_CURRENCY);
        flow.attempts++;
        flow.answered += call.isAnswered ? 1 : 0;
        flow.effective += call.isEffective ? 1 : 0;
        flow.talkMs += call.durationMs;
        if (charge.isThere) {
            flow.billedSeconds += charge.billedSeconds;
            flow.nanos.add(charge.nanos);
        }
        if (call.hasPdd) {
            flow.pddMs += call.pddMs;
            flow.pddCount++;
        }
        if (call.mos != null) {
            flow.mos = flow.mos.add(call.mos);
            flow.mosCount++;
        }
    }

    /// Money of agreements that the book no longer has is in no report.
    private void addEarning(DayTraffic traffic, int ingress) {
        if (!sell.isMoney() && !buy.isMoney()) {
            return;
        }
        Charge first = sell.isMoney() ? sell : buy;
        DayTraffic.EarningSum sum =
                traffic.earning(
                        first.connectDay,
                        ingress,
                        first.destination,
                        sell.isMoney() ? sell.currency : DayTraffic.NO_CURRENCY,
                        buy.isMoney() ? buy.currency : DayTraffic.NO_CURRENCY);
        sum.calls++;
        if (sell.isMoney()) {
            sum.sell.add(sell.nanos);
        }
        if (buy.isMoney()) {
            sum.buy.add(buy.nanos);
        }
    }
}
