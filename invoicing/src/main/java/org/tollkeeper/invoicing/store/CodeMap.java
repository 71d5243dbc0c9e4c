package org.tollkeeper.invoicing.store;

/// Codes of one deck and what each is called: open addressing over two arrays, at most half full.
/// Of rows with the same code the one with the lowest number gives the name.
final class CodeMap {

    private static final int FIRST_SIZE = 64;

    /// Packed digits, which are never 0.
    private long[] codes = new long[FIRST_SIZE];

    private int[] rows = new int[FIRST_SIZE];
    private int[] names = new int[FIRST_SIZE];
    private int count;

    /// @param row number of the deck row
    /// @param name number of the destination
    void put(long code, int row, int name) {
        if (2 * ++count > codes.length) {
            grow();
        }
        int place = place(code);
        if (codes[place] == 0 || row < rows[place]) {
            codes[place] = code;
            rows[place] = row;
            names[place] = name;
        }
    }

    /// The number of the destination that a code names; negative when there is no such code.
    int name(long code) {
        int place = place(code);
        return codes[place] == 0 ? -1 : names[place];
    }

    private int place(long code) {
        int place = (int) (mixed(code) >>> 32) & codes.length - 1;
        while (codes[place] != 0 && codes[place] != code) {
            place = place + 1 & codes.length - 1;
        }
        return place;
    }

    private void grow() {
        long[] oldCodes = codes;
        int[] oldRows = rows;
        int[] oldNames = names;
        codes = new long[2 * oldCodes.length];
        rows = new int[codes.length];
        names = new int[codes.length];
        count = 1;
        for (int i = 0; i < oldCodes.length; i++) {
            if (oldCodes[i] != 0) {
                count++;
                int place = place(oldCodes[i]);
                codes[place] = oldCodes[i];
                rows[place] = oldRows[i];
                names[place] = oldNames[i];
            }
        }
    }

    /// The same for the same codes with the same names, in whatever rows they stand.
    ///
    /// @param nameDigests of the destinations, by number
    long digest(long[] nameDigests) {
        long sum = 0;
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] != 0) {
                sum += mixed(mixed(codes[i]) ^ nameDigests[names[i]]);
            }
        }
        return sum;
    }

    /// The finalizer of SplitMix64: every bit depends on every other.
    private static long mixed(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
