package org.tollkeeper.invoicing.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.invoicing.AccountStatement;
import org.tollkeeper.invoicing.LineKind;
import org.tollkeeper.invoicing.StatementLine;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Jurisdiction;
import org.tollkeeper.model.Money;
import org.tollkeeper.model.Side;

/// The statements as settlement last left them, by agreement and period.
final class LiveStatements {

    private static final int NANO_DECIMALS = 9;
    private static final int FETCHED_ROW_COUNT = 2_000;

    private LiveStatements() {}

    /// @param through only periods that ended on or before it
    static List<AccountStatement> through(Connection connection, LocalDate through)
            throws SQLException {
        String query =
                """
                select s.id, a.name as agreement, s.period_from, s.period_end, s.currency,
                       s.charge_decimals, l.*
                from statement s
                join agreement a on a.id = s.agreement
                left join statement_line l on l.statement = s.id
                where s.to_publication is null and s.period_end <= ?
                order by a.name, s.period_from, l.n
                """;
        List<AccountStatement> statements = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setFetchSize(FETCHED_ROW_COUNT);
            select.setObject(1, through.plusDays(1));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    AccountStatement statement = statements.isEmpty() ? null : statements.getLast();
                    if (statement == null || statement.id() != row.getInt("id")) {
                        statement = statement(row);
                        statements.add(statement);
                    }
                    if (row.getInt("n") > 0) {
                        statement.lines().add(line(row, statement));
                    }
                }
            }
        }
        return statements;
    }

    /// The numbers of the same statements. A statement never changes: another state has another.
    static List<Integer> numbers(Connection connection, LocalDate through) throws SQLException {
        List<Integer> numbers = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select id from statement where to_publication is null"
                                + " and period_end <= ? order by id")) {
            select.setObject(1, through.plusDays(1));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    numbers.add(row.getInt(1));
                }
            }
        }
        return numbers;
    }

    private static AccountStatement statement(ResultSet row) throws SQLException {
        return new AccountStatement(
                row.getInt("id"),
                row.getString("agreement"),
                new BillingPeriod(
                        row.getObject("period_from", LocalDate.class),
                        row.getObject("period_end", LocalDate.class)),
                Currency.getInstance(row.getString("currency")),
                row.getInt("charge_decimals"),
                new ArrayList<>());
    }

    private static StatementLine line(ResultSet row, AccountStatement statement)
            throws SQLException {
        int side = row.getInt("side");
        BigDecimal nanos = row.getBigDecimal("traffic_nanos");
        return new StatementLine(
                Coded.ofCode(LineKind.class, row.getInt("kind")),
                side == 0 ? null : Coded.ofCode(Side.class, side),
                row.getString("destination"),
                row.getBigDecimal("rate"),
                row.getString("band"),
                row.getBigDecimal("tier_from"),
                row.getString("origin"),
                jurisdiction(row.getInt("jurisdiction")),
                row.getObject("call_count", Long.class),
                row.getObject("actual_seconds", Long.class),
                row.getObject("billed_seconds", Long.class),
                nanos == null
                        ? null
                        : nanos.movePointLeft(NANO_DECIMALS)
                                .setScale(statement.chargeDecimals(), RoundingMode.HALF_UP),
                new Money(row.getLong("due_minor"), statement.currency()));
    }

    static @Nullable Jurisdiction jurisdiction(int code) {
        return code == 0 ? null : Coded.ofCode(Jurisdiction.class, code);
    }
}
