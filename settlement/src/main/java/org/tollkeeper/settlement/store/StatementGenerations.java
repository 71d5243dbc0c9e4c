package org.tollkeeper.settlement.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Coded;
import org.tollkeeper.settlement.LineKey;
import org.tollkeeper.settlement.Statement;
import org.tollkeeper.settlement.StatementLine;
import org.tollkeeper.settlement.Traffic;

/// The stored generations of statements: which stand now, and how newer ones take their place.
final class StatementGenerations {

    private static final String INSERT_STATEMENT =
            """
            insert into statement (agreement, period_from, period_end, currency, charge_decimals,
                                   minor_decimals, run, digest, from_publication)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning id
            """;

    private static final String INSERT_LINE =
            """
            insert into statement_line (statement, n, kind, side, destination, rate, band,
                                        tier_from, origin, jurisdiction, call_count,
                                        actual_seconds, billed_seconds, traffic_nanos, due_minor)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    /// A statement that stands.
    record Standing(int id, int agreement, BillingPeriod period, LineDigest digest) {}

    /// A statement by what it is about; the first day names the period.
    record Subject(int agreement, LocalDate periodFrom) {}

    private final Connection connection;

    StatementGenerations(Connection connection) {
        this.connection = connection;
    }

    Map<Subject, Standing> standing() throws SQLException {
        Map<Subject, Standing> standing = new HashMap<>();
        try (PreparedStatement select =
                        connection.prepareStatement(
                                "select id, agreement, period_from, period_end, digest"
                                        + " from statement where to_publication is null");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                BillingPeriod period =
                        new BillingPeriod(
                                row.getObject(3, LocalDate.class),
                                row.getObject(4, LocalDate.class));
                int agreement = row.getInt(2);
                standing.put(
                        new Subject(agreement, period.from()),
                        new Standing(
                                row.getInt(1), agreement, period, new LineDigest(row.getBytes(5))));
            }
        }
        return standing;
    }

    void retire(Collection<Standing> statements, int publication) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "update statement set to_publication = ? where id = any (?)")) {
            update.setInt(1, publication);
            update.setArray(
                    2,
                    connection.createArrayOf(
                            "integer", statements.stream().map(Standing::id).toArray()));
            update.executeUpdate();
        }
    }

    /// A statement ready to be kept, with the number of its agreement.
    record Fresh(int agreement, Statement statement, LineDigest digest) {

        static Fresh of(int agreement, Statement statement) {
            return new Fresh(agreement, statement, LineDigest.of(statement));
        }

        Subject subject() {
            return new Subject(agreement, statement.period().from());
        }
    }

    void add(Collection<Fresh> statements, Run run, int publication) throws SQLException {
        try (PreparedStatement head = connection.prepareStatement(INSERT_STATEMENT);
                PreparedStatement lines = connection.prepareStatement(INSERT_LINE)) {
            for (Fresh fresh : statements) {
                addLines(lines, addHead(head, fresh, run, publication), fresh.statement.lines());
            }
            lines.executeBatch();
        }
    }

    private static int addHead(PreparedStatement insert, Fresh fresh, Run run, int publication)
            throws SQLException {
        Statement statement = fresh.statement;
        insert.setInt(1, fresh.agreement);
        insert.setObject(2, statement.period().from());
        insert.setObject(3, statement.period().end());
        insert.setString(4, statement.agreement().currency().getCurrencyCode());
        insert.setInt(5, statement.agreement().chargeDecimals());
        insert.setInt(6, statement.agreement().currency().getDefaultFractionDigits());
        insert.setInt(7, run.id());
        insert.setBytes(8, fresh.digest.bytes());
        insert.setInt(9, publication);
        try (ResultSet row = insert.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void addLines(PreparedStatement insert, int id, List<StatementLine> lines)
            throws SQLException {
        int n = 0;
        for (StatementLine line : lines) {
            insert.setInt(1, id);
            insert.setInt(2, ++n);
            insert.setInt(3, line.kind().code());
            switch (line) {
                case StatementLine.OfTraffic of -> {
                    LineKey key = of.key();
                    price(insert, key.side(), key.destination(), key.ratePerMinute());
                    insert.setString(7, key.band());
                    insert.setBigDecimal(8, key.tierFromMinutes());
                    insert.setString(9, key.origin());
                    insert.setInt(10, key.jurisdiction() == null ? 0 : key.jurisdiction().code());
                    traffic(insert, of.traffic());
                }
                case StatementLine.OfCommitment of -> {
                    price(insert, of.side(), of.destination(), of.shortfallRate());
                    noTier(insert);
                    traffic(insert, Traffic.NONE);
                }
                case StatementLine.Total of -> {
                    price(insert, of.side(), "", null);
                    noTier(insert);
                    traffic(insert, of.traffic());
                }
                case StatementLine.Net of -> {
                    price(insert, of.owed(), "", null);
                    noTier(insert);
                    for (int column = 11; column <= 13; column++) {
                        insert.setNull(column, Types.BIGINT);
                    }
                    insert.setNull(14, Types.NUMERIC);
                }
            }
            insert.setLong(15, line.due().minorUnits());
            insert.addBatch();
        }
    }

    private static void price(
            PreparedStatement insert,
            @Nullable Coded side,
            String destination,
            @Nullable BigDecimal rate)
            throws SQLException {
        insert.setObject(4, side == null ? null : side.code(), Types.SMALLINT);
        insert.setString(5, destination);
        insert.setBigDecimal(6, rate);
    }

    private static void noTier(PreparedStatement insert) throws SQLException {
        insert.setString(7, "");
        insert.setNull(8, Types.NUMERIC);
        insert.setString(9, "");
        insert.setInt(10, 0);
    }

    private static void traffic(PreparedStatement insert, Traffic traffic) throws SQLException {
        insert.setLong(11, traffic.callCount());
        insert.setLong(12, traffic.actualSeconds());
        insert.setLong(13, traffic.billedSeconds());
        insert.setBigDecimal(14, new BigDecimal(traffic.chargeNanos()));
    }
}
