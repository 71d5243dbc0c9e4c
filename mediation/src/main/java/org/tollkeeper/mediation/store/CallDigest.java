package org.tollkeeper.mediation.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import org.tollkeeper.mediation.Leg;
import org.tollkeeper.mediation.decoder.ContentHash;

/// What a call adds to its slice's digest: a hash over what makes its price and its identity, so
/// that the sum over a slice does not depend on the order of its rows.
///
/// It is recomputed from the columns of `call` as the texts switch, call_id, leg_id, setup_ms,
/// connect_ms (empty if null), duration_ms, calling, called, routing, ingress_carrier and
/// egress_carrier, in that order.
final class CallDigest {

    private CallDigest() {}

    static long of(int switchNumber, Leg call) {
        Long connectMs = call.times().connectMs();
        return new ContentHash()
                .add(Integer.toString(switchNumber))
                .add(call.callId())
                .add(call.legId())
                .add(Long.toString(call.times().setupMs()))
                .add(connectMs == null ? "" : Long.toString(connectMs))
                .add(Long.toString(call.times().durationMs()))
                .add(Long.toString(call.numbers().calling().packed()))
                .add(Long.toString(call.numbers().called().packed()))
                .add(Long.toString(call.numbers().routing().packed()))
                .add(Integer.toString(call.ingress().carrier()))
                .add(Integer.toString(call.egress().carrier()))
                .value();
    }

    /// What the rows of a slice add up to.
    record Sum(long rowCount, long digest) {}

    /// Adds up a slice from its rows.
    static Sum ofSlice(Connection connection, LocalDate day, int slice) throws SQLException {
        long rowCount = 0;
        long digest = 0;
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        select switch, call_id, leg_id, setup_ms, connect_ms, duration_ms, calling,
                               called, routing, ingress_carrier, egress_carrier
                        from call where day = ? and slice = ?\
                        """)) {
            select.setFetchSize(10_000);
            select.setObject(1, day);
            select.setInt(2, slice);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ContentHash hash = new ContentHash();
                    for (int column = 1; column <= 11; column++) {
                        String text = row.getString(column);
                        hash = hash.add(text == null ? "" : text);
                    }
                    rowCount++;
                    digest += hash.value();
                }
            }
        }
        return new Sum(rowCount, digest);
    }
}
