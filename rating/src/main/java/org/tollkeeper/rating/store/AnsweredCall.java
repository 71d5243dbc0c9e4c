package org.tollkeeper.rating.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.tollkeeper.db.CopiedRows;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Side;
import org.tollkeeper.rating.CallSide;

/// What rating reads of an answered call, as the database keeps it.
///
/// @param calling packed digits, as are `called` and `routing`
/// @param ingressCarrier 0 = our own network
/// @param ingressProduct a word
record AnsweredCall(
        long connectMs,
        int durationMs,
        long calling,
        long called,
        long routing,
        int ingressCarrier,
        int egressCarrier,
        int ingressProduct,
        int egressProduct) {

    /// From the columns of a row, in the order above, the first of them at `column`.
    static AnsweredCall of(ResultSet row, int column) throws SQLException {
        return new AnsweredCall(
                row.getLong(column),
                row.getInt(column + 1),
                row.getLong(column + 2),
                row.getLong(column + 3),
                row.getLong(column + 4),
                row.getInt(column + 5),
                row.getInt(column + 6),
                row.getInt(column + 7),
                row.getInt(column + 8));
    }

    /// From the next values of a row, in the order above.
    static AnsweredCall of(CopiedRows row) {
        return new AnsweredCall(
                row.longValue(),
                Math.toIntExact(row.longValue()),
                row.longValue(),
                row.longValue(),
                row.longValue(),
                row.shortValue(),
                row.shortValue(),
                row.intValue(),
                row.intValue());
    }

    int carrier(Side side) {
        return switch (side) {
            case SELL -> ingressCarrier;
            case BUY -> egressCarrier;
        };
    }

    int product(Side side) {
        return switch (side) {
            case SELL -> ingressProduct;
            case BUY -> egressProduct;
        };
    }

    CallSide side(Side side, BookNumbers numbers) throws SQLException {
        return new CallSide(
                side,
                numbers.carrier(carrier(side)),
                numbers.word(product(side)),
                new Digits(calling),
                new Digits(called),
                new Digits(routing),
                Instant.ofEpochMilli(connectMs),
                durationMs);
    }
}
