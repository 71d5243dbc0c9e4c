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

    private static final String SUMMED =
            """
            select agreement, side, call_count calls, actual_seconds actual,
                   billed_seconds billed, charge_nanos nanos
            from traffic_sum t join slice_life l on l.slice = t.slice
            where l.to_publication is null
            """;

    private static final String CHARGED =
            """
            select agreement, side, 1 calls, actual_seconds actual, billed_seconds billed,
                   charge_nanos nanos
            from live_charge
            """;

    /// After `with charged as (...)`.
    private static final String PLACES =
            """
            , stated as (
                select s.agreement, l.side, l.call_count calls, l.actual_seconds actual,
                       l.billed_seconds billed, l.traffic_nanos nanos
                from statement s join statement_line l on l.statement = s.id
                where s.to_publication is null and l.kind = 1),
            open as (
                select t.agreement, t.side, t.call_count calls, t.actual_seconds actual,
                       t.billed_seconds billed, t.charge_nanos nanos
                from traffic_sum t join slice_life l on l.slice = t.slice
                where l.to_publication is null and not exists (
                    select 1 from statement s
                    where s.agreement = t.agreement and s.to_publication is null
                      and t.day >= s.period_from and t.day < s.period_end)),
            place as (
                select agreement, side, 1 place, calls, actual, billed, nanos from charged
                union all
                select agreement, side, 2, calls, actual, billed, nanos from stated
                union all
                select agreement, side, 3, calls, actual, billed, nanos from open)
            select a.name, p.side, p.place, sum(p.calls) calls, sum(p.actual) actual,
                   sum(p.billed) billed, sum(p.nanos) nanos
            from place p join agreement a on a.id = p.agreement
            group by a.name, p.side, p.place
            order by a.name, p.side, p.place
            """;

    private SettlementJoints() {}

    /// The joints from the sums that settlement reads: quick, for every night.
    public static List<SettlementJoint> ofSums(Connection connection) throws SQLException {
        return read(connection, SUMMED);
    }

    /// The joints from the charges themselves, every one of them read: for an audit.
    public static List<SettlementJoint> ofCharges(Connection connection) throws SQLException {
        return read(connection, CHARGED);
    }

    private static List<SettlementJoint> read(Connection connection, String charged)
            throws SQLException {
        List<SettlementJoint> joints = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement("with charged as (" + charged + ")" + PLACES);
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
