package org.tollkeeper.settlement.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Side;
import org.tollkeeper.settlement.SettlementJoint;
import org.tollkeeper.settlement.Traffic;

/// Does everything that was charged stand on a statement, or wait in an open period?
public final class SettlementJoints {

    /// Traffic sums, each either on a statement or open.
    private static final String SUMS =
            """
            with summed as (
                select t.agreement, t.side, s.id is null as open,
                       sum(t.call_count) calls, sum(t.actual_seconds) actual,
                       sum(t.billed_seconds) billed, sum(t.charge_nanos) nanos
                from traffic_sum t
                join slice_life l on l.slice = t.slice and l.to_publication is null
                left join statement s
                  on s.agreement = t.agreement and s.to_publication is null
                 and t.day >= s.period_from and t.day < s.period_end
                group by t.agreement, t.side, s.id is null),
            """;

    private static final String CHARGED_BY_SUMS =
            "charged as (select agreement, side, calls, actual, billed, nanos from summed),";

    private static final String CHARGED =
            """
            charged as (
                select agreement, side, count(*) calls, sum(actual_seconds) actual,
                       sum(billed_seconds) billed, sum(charge_nanos) nanos
                from live_charge group by agreement, side),
            """;

    private static final String JOINTS =
            """
            place as (
                select 1 place, agreement, side, calls, actual, billed, nanos from charged
                union all
                select 2, s.agreement, l.side, l.call_count, l.actual_seconds, l.billed_seconds,
                       l.traffic_nanos
                from statement s join statement_line l on l.statement = s.id
                where s.to_publication is null and l.kind = 1
                union all
                select 3, agreement, side, calls, actual, billed, nanos from summed where open)
            select a.name, p.side, p.place, sum(p.calls) calls, sum(p.actual) actual,
                   sum(p.billed) billed, sum(p.nanos) nanos
            from place p join agreement a on a.id = p.agreement
            group by a.name, p.side, p.place
            order by a.name, p.side, p.place
            """;

    private SettlementJoints() {}

    /// The joints from the sums that settlement reads: quick, for every night.
    public static List<SettlementJoint> ofSums(Connection connection) throws SQLException {
        return read(connection, CHARGED_BY_SUMS);
    }

    /// The joints from the charges themselves, every one of them read: for an audit.
    public static List<SettlementJoint> ofCharges(Connection connection) throws SQLException {
        return read(connection, CHARGED);
    }

    private static List<SettlementJoint> read(Connection connection, String charged)
            throws SQLException {
        List<SettlementJoint> joints = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SUMS + charged + JOINTS);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                SettlementJoint joint = joint(row);
                if (!joints.isEmpty() && sameSubject(joints.getLast(), joint)) {
                    joints.addLast(sum(joints.removeLast(), joint));
                } else {
                    joints.add(joint);
                }
            }
        }
        return joints;
    }

    private static SettlementJoint joint(ResultSet row) throws SQLException {
        Traffic traffic =
                new Traffic(
                        row.getLong("calls"),
                        row.getLong("actual"),
                        row.getLong("billed"),
                        row.getBigDecimal("nanos").toBigIntegerExact());
        int place = row.getInt("place");
        return new SettlementJoint(
                row.getString("name"),
                Coded.ofCode(Side.class, row.getInt("side")),
                place == 1 ? traffic : Traffic.NONE,
                place == 2 ? traffic : Traffic.NONE,
                place == 3 ? traffic : Traffic.NONE);
    }

    private static boolean sameSubject(SettlementJoint a, SettlementJoint b) {
        return a.side() == b.side() && a.agreement().equals(b.agreement());
    }

    private static SettlementJoint sum(SettlementJoint a, SettlementJoint b) {
        return new SettlementJoint(
                a.agreement(),
                a.side(),
                a.charged().plus(b.charged()),
                a.stated().plus(b.stated()),
                a.open().plus(b.open()));
    }
}
