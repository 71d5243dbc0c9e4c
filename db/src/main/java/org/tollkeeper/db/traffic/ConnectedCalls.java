package org.tollkeeper.db.traffic;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.tollkeeper.db.CopiedRows;

/// What exports show of calls, in columns, by the numbers that [CallCharges] gave them; and their
/// canonical order: connect, switch, call id, leg id, setup.
final class ConnectedCalls {

    private static final int FIRST_SIZE = 1 << 10;
    private static final int FIRST_TEXT_BYTES = 1 << 16;

    private static final String COLUMNS =
            """
            c.slice, c.n, c.switch, c.setup_ms, c.connect_ms, c.duration_ms, c.calling, c.called,
            c.call_id, c.leg_id\
            """;

    private int count;
    private short[] switches = new short[FIRST_SIZE];
    private long[] setupMs = new long[FIRST_SIZE];
    private long[] connectMs = new long[FIRST_SIZE];
    private long[] durationMs = new long[FIRST_SIZE];
    private long[] callings = new long[FIRST_SIZE];
    private long[] calleds = new long[FIRST_SIZE];

    /// Of the call id in [#texts]; the leg id follows it.
    private int[] textStarts = new int[FIRST_SIZE];

    private int[] callIdBytes = new int[FIRST_SIZE];
    private int[] legIdBytes = new int[FIRST_SIZE];

    private byte[] texts = new byte[FIRST_TEXT_BYTES];
    private int textLength;

    /// Takes in the calls that `charges` are of, in place of those that were here.
    ///
    /// @param from what follows `from` in a query whose `c` gives the calls, and others
    void read(Connection connection, String from, CallCharges charges) throws SQLException {
        count = 0;
        textLength = 0;
        ensure(charges.callCount());
        String query = "select " + COLUMNS + " from " + from;
        try (CopiedRows row = new CopiedRows(connection, query)) {
            while (row.next()) {
                int call = charges.call(row.intValue(), row.intValue());
                if (call < 0) {
                    row.skip();
                } else {
                    add(call, row);
                }
            }
        }
        if (count != charges.callCount()) {
            throw new IllegalStateException(
                    "charges of %d calls, of which %d were found"
                            .formatted(charges.callCount(), count));
        }
    }

    private void add(int call, CopiedRows row) {
        count++;
        switches[call] = row.shortValue();
        setupMs[call] = row.longValue();
        connectMs[call] = row.longValue();
        durationMs[call] = row.longValue();
        callings[call] = row.longValue();
        calleds[call] = row.longValue();
        textStarts[call] = textLength;
        callIdBytes[call] = addText(row);
        legIdBytes[call] = addText(row);
    }

    private int addText(CopiedRows row) {
        int byteCount = row.text();
        if (texts.length - textLength < byteCount) {
            texts = Arrays.copyOf(texts, Math.max(2 * texts.length, textLength + byteCount));
        }
        System.arraycopy(row.bytes(), row.textStart(), texts, textLength, byteCount);
        textLength += byteCount;
        return byteCount;
    }

    private void ensure(int size) {
        if (size > switches.length) {
            switches = new short[size];
            setupMs = new long[size];
            connectMs = new long[size];
            durationMs = new long[size];
            callings = new long[size];
            calleds = new long[size];
            textStarts = new int[size];
            callIdBytes = new int[size];
            legIdBytes = new int[size];
        }
    }

    /// The numbers of all calls in canonical order. Calls that differ in nothing but their setup
    /// stand side by side, see [#isSameBut].
    int[] inOrder(SwitchNames names) {
        long first = Long.MAX_VALUE;
        for (int call = 0; call < count; call++) {
            first = Math.min(first, connectMs[call]);
        }
        long[] keys = new long[count];
        for (int call = 0; call < count; call++) {
            keys[call] = Math.subtractExact(connectMs[call], first) << Integer.SIZE | call;
        }
        Arrays.sort(keys);
        int[] order = new int[count];
        int from = 0;
        for (int i = 0; i < count; i++) {
            order[i] = (int) keys[i];
            if (i + 1 == count || keys[i] >>> Integer.SIZE != keys[i + 1] >>> Integer.SIZE) {
                if (i > from) {
                    sortTied(order, from, i + 1, names);
                }
                from = i + 1;
            }
        }
        return order;
    }

    private void sortTied(int[] order, int from, int end, SwitchNames names) {
        Integer[] tied = new Integer[end - from];
        Arrays.setAll(tied, i -> order[from + i]);
        Arrays.sort(tied, (one, other) -> compareTied(one, other, names));
        for (int i = 0; i < tied.length; i++) {
            order[from + i] = tied[i];
        }
    }

    private int compareTied(int one, int other, SwitchNames names) {
        int order = Integer.compare(names.place(switches[one]), names.place(switches[other]));
        order = order != 0 ? order : compareIds(one, other);
        return order != 0 ? order : Long.compare(setupMs[one], setupMs[other]);
    }

    private int compareIds(int one, int other) {
        int order =
                Arrays.compareUnsigned(
                        texts,
                        textStarts[one],
                        textStarts[one] + callIdBytes[one],
                        texts,
                        textStarts[other],
                        textStarts[other] + callIdBytes[other]);
        return order != 0
                ? order
                : Arrays.compareUnsigned(
                        texts,
                        legStart(one),
                        legStart(one) + legIdBytes[one],
                        texts,
                        legStart(other),
                        legStart(other) + legIdBytes[other]);
    }

    /// Whether two calls agree in all that orders them but their setup.
    boolean isSameBut(int one, int other) {
        return connectMs[one] == connectMs[other]
                && switches[one] == switches[other]
                && compareIds(one, other) == 0;
    }

    private int legStart(int call) {
        return textStarts[call] + callIdBytes[call];
    }

    int switchNumber(int call) {
        return switches[call];
    }

    long setupMs(int call) {
        return setupMs[call];
    }

    long connectMs(int call) {
        return connectMs[call];
    }

    long durationMs(int call) {
        return durationMs[call];
    }

    /// Packed, see [org.tollkeeper.model.Digits].
    long calling(int call) {
        return callings[call];
    }

    /// Packed, see [org.tollkeeper.model.Digits].
    long called(int call) {
        return calleds[call];
    }

    void addCallId(int call, CsvText text) {
        text.text(texts, textStarts[call], callIdBytes[call]);
    }

    void addLegId(int call, CsvText text) {
        text.textOrNone(texts, legStart(call), legIdBytes[call]);
    }
}
