package org.tollkeeper.rating.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.CopiedRows;
import org.tollkeeper.db.CopyLane;

/// The answered calls of slices, read by COPY.
///
/// With a connection of its own a slice comes as one stream, while charges are on their way in.
/// Where calls must be read by the connection that charges are written by, since nobody else sees
/// them yet, reading and writing take turns: calls are read a block at a time, and the connection
/// is free while a block is priced.
final class AnsweredCalls {

    private static final int BLOCK_CALLS = 65_536;

    private static final String NUMBERS =
            "select min(n), max(n) from call where day = ? and slice = ?";

    private final CopyLane lane;
    private final @Nullable Connection own;
    private final int blockCalls;

    /// @param lane whose connection writes charges
    /// @param own what calls are read by; null = the lane's connection
    AnsweredCalls(CopyLane lane, @Nullable Connection own) {
        this(lane, own, BLOCK_CALLS);
    }

    /// @param blockCalls how many calls, answered or not, a block has at most
    AnsweredCalls(CopyLane lane, @Nullable Connection own, int blockCalls) {
        this.lane = lane;
        this.own = own;
        this.blockCalls = blockCalls;
    }

    /// Takes one answered call. It may ask for the lane's connection.
    interface CallReader {
        void read(int n, AnsweredCall call) throws SQLException;
    }

    private record Numbered(int n, AnsweredCall call) {}

    /// Hands every answered call of a slice to the reader, without holding them all.
    void read(CallSlices.CallSlice slice, CallReader reader) throws SQLException {
        if (own != null) {
            read(own, slice, "", reader);
            return;
        }
        try (PreparedStatement select = lane.connection().prepareStatement(NUMBERS)) {
            select.setObject(1, slice.day());
            select.setInt(2, slice.id());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long last = row.getLong(2);
                for (long first = row.getLong(1); first <= last; first += blockCalls) {
                    readBlock(slice, first, reader);
                }
            }
        }
    }

    private void readBlock(CallSlices.CallSlice slice, long first, CallReader reader)
            throws SQLException {
        List<Numbered> block = new ArrayList<>();
        read(
                lane.connection(),
                slice,
                " and c.n >= %d and c.n < %d".formatted(first, first + blockCalls),
                (n, call) -> block.add(new Numbered(n, call)));
        for (Numbered numbered : block) {
            reader.read(numbered.n(), numbered.call());
        }
    }

    private static void read(
            Connection connection, CallSlices.CallSlice slice, String among, CallReader reader)
            throws SQLException {
        String query =
                """
                select c.n, c.connect_ms, c.duration_ms, c.calling, c.called, c.routing,
                       c.ingress_carrier, c.egress_carrier, c.ingress_product, c.egress_product
                from call c
                where c.day = date '%s' and c.slice = %d%s
                  and c.connect_ms is not null and c.duration_ms > 0
                  and (c.ingress_carrier <> 0 or c.egress_carrier <> 0)
                  and not exists
                      (select 1 from tombstone t where t.slice = c.slice and t.n = c.n)\
                """
                        .formatted(slice.day(), slice.id(), among);
        try (CopiedRows row = new CopiedRows(connection, query)) {
            while (row.next()) {
                reader.read(row.intValue(), AnsweredCall.of(row));
            }
        }
    }
}
