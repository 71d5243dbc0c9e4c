package org.tollkeeper.invoicing.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.tollkeeper.invoicing.report.Joint;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Side;

/// The last joint: what statements say is due, and the documents that ask for it.
final class DocumentJoints {

    private static final String DUE =
            """
            with due as (
                select s.currency, l.side, count(distinct s.id) filter (where l.due_minor <> 0)
                           as count, sum(l.due_minor) as minor
                from statement s join statement_line l on l.statement = s.id
                where s.to_publication is null and s.period_end <= ? and l.kind = 3
                group by 1, 2),
            asked as (
                select d.currency, d.side, count(*) as count, sum(d.net_minor) as minor
                from document d
                where d.to_publication is null and d.period_end <= ?
                  and d.kind in ('invoice', 'expected')
                group by 1, 2),
            proposed as (
                select d.currency, d.side, sum(p.to_minor - p.from_minor) as minor
                from correction_proposal p join document d on d.id = p.document
                where p.to_publication is null and d.period_end <= ?
                group by 1, 2)
            select coalesce(due.currency, asked.currency), coalesce(due.side, asked.side),
                   coalesce(due.count, 0), coalesce(due.minor, 0),
                   coalesce(asked.count, 0), coalesce(asked.minor, 0),
                   coalesce(proposed.minor, 0)
            from due full join asked on asked.currency = due.currency and asked.side = due.side
            left join proposed on proposed.currency = coalesce(due.currency, asked.currency)
                 and proposed.side = coalesce(due.side, asked.side)
            order by 1, 2 desc
            """;

    private DocumentJoints() {}

    static List<Joint> read(Connection connection, LocalDate through) throws SQLException {
        List<Joint> joints = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(DUE)) {
            for (int i = 1; i <= 3; i++) {
                select.setObject(i, through.plusDays(1));
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String currency = row.getString(1);
                    Side side = Coded.ofCode(Side.class, row.getInt(2));
                    joints.add(
                            new Joint(
                                    "statements, " + side.label() + ", " + currency,
                                    item("due", row.getLong(4), currency),
                                    List.of(
                                            item("documents", row.getLong(6), currency),
                                            item(
                                                    "proposed corrections",
                                                    row.getLong(7),
                                                    currency))));
                }
            }
        }
        return joints;
    }

    /// Money alone: a corrected or late amount has no count that would add up.
    private static Joint.Item item(String name, long minor, String currency) {
        return new Joint.Item(name, 0, BigDecimal.ZERO, Joints.amount(minor, currency), currency);
    }
}
