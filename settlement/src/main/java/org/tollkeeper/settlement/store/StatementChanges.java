package org.tollkeeper.settlement.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Money;
import org.tollkeeper.model.Side;

/// What settlement changed since a publication: the dues of the statements that ended beside those
/// that took their place.
public final class StatementChanges {

    private static final String CHANGED =
            """
            select a.name, s.period_from, s.period_end, l.side, s.currency,
                   coalesce(sum(l.due_minor) filter (where s.to_publication is not null), 0)
                       as due_before,
                   coalesce(sum(l.due_minor) filter (where s.to_publication is null), 0)
                       as due_after
            from statement s
            join agreement a on a.id = s.agreement
            join statement_line l on l.statement = s.id and l.kind = 3
            where s.from_publication > ? or s.to_publication > ?
            group by a.name, s.period_from, s.period_end, l.side, s.currency
            order by a.name, s.period_from, l.side desc, s.currency\
            """;

    private StatementChanges() {}

    /// One side of a statement.
    public record Change(
            String agreement, BillingPeriod period, Side side, Money before, Money after) {}

    /// The sides whose due changed, in the caller's transaction.
    public static List<Change> since(Connection connection, int publication) throws SQLException {
        List<Change> changes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(CHANGED)) {
            select.setInt(1, publication);
            select.setInt(2, publication);
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
        Currency currency = Currency.getInstance(row.getString("currency"));
        return new Change(
                row.getString("name"),
                new BillingPeriod(
                        row.getObject("period_from", LocalDate.class),
                        row.getObject("period_end", LocalDate.class)),
                Coded.ofCode(Side.class, row.getInt("side")),
                new Money(row.getLong("due_before"), currency),
                new Money(row.getLong("due_after"), currency));
    }
}
