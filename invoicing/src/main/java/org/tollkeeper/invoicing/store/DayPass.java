package org.tollkeeper.invoicing.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.CopiedRows;
import org.tollkeeper.db.traffic.CallCharges;
import org.tollkeeper.db.traffic.DeckRows;
import org.tollkeeper.db.traffic.RateLines;
import org.tollkeeper.model.Side;

/// Reads the calls set up on a day once, beside their charges, and adds them up. A charged call
/// counts for the destination it was charged as; any other for the one its number would have.
final class DayPass {

    /// The charges of so many calls in memory take some 50 MB.
    static final int MOST_CALLS = 1_000_000;

    private static final long DAY_MILLIS = 86_400_000;

    private static final String LIVE =
            " and h.slice in (select slice from slice_life where to_publication is null)";

    /// Calls that are not visible any more are among them, for they may have a charge still, which
    /// must not go unseen.
    private static final String CALLS =
            """
            select c.slice, c.n, c.ingress_carrier, c.egress_carrier,
                   l.to_publication is null and t.slice is null, c.connect_ms,
                   c.cause, c.sip_code, c.duration_ms, c.pdd_ms, c.mos, c.called
            from call c
            join slice_life l on l.slice = c.slice
            left join tombstone t on t.slice = c.slice and t.n = c.n
            """;

    private final Connection connection;
    private final int mostCalls;
    private final CallCharges charges = new CallCharges();
    private final QualityWords words;
    private final DestinationsByCode destinations;
    private final DeckRows deckRows;
    private final RateLines<Integer> lines;

    /// Number of an agreement → number of its currency.
    private final int[] currencies;

    private final List<String> currencyNames = new ArrayList<>(List.of(""));
    private final Call call = new Call();
    private final Charge sell = new Charge();
    private final Charge buy = new Charge();

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

    DayPass(Connection connection, CurrentBook book, int mostCalls) throws SQLException {
        this.connection = connection;
        this.mostCalls = mostCalls;
        this.words = QualityWords.read(connection);
        this.deckRows = new DeckRows(connection);
        this.destinations = DestinationsByCode.read(connection, book, deckRows);
        this.currencies = numbered(book.currencies());
        this.lines =
                new RateLines<>(
                        connection,
                        "l.destination",
                        row -> destinations.number(row.getString("destination")));
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
        String ofDay = "h.day in (%s) and h.call_day = '%s'".formatted(days, day);
        deckRows.readEarlier(ofDay);
        for (CallPart part : CallPart.of(connection, day, mostCalls)) {
            charges.clear();
            charges.read(connection, ofDay + " and " + part.of("h.call_slice", "h.call_n") + LIVE);
            add(day, part, traffic);
        }
        return traffic;
    }

    private void add(LocalDate day, CallPart part, DayTraffic traffic) throws SQLException {
        int count = 0;
        String query =
                CALLS + "where c.day = '%s' and %s".formatted(day, part.of("c.slice", "c.n"));
        try (CopiedRows row = new CopiedRows(connection, query)) {
            while (row.next()) {
                count += add(row, traffic);
            }
        }
        if (count != charges.count()) {
            throw new IllegalStateException(
                    "%d charges of the calls of %s, %d of them found with a call"
                            .formatted(charges.count(), day, count));
        }
    }

    /// The name of a destination by its number.
    String destination(int number) {
        return destinations.name(number);
    }

    /// The name of a currency by its number; null for the number of none.
    @Nullable String currency(int number) {
        return number == DayTraffic.NO_CURRENCY ? null : currencyNames.get(number);
    }

    /// @return how many charges the call has
    private int add(CopiedRows row, DayTraffic traffic) {
        int number = charges.call(row.intValue(), row.intValue());
        int ingress = row.shortValue();
        int egress = row.shortValue();
        call.isLive = row.booleanValue();
        call.isAnswered = !row.isNull();
        int connectDay = call.isAnswered ? epochDay(row.longValue()) : 0;
        call.isEffective = words.isEffective(row.intValue(), row.intValue()) || call.isAnswered;
        call.durationMs = row.longValue();
        call.hasPdd = !row.isNull();
        call.pddMs = call.hasPdd ? row.intValue() : 0;
        call.mos = words.mos(row.intValue());
        call.called = row.longValue();
        read(number, Side.SELL, sell, connectDay);
        read(number, Side.BUY, buy, connectDay);
        add(traffic, Side.SELL, ingress, sell);
        add(traffic, Side.BUY, egress, buy);
        addEarning(traffic, ingress);
        return (sell.isThere ? 1 : 0) + (buy.isThere ? 1 : 0);
    }

    private static int epochDay(long epochMillis) {
        return (int) Math.floorDiv(epochMillis, DAY_MILLIS);
    }

    private void read(int number, Side side, Charge charge, int connectDay) {
        int place = number < 0 ? -1 : charges.place(number, side);
        charge.isThere = place >= 0;
        if (!charge.isThere) {
            return;
        }
        charge.destination = lines.of(deckRows.rateLine(deckRows.number(charges.deckRow(place))));
        int agreement = charges.agreement(place);
        charge.currency =
                agreement < currencies.length ? currencies[agreement] : DayTraffic.NO_CURRENCY;
        charge.connectDay = connectDay;
        charge.billedSeconds = charges.billedSeconds(place);
        charge.nanos = charges.nanos(place);
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
