package org.tollkeeper.invoicing.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.CopiedRows;
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
    private final ChargedRows<String> charged;
    private final Map<Integer, String> currencies;
    private final BitSet effectiveCauses = new BitSet();
    private final BitSet effectiveSipCodes = new BitSet();
    private final Map<Integer, BigDecimal> mos = new HashMap<>();

    /// A call as it is read.
    private record Call(
            boolean isLive,
            boolean isAnswered,
            boolean isEffective,
            long durationMs,
            @Nullable Integer pddMs,
            @Nullable BigDecimal mos,
            long called) {}

    /// A side's charge.
    private record Charge(
            int connectDay,
            String destination,
            @Nullable String currency,
            long billedSeconds,
            long nanos) {}

    /// @param currencies of the agreements that the book has, by their numbers
    DayPass(Connection connection, DestinationsByCode destinations, Map<Integer, String> currencies)
            throws SQLException {
        this.connection = connection;
        this.destinations = destinations;
        this.currencies = currencies;
        this.charged =
                new ChargedRows<>(connection, "l.destination", row -> row.getString("destination"));
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
        String charges =
                "h.day in (%s) and h.call_day = '%s'"
                        .formatted(
                                connectDays.isEmpty()
                                        ? "null"
                                        : connectDays.stream()
                                                .map("'%s'"::formatted)
                                                .collect(Collectors.joining(",")),
                                day);
        charged.read(charges);
        DayTraffic traffic = new DayTraffic();
        try (CopiedRows row = new CopiedRows(connection, query(day, charges))) {
            while (row.next()) {
                add(row, traffic);
            }
        }
        return traffic;
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

    private void add(CopiedRows row, DayTraffic traffic) throws SQLException {
        int ingress = row.shortValue();
        int egress = row.shortValue();
        boolean isLive = row.booleanValue();
        boolean isAnswered = row.booleanValue();
        boolean isEffective = effectiveCauses.get(row.intValue());
        isEffective |= effectiveSipCodes.get(row.intValue()) || isAnswered;
        Call call =
                new Call(
                        isLive,
                        isAnswered,
                        isEffective,
                        row.longValue(),
                        row.isNull() ? null : Integer.valueOf(row.intValue()),
                        mos.get(row.intValue()),
                        row.longValue());
        Charge sell = charge(row);
        Charge buy = charge(row);
        add(traffic, call, Side.SELL, ingress, sell);
        add(traffic, call, Side.BUY, egress, buy);
        addEarning(traffic, ingress, sell, buy);
    }

    private @Nullable Charge charge(CopiedRows row) {
        if (row.isNull()) {
            for (int i = 0; i < 4; i++) {
                var _ = row.isNull();
            }
            return null;
        }
        String destination = charged.of(row.intValue());
        String currency = currencies.get(row.intValue());
        int connectDay = row.epochDay();
        long billedSeconds = row.intValue();
        return new Charge(connectDay, destination, currency, billedSeconds, row.longValue());
    }

    private void add(
            DayTraffic traffic, Call call, Side side, int carrier, @Nullable Charge charge) {
        DayTraffic.SideSum sum = traffic.side(side);
        if (charge != null) {
            sum.charged++;
            sum.chargedMs += call.durationMs();
        }
        if (!call.isLive()) {
            return;
        }
        sum.talkMs += call.durationMs();
        if (carrier == 0) {
            sum.own++;
            sum.ownMs += call.durationMs();
            return;
        }
        if (!call.isAnswered() || call.durationMs() == 0) {
            sum.unanswered++;
        }
        addFlow(traffic, call, side, carrier, charge);
    }

    private void addFlow(
            DayTraffic traffic, Call call, Side side, int carrier, @Nullable Charge charge) {
        DayTraffic.FlowSum flow =
                charge == null
                        ? traffic.flow(
                                carrier, side, destinations.of(carrier, side, call.called()), null)
                        : traffic.flow(carrier, side, charge.destination(), charge.currency());
        flow.attempts++;
        flow.answered += call.isAnswered() ? 1 : 0;
        flow.effective += call.isEffective() ? 1 : 0;
        flow.talkMs += call.durationMs();
        if (charge != null) {
            flow.billedSeconds += charge.billedSeconds();
            flow.nanos.add(charge.nanos());
        }
        Integer pddMs = call.pddMs();
        if (pddMs != null) {
            flow.pddMs += pddMs;
            flow.pddCount++;
        }
        BigDecimal mosOfCall = call.mos();
        if (mosOfCall != null) {
            flow.mos = flow.mos.add(mosOfCall);
            flow.mosCount++;
        }
    }

    /// Money of agreements that the book no longer has is in no report.
    private static void addEarning(
            DayTraffic traffic, int ingress, @Nullable Charge sell, @Nullable Charge buy) {
        Charge sold = sell == null || sell.currency() == null ? null : sell;
        Charge bought = buy == null || buy.currency() == null ? null : buy;
        Charge first = sold == null ? bought : sold;
        if (first == null) {
            return;
        }
        DayTraffic.EarningSum sum =
                traffic.earning(
                        new DayTraffic.EarningKey(
                                first.connectDay(),
                                ingress,
                                first.destination(),
                                sold == null ? null : sold.currency(),
                                bought == null ? null : bought.currency()));
        sum.calls++;
        if (sold != null) {
            sum.sell.add(sold.nanos());
        }
        if (bought != null) {
            sum.buy.add(bought.nanos());
        }
    }
}
