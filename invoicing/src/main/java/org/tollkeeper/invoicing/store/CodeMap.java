package org.tollkeeper.invoicing.store;

import java.util.Arrays;
import org.tollkeeper.db.LongIndex;

/// Codes of one deck and what each is called. Of rows with the same code the one with the lowest
/// number gives the name.
final class CodeMap {

    private static final int FIRST_SIZE = 64;

    private final LongIndex index = new LongIndex();
    private int[] rows = new int[FIRST_SIZE];
    private int[] names = new int[FIRST_SIZE];

    /// A bit for every length that a code has.
    private int lengths;

    /// @param code packed, see [org.tollkeeper.model.Digits]
    /// @param row number of the deck row
    /// @param name number of the destination
    void put(long code, int row, int name) {
        lengths |= 1 << length(code);
        int known = index.count();
        int place = index.of(code);
        if (index.count() > known) {
            ensure(place + 1);
        } else if (row > rows[place]) {
            return;
        }
        rows[place] = row;
        names[place] = name;
    }

    private void ensure(int size) {
        if (size > rows.length) {
            rows = Arrays.copyOf(rows, 2 * size);
            names = Arrays.copyOf(names, 2 * size);
        }
    }

    private static int length(long code) {
        return (int) (code & 0x7f);
    }

    /// The number of the destination that a code names; negative when there is no such code.
    int name(long code) {
        if ((lengths & 1 << length(code)) == 0) {
            return -1;
        }
        int place = index.find(code);
        return place < 0 ? -1 : names[place];
    }
}
