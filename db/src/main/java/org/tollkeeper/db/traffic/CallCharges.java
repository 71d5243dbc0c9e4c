package org.tollkeeper.db.traffic;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.tollkeeper.db.CopiedRows;
import org.tollkeeper.db.DenseIndex;
import org.tollkeeper.model.Side;

/// Charges in columns, found by their call: it has a number, from 0 in the order in which calls
/// first came, and a place for its charge of either side. Charges lie by carrier and calls by file,
/// so that bringing them together here, in memory, costs less than a join.
public final class CallCharges {

    private static final int FIRST_SIZE = 1 << 10;
    private static final int SIDES = Side.values().length;
    private static final int NONE = 0;

    private static final String COLUMNS =
            """
            h.call_slice, h.call_n, h.side, h.carrier, h.agreement, h.deck_row, h.billed_seconds,
            h.charge_nanos\
            """;

    private final DenseIndex calls = new DenseIndex();
    private final Set<Integer> slices = new TreeSet<>();
    private int lastSlice = -1;
    private int count;
    private short[] carriers = new short[FIRST_SIZE];
    private int[] agreements = new int[FIRST_SIZE];

    /// [#NONE] where a call has no charge.
    private int[] deckRows = new int[FIRST_SIZE];

    private int[] billedSeconds = new int[FIRST_SIZE];
    private long[] nanos = new long[FIRST_SIZE];

    /// Takes charges in, beside those that are here.
    ///
    /// @param condition on `charge h`
    public void read(Connection connection, String condition) throws SQLException {
        String query = "select " + COLUMNS + " from charge h where " + condition;
        try (CopiedRows row = new CopiedRows(connection, query)) {
            while (row.next()) {
                add(row);
            }
        }
    }

    private void add(CopiedRows row) {
        int slice = row.intValue();
        int n = row.intValue();
        if (slice != lastSlice) {
            lastSlice = slice;
            slices.add(slice);
        }
        int call = calls.of(key(slice, n));
        ensure(SIDES * (call + 1));
        int place = SIDES * call + offset(row.shortValue());
        if (deckRows[place] != NONE) {
            throw new IllegalStateException(
                    "call %d of slice %d has two charges on one side".formatted(n, slice));
        }
        count++;
        carriers[place] = row.shortValue();
        agreements[place] = row.intValue();
        deckRows[place] = row.intValue();
        billedSeconds[place] = row.intValue();
        nanos[place] = row.longValue();
    }

    private void ensure(int size) {
        if (size > deckRows.length) {
            carriers = Arrays.copyOf(carriers, 2 * size);
            agreements = Arrays.copyOf(agreements, 2 * size);
            deckRows = Arrays.copyOf(deckRows, 2 * size);
            billedSeconds = Arrays.copyOf(billedSeconds, 2 * size);
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
    }

    private static long key(int slice, int n) {
        return ((long) slice << Integer.SIZE) | (n & 0xffff_ffffL);
    }

    private static int offset(int side) {
        if (side < 1 || side > SIDES) {
            throw new IllegalStateException("a charge of the side " + side);
        }
        return side - 1;
    }

    /// Forgets all, and keeps the room.
    public void clear() {
        Arrays.fill(deckRows, 0, SIDES * calls.count(), NONE);
        calls.clear();
        slices.clear();
        lastSlice = -1;
        count = 0;
    }

    /// How many charges there are.
    public int count() {
        return count;
    }

    /// How many calls they are of.
    public int callCount() {
        return calls.count();
    }

    /// The number of a call; negative when no charge is of it.
    public int call(int slice, int n) {
        return calls.find(key(slice, n));
    }

    /// The slices that the calls lie in.
    Set<Integer> slices() {
        return Collections.unmodifiableSet(slices);
    }

    /// Where the charge of a call and side is, by which the rest of it is asked for; negative when
    /// there is none.
    public int place(int call, Side side) {
        int place = SIDES * call + offset(side.code());
        return deckRows[place] == NONE ? -1 : place;
    }

    int carrier(int place) {
        return carriers[place];
    }

    public int agreement(int place) {
        return agreements[place];
    }

    /// Of the first part.
    public int deckRow(int place) {
        return deckRows[place];
    }

    public int billedSeconds(int place) {
        return billedSeconds[place];
    }

    /// 10⁻⁹ of the agreement's currency.
    public long nanos(int place) {
        return nanos[place];
    }
}
