package org.tollkeeper.invoicing.store;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.traffic.ExpectedRows;
import org.tollkeeper.invoicing.report.Held;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Money;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.SuspenseReason;

/// What is held back now, by reason and place, with an estimate of its money where the carrier and
/// side have charges to judge by.
final class HeldBack {

    private static final String RECORDS =
            """
            select reason, w.name as switch, coalesce(carrier, '') as carrier, '' as side, trunk,
                   count(*) as records, sum(talk_ms) as talk_ms
            from (
                select f.switch, s.reason, null as carrier, s.trunk, s.talk_ms
                from suspense s join cdr_file f on f.id = s.file
                where s.to_publication is null
                union all
                select p.switch, ?, c.name, '', p.duration_ms
                from part p left join carrier c on c.id = p.ingress_carrier
                where p.to_publication is null and p.call_day is null
                  and not exists (select 1 from suspense s where s.file = p.file
                                  and s.record = p.record and s.to_publication is null)) held
            join switch w on w.id = held.switch
            group by 1, 2, 3, 4, 5
            """;

    private static final String CHARGES =
            """
            select s.reason, w.name as switch, n.name as carrier,
                   case s.side when 1 then 'buy' else 'sell' end as side, '' as trunk,
                   count(*) as records, sum(c.duration_ms) as talk_ms
            from charge_suspense s
            join live_slice l on l.id = s.slice
            join call c on c.day = s.call_day and c.slice = s.call_slice and c.n = s.call_n
            join switch w on w.id = c.switch
            join carrier n on n.id = s.carrier
            group by 1, 2, 3, 4, 5
            """;

    private static final String PRICES =
            """
            select n.name as carrier, t.side, v.currency, sum(t.charge_nanos) as nanos,
                   sum(t.actual_seconds) as seconds
            from traffic_sum t
            join live_slice l on l.id = t.slice
            join agreement_version v on v.agreement = t.agreement and v.known_to = 2147483647
            join carrier n on n.id = v.carrier
            group by 1, 2, 3
            having sum(t.actual_seconds) > 0
            order by sum(t.actual_seconds)
            """;

    private static final int NANO_DECIMALS = 9;
    private static final int MILLI_DECIMALS = 3;

    private final Connection connection;
    private final Map<String, Price> prices = new HashMap<>();

    /// Average price of a carrier's side.
    private record Price(BigDecimal perSecond, Currency currency) {}

    private HeldBack(Connection connection) {
        this.connection = connection;
    }

    static List<Held> read(Connection connection) throws SQLException {
        HeldBack held = new HeldBack(connection);
        held.readPrices();
        List<Held> all = new ArrayList<>();
        held.add(all, RECORDS);
        held.expectSides();
        held.add(all, CHARGES);
        ExpectedRows.many(connection);
        return all;
    }

    /// Sides of calls that could not be priced are few, as a rule.
    private void expectSides() throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement(
                                """
                                select (select count(*) from charge_suspense),
                                       (select coalesce(sum(row_count), 0) from live_slice
                                        where kind = 1)
                                """);
                ResultSet row = select.executeQuery()) {
            row.next();
            ExpectedRows.of(connection, row.getLong(1), row.getLong(2));
        }
    }

    private void readPrices() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(PRICES);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                BigDecimal amount = row.getBigDecimal("nanos").movePointLeft(NANO_DECIMALS);
                Side side = Coded.ofCode(Side.class, row.getInt("side"));
                prices.put(
                        row.getString("carrier") + " " + side.label(),
                        new Price(
                                amount.divide(row.getBigDecimal("seconds"), MathContext.DECIMAL64),
                                Currency.getInstance(row.getString("currency"))));
            }
        }
    }

    private void add(List<Held> all, String query) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            if (query.equals(RECORDS)) {
                select.setInt(1, SuspenseReason.INCOMPLETE_CALL.code());
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String carrier = row.getString("carrier");
                    String side = row.getString("side");
                    long talkMillis = row.getLong("talk_ms");
                    all.add(
                            new Held(
                                    Coded.ofCode(SuspenseReason.class, row.getInt("reason")),
                                    row.getString("switch"),
                                    carrier,
                                    side,
                                    row.getString("trunk"),
                                    row.getLong("records"),
                                    talkMillis,
                                    estimate(prices.get(carrier + " " + side), talkMillis)));
                }
            }
        }
    }

    private static @Nullable Money estimate(@Nullable Price price, long talkMillis) {
        return price == null
                ? null
                : Money.settle(
                        price.perSecond().multiply(BigDecimal.valueOf(talkMillis, MILLI_DECIMALS)),
                        price.currency());
    }
}
