package org.tollkeeper.rating.kernel;

import java.util.Arrays;

/// Prefixes of numbers in one `int[]`:
///
/// ```
/// node  = 11 cells: one for each digit, and the node's own value
/// cell  = 0 no longer prefix, above 0 where the child's cells begin, below 0 the value of a leaf
/// start = for each beginning of four digits: its cell, and the value of the longest prefix in it
/// ```
///
/// Most prefixes of a deck are leaves, which take no node of their own. A look-up costs one read of
/// the starts, one or two a digit after them, which are what the memory's distance makes them, and
/// ends where no longer prefix exists. The root begins at 0.
///
/// A number's digits come off its front by multiplication: `x / 10^15` is kept as a fraction of
/// 2^64, and ten times it is the next digit and what is left. The fraction is above the true one by
/// at most two parts of 2^64, and 15 digits make that 2 × 10^15, short of the part that would
/// change a digit.
final class DigitTrie {

    private static final int VALUE = 10;
    private static final int NODE_CELLS = 11;
    private static final int START_DIGITS = 4;
    private static final int STARTS = 10_000;
    private static final int MOST_DIGITS = 15;
    private static final long[] POWERS = new long[MOST_DIGITS + 1];

    // 2^64 = 18,446 × 10^15 + 744,073,709,551,616, and the rest as a fraction of 10^15 and 2^64
    private static final long WHOLE = 18_446;
    private static final long FRACTION = 0xbe7b_9d58_566c_87ceL;

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private int[] cells = new int[NODE_CELLS * 16];
    private int end = NODE_CELLS;
    private int[] startCells = new int[0];
    private int[] startValues = new int[0];

    /// Gives a prefix of at least one digit a value above 0.
    void put(String prefix, int value) {
        int node = 0;
        int last = prefix.length() - 1;
        for (int i = 0; i < last; i++) {
            int cell = node + (prefix.charAt(i) - '0');
            if (cells[cell] <= 0) {
                int leaf = -cells[cell];
                node = newNode();
                cells[cell] = node;
                cells[node + VALUE] = leaf;
            } else {
                node = cells[cell];
            }
        }
        int cell = node + (prefix.charAt(last) - '0');
        if (cells[cell] > 0) {
            cells[cells[cell] + VALUE] = value;
        } else {
            cells[cell] = -value;
        }
    }

    private int newNode() {
        if (end + NODE_CELLS > cells.length) {
            cells = Arrays.copyOf(cells, cells.length * 2);
        }
        int node = end;
        end += NODE_CELLS;
        return node;
    }

    /// Looks up every beginning of four digits in advance. Due after the last prefix, and before
    /// [#walk].
    void finish() {
        startCells = new int[STARTS];
        startValues = new int[STARTS];
        for (int start = 0; start < STARTS; start++) {
            int node = 0;
            int value = 0;
            for (int power = STARTS / 10; power > 0 && node >= 0; power /= 10) {
                int child = cells[node + start / power % 10];
                value = valueOf(child, value);
                node = child > 0 ? child : -1;
            }
            startCells[start] = Math.max(node, 0);
            startValues[start] = value;
        }
    }

    private int valueOf(int child, int otherwise) {
        int value = child > 0 ? cells[child + VALUE] : -child;
        return value == 0 ? otherwise : value;
    }

    private static int length(long packed) {
        return (int) (packed & 0x7f);
    }

    /// A number's digits as a fraction: the first is the first after the point.
    private static long fraction(long packed) {
        long number = (packed >>> 8) * POWERS[MOST_DIGITS - length(packed)];
        return number * WHOLE + Math.unsignedMultiplyHigh(number, FRACTION) + 2;
    }

    /// Numbers on their way through a trie together: while one waits for far memory, the others are
    /// looked up.
    static final class Walk {

        final long[] packed;

        /// The value of each number's longest prefix; 0 = none.
        final int[] found;

        private final long[] rest;
        private final int[] digitsLeft;
        private final int[] node;
        private final int[] walking;

        Walk(int lanes) {
            packed = new long[lanes];
            found = new int[lanes];
            rest = new long[lanes];
            digitsLeft = new int[lanes];
            node = new int[lanes];
            walking = new int[lanes];
        }
    }

    /// Takes the numbers of the first lanes through the trie, one digit after the other.
    void walk(Walk walk, int lanes) {
        int walking = start(walk, lanes);
        while (walking > 0) {
            int stillWalking = 0;
            for (int i = 0; i < walking; i++) {
                int lane = walk.walking[i];
                long rest = walk.rest[lane];
                int child = cells[walk.node[lane] + (int) Math.unsignedMultiplyHigh(rest, 10)];
                walk.rest[lane] = rest * 10;
                walk.found[lane] = valueOf(child, walk.found[lane]);
                walk.node[lane] = child;
                if (child > 0 && --walk.digitsLeft[lane] > 0) {
                    walk.walking[stillWalking++] = lane;
                }
            }
            walking = stillWalking;
        }
    }

    /// Takes the first digits of each number, and says how many have more to look up.
    private int start(Walk walk, int lanes) {
        int walking = 0;
        for (int lane = 0; lane < lanes; lane++) {
            long packed = walk.packed[lane];
            int digits = length(packed);
            if (digits < START_DIGITS) {
                walk.found[lane] = longestPrefixOf(packed);
                continue;
            }
            long fraction = fraction(packed);
            int start = (int) Math.unsignedMultiplyHigh(fraction, STARTS);
            walk.found[lane] = startValues[start];
            walk.node[lane] = startCells[start];
            walk.rest[lane] = fraction * STARTS;
            walk.digitsLeft[lane] = digits - START_DIGITS;
            if (startCells[start] > 0 && digits > START_DIGITS) {
                walk.walking[walking++] = lane;
            }
        }
        return walking;
    }

    /// The value of exactly this number; 0 = none.
    int exactly(long packed) {
        long rest = fraction(packed);
        int child = 0;
        for (int left = length(packed); left > 0; left--) {
            if (child < 0 || (child == 0 && left < length(packed))) {
                return 0;
            }
            child = cells[child + (int) Math.unsignedMultiplyHigh(rest, 10)];
            rest *= 10;
        }
        return valueOf(child, 0);
    }

    /// The value of the longest prefix of a number; 0 = none.
    int longestPrefixOf(long packed) {
        long rest = fraction(packed);
        int child = 0;
        int longest = 0;
        for (int left = length(packed); left > 0; left--) {
            child = cells[child + (int) Math.unsignedMultiplyHigh(rest, 10)];
            rest *= 10;
            longest = valueOf(child, longest);
            if (child <= 0) {
                break;
            }
        }
        return longest;
    }

    /// The six digits after the leading 1 of a North American number; -1 when it is none or too
    /// short to say.
    static int areaAndExchange(long packed) {
        long value = packed >>> 8;
        int length = length(packed);
        if (length < 7 || value / POWERS[length - 1] != 1) {
            return -1;
        }
        return (int) (value / POWERS[length - 7] % 1_000_000);
    }
}
