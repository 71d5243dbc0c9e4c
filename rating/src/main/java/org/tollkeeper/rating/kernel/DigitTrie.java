package org.tollkeeper.rating.kernel;

import java.util.Arrays;

/// Prefixes of numbers in one `int[]`:
///
/// ```
/// node  = 11 cells: one for each digit, and the node's own value
/// cell  = 0 no longer prefix, above 0 where the child's cells begin, below 0 the value of a leaf
/// ```
///
/// Most prefixes of a deck are leaves, which take no node of their own, and a node's value stands
/// beside its cells: a look-up costs one division and one or two reads a digit, which are what the
/// memory's distance makes them, and ends where no longer prefix exists. The root begins at 0.
final class DigitTrie {

    private static final int VALUE = 10;
    private static final int NODE_CELLS = 11;
    private static final long[] POWERS = new long[16];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private int[] cells = new int[NODE_CELLS * 16];
    private int end = NODE_CELLS;

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

    /// Writes the values of all prefixes of a number, shortest first, and says how many.
    ///
    /// @param packed digits, at most 15
    int prefixesOf(long packed, int[] found) {
        long rest = packed >>> 8;
        int node = 0;
        int count = 0;
        for (int i = (int) (packed & 0x7f) - 1; i >= 0; i--) {
            long digit = rest / POWERS[i];
            rest -= digit * POWERS[i];
            int child = cells[node + (int) digit];
            if (child <= 0) {
                if (child < 0) {
                    found[count++] = -child;
                }
                break;
            }
            node = child;
            int value = cells[node + VALUE];
            if (value != 0) {
                found[count++] = value;
            }
        }
        return count;
    }

    /// Numbers on their way through a trie together: while one waits for far memory, the others are
    /// looked up. Lane by lane, what [#prefixesOf] writes.
    static final class Walk {

        static final int MOST_PREFIXES = 16;

        final long[] packed;
        final int[] found;
        final int[] foundCount;
        private final long[] rest;
        private final int[] digitsLeft;
        private final int[] node;
        private final int[] walking;

        Walk(int lanes) {
            packed = new long[lanes];
            found = new int[lanes * MOST_PREFIXES];
            foundCount = new int[lanes];
            rest = new long[lanes];
            digitsLeft = new int[lanes];
            node = new int[lanes];
            walking = new int[lanes];
        }

        private void start(int lanes) {
            for (int lane = 0; lane < lanes; lane++) {
                rest[lane] = packed[lane] >>> 8;
                digitsLeft[lane] = (int) (packed[lane] & 0x7f);
                node[lane] = 0;
                foundCount[lane] = 0;
                walking[lane] = lane;
            }
        }

        private void add(int lane, int value) {
            found[lane * MOST_PREFIXES + foundCount[lane]++] = value;
        }
    }

    /// Takes the numbers of the first lanes one digit after the other.
    void walk(Walk walk, int lanes) {
        walk.start(lanes);
        int walking = lanes;
        while (walking > 0) {
            int stillWalking = 0;
            for (int i = 0; i < walking; i++) {
                int lane = walk.walking[i];
                if (step(walk, lane)) {
                    walk.walking[stillWalking++] = lane;
                }
            }
            walking = stillWalking;
        }
    }

    private boolean step(Walk walk, int lane) {
        int node = walk.node[lane];
        int value = cells[node + VALUE];
        if (value != 0) {
            walk.add(lane, value);
        }
        int digitsLeft = --walk.digitsLeft[lane];
        if (digitsLeft < 0) {
            return false;
        }
        long digit = walk.rest[lane] / POWERS[digitsLeft];
        walk.rest[lane] -= digit * POWERS[digitsLeft];
        int child = cells[node + (int) digit];
        walk.node[lane] = child;
        if (child < 0) {
            walk.add(lane, -child);
        }
        return child > 0;
    }

    /// The value of exactly this number; 0 = none.
    int exactly(long packed) {
        long rest = packed >>> 8;
        int node = 0;
        for (int i = (int) (packed & 0x7f) - 1; i >= 0; i--) {
            long digit = rest / POWERS[i];
            rest -= digit * POWERS[i];
            int child = cells[node + (int) digit];
            if (child <= 0) {
                return i == 0 ? -child : 0;
            }
            node = child;
        }
        return cells[node + VALUE];
    }

    /// The value of the longest prefix of a number; 0 = none.
    int longestPrefixOf(long packed) {
        long rest = packed >>> 8;
        int node = 0;
        int longest = 0;
        for (int i = (int) (packed & 0x7f) - 1; i >= 0; i--) {
            long digit = rest / POWERS[i];
            rest -= digit * POWERS[i];
            int child = cells[node + (int) digit];
            if (child <= 0) {
                return child < 0 ? -child : longest;
            }
            node = child;
            longest = cells[node + VALUE] == 0 ? longest : cells[node + VALUE];
        }
        return longest;
    }

    /// The six digits after the leading 1 of a North American number; -1 when it is none or too
    /// short to say.
    static int areaAndExchange(long packed) {
        long value = packed >>> 8;
        int length = (int) (packed & 0x7f);
        if (length < 7 || value / POWERS[length - 1] != 1) {
            return -1;
        }
        return (int) (value / POWERS[length - 7] % 1_000_000);
    }
}
