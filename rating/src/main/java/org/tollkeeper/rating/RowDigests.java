package org.tollkeeper.rating;

import java.util.Arrays;
import org.tollkeeper.model.DeckRow;

/// Digests of all that deck rows say save their validity, each made once for whoever asks.
public final class RowDigests {

    private static final int FIRST_ROWS = 1024;

    private long[] byNumber = new long[FIRST_ROWS];

    /// The digest of a row. It is kept under the number that the row bears in the database.
    public long of(DeckRow row) {
        int id = row.id();
        if (id == 0) {
            return digest(row);
        }
        if (id >= byNumber.length) {
            byNumber = Arrays.copyOf(byNumber, id * 2);
        }
        if (byNumber[id] == 0) {
            byNumber[id] = digest(row);
        }
        return byNumber[id];
    }

    private static long digest(DeckRow row) {
        return new FieldDigest()
                .add(row.deck())
                .add(row.code())
                .add(row.destination())
                .add(row.ratePerMinute())
                .add(row.setup())
                .add(row.minimumSeconds())
                .add(row.incrementSeconds())
                .add(row.band())
                .add(row.tierFromMinutes())
                .add(row.origin())
                .add(row.jurisdiction() == null ? 0 : row.jurisdiction().code())
                .add(row.blocked())
                .value();
    }
}
