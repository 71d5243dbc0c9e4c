package org.tollkeeper.rating.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Side;

/// What a publication changed in the charges: per agreement, side, destination and month, before
/// and after. Also tells what a rating that is not committed would change.
public final class ChargeChanges {

    private static final String CHANGED =
            """
            select a.name, t.side, l.destination, to_char(t.day, 'YYYY-MM') as month,
                   sum(t.call_count) filter (where not t.fresh) as calls_before,
                   sum(t.call_count) filter (where t.fresh) as calls_after,
                   sum(t.billed_seconds) filter (where not t.fresh) as billed_before,
                   sum(t.billed_seconds) filter (where t.fresh) as billed_after,
                   sum(t.charge_nanos) filter (where not t.fresh) as nanos_before,
                   sum(t.charge_nanos) filter (where t.fresh) as nanos_after,
                   v.currency, v.charge_decimals
            from (select s.*, f.from_publication = ? as fresh
                  from slice_life f join traffic_sum s on s.slice = f.slice
                  where f.from_publication = ? or f.to_publication = ?) t
            join agreement a on a.id = t.agreement
            join agreement_version v on v.agreement = a.id
                and v.known_from = (select max(known_from) from agreement_version w
                                    where w.agreement = a.id)
            join rate_line l on l.id = t.rate_line
            group by a.name, t.side, l.destination, month, v.currency, v.charge_decimals
            order by a.name, t.side, l.destination, month\
            """;

    private ChargeChanges() {}

    /// A destination whose charges are not what they were.
    ///
    /// @param month local, `YYYY-MM`
    public record Change(
            String agreement,
            Side side,
            String destination,
            String month,
            Figures before,
            Figures after,
            String currency) {}

    /// What the charges add up to.
    public record Figures(long callCount, long billedSeconds, BigDecimal amount) {}

    /// The changes of a publication, in the caller's transaction.
    public static List<Change> of(Connection connection, int publication) throws SQLException {
        List<Change> changes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(CHANGED)) {
            select.setInt(1, publication);
            select.setInt(2, publication);
            select.setInt(3, publication);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Change change = change(row);
                    if (!change.before().equals(change.after())) {
                        changes.add(change);
                    }
                }
            }
        }
        return changes;
    }

    private static Change change(ResultSet row) throws SQLException {
        return new Change(
                row.getString("name"),
                Coded.ofCode(Side.class, row.getInt("side")),
                row.getString("destination"),
                row.getString("month"),
                figures(row, "before"),
                figures(row, "after"),
                row.getString("currency"));
    }

    private static Figures figures(ResultSet row, String when) throws SQLException {
        BigDecimal nanos = row.getBigDecimal("nanos_" + when);
        return new Figures(
                row.getLong("calls_" + when),
                row.getLong("billed_" + when),
                amount(nanos == null ? BigDecimal.ZERO : nanos, row.getInt("charge_decimals")));
    }

    /// An amount with the decimals that its agreement keeps now; with more where other terms gave
    /// it more.
    static BigDecimal amount(BigDecimal nanos, int decimals) {
        BigDecimal amount = nanos.movePointLeft(9).stripTrailingZeros();
        return amount.scale() <= decimals ? amount.setScale(decimals) : amount;
    }
}
