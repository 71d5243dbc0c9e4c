package org.tollkeeper.app.store;

import java.math.BigDecimal;
import java.util.List;
import org.tollkeeper.db.Database;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Side;

/// All visible charges of one side in one currency.
///
/// @param amount exact, with the decimals that charges in the currency are kept with
public record TrafficTotal(
        Side side,
        String currency,
        long callCount,
        long actualSeconds,
        long billedSeconds,
        BigDecimal amount) {

    private static final int NANO_DECIMALS = 9;

    public static List<TrafficTotal> of(Database database) {
        return Rows.of(
                database,
                """
                select t.side, a.currency, sum(t.call_count), sum(t.actual_seconds),
                       sum(t.billed_seconds), sum(t.charge_nanos), max(a.charge_decimals)
                  from traffic_sum t
                  join live_slice s on s.id = t.slice
                  join agreement_version a on a.agreement = t.agreement
                                          and a.known_to = 2147483647
                 group by t.side, a.currency order by t.side, a.currency collate "C"
                """,
                row ->
                        new TrafficTotal(
                                Coded.ofCode(Side.class, row.getInt(1)),
                                row.getString(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                amount(row.getBigDecimal(6), row.getInt(7))));
    }

    private static BigDecimal amount(BigDecimal nanos, int chargeDecimals) {
        BigDecimal amount = nanos.movePointLeft(NANO_DECIMALS).stripTrailingZeros();
        return amount.scale() < chargeDecimals ? amount.setScale(chargeDecimals) : amount;
    }
}
