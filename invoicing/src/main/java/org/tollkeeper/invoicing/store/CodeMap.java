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

    /// @param row number of the deck row
    /// @param name number of the destination
    void put(long code, int row, int name) {
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

    /// The number of the destination that a code names; negative when there is no such code.
    int name(long code) {
        int place = index.find(code);
        return place < 0 ? -1 : names[place];
    }
}
