package org.tollkeeper.settlement.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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

    private record Standing(int id, BillingPeriod period, Sha256 digest) {}

    private final Connection connection;
    private final Run run;
    private final Map<Integer, List<Standing>> standing = new HashMap<>();
    private int publication;
    private int newCount;
    private int unchangedCount;
    private int retiredCount;

    StatementGenerations(Connection connection, Run run) throws SQLException {
        this.connection = connection;
        this.run = run;
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
                standing.computeIfAbsent(row.getInt(2), agreement -> new ArrayList<>())
                        .add(new Standing(row.getInt(1), period, Sha256.of(row.getBytes(5))));
            }
        }
    }

    /// Makes `statements` the ones that stand for the periods meant of an agreement.
    void replace(int agreement, List<Statement> statements, Predicate<BillingPeriod> meant)
            throws SQLException {
        Map<LocalDate, Standing> before = new HashMap<>();
        for (Standing each : standing.getOrDefault(agreement, List.of())) {
            if (meant.test(each.period)) {
                before.put(each.period.from(), each);
            } else {
                unchangedCount++;
            }
        }
        List<Statement> changed = new ArrayList<>();
        List<Sha256> digests = new ArrayList<>();
        List<Standing> superseded = new ArrayList<>();
        for (Statement statement : statements) {
            Sha256 digest = StatementDigest.of(statement);
            Standing now = before.remove(statement.period().from());
            if (now != null && now.digest.equals(digest)) {
                unchangedCount++;
                continue;
            }
            changed.add(statement);
            digests.add(digest);
            if (now != null) {
                superseded.add(now);
            }
        }
        newCount += changed.size();
        retiredCount += before.size();
        superseded.addAll(before.values());
        retire(superseded);
        add(agreement, changed, digests);
    }

    /// Retires those statements of all agreements but these whose periods are meant.
    void retireOthers(Collection<Integer> agreements, Predicate<BillingPeriod> meant)
            throws SQLException {
        List<Standing> others = new ArrayList<>();
        for (Map.Entry<Integer, List<Standing>> each : standing.entrySet()) {
            if (!agreements.contains(each.getKey())) {
                for (Standing statement : each.getValue()) {
                    if (meant.test(statement.period)) {
                        others.add(statement);
                    } else {
                        unchangedCount++;
                    }
                }
            }
        }
        retiredCount += others.size();
        retire(others);
    }

    Settled settled() {
        return new Settled(newCount, unchangedCount, retiredCount);
    }

    /// The publication of everything this run changes; there is none until something does.
    private int publication() throws SQLException {
        if (publication == 0) {
            publication = run.publish(connection);
        }
        return publication;
    }

    private void retire(List<Standing> statements) throws SQLException {
        if (statements.isEmpty()) {
            return;
        }
        try (PreparedStatement update =
                connection.prepareStatement(
                        "update statement set to_publication = ? where id = any (?)")) {
            update.setInt(1, publication());
            update.setArray(
                    2,
                    connection.createArrayOf(
                            "integer", statements.stream().map(Standing::id).toArray()));
            update.executeUpdate();
        }
    }

    private void add(int agreement, List<Statement> statements, List<Sha256> digests)
            throws SQLException {
        try (PreparedStatement head = connection.prepareStatement(INSERT_STATEMENT);
                PreparedStatement lines = connection.prepareStatement(INSERT_LINE)) {
            for (int i = 0; i < statements.size(); i++) {
                int id = addHead(head, agreement, statements.get(i), digests.get(i));
                addLines(lines, id, statements.get(i).lines());
            }
            lines.executeBatch();
        }
    }

    private int addHead(PreparedStatement insert, int agreement, Statement statement, Sha256 digest)
            throws SQLException {
        insert.setInt(1, agreement);
        insert.setObject(2, statement.period().from());
        insert.setObject(3, statement.period().end());
        insert.setString(4, statement.agreement().currency().getCurrencyCode());
        insert.setInt(5, statement.agreement().chargeDecimals());
        insert.setInt(6, statement.agreement().currency().getDefaultFractionDigits());
        insert.setInt(7, run.id());
        insert.setBytes(8, digest.bytes());
        insert.setInt(9, publication());
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
