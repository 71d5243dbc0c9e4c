package org.tollkeeper.rating.kernel;

import java.util.Arrays;

/// Prefixes of numbers in one `int[]`: ten cells a node, one for each digit, holding the number of
/// the child node or 0. Node 0 is the root. A look-up costs one division and one array read a
/// digit, and ends where no longer prefix exists.
final class DigitTrie {

    private static final int FANOUT = 10;
    private static final long[] POWERS = new long[16];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private int[] children = new int[FANOUT * 16];
    private int[] values = new int[16];
    private int nodeCount = 1;

    /// Gives a prefix a value above 0.
    void put(String prefix, int value) {
        int node = 0;
        for (int i = 0; i < prefix.length(); i++) {
            int cell = node * FANOUT + (prefix.charAt(i) - '0');
            int child = children[cell];
            if (child == 0) {
                child = newNode();
                children[cell] = child;
            }
            node = child;
        }
        values[node] = value;
    }

    private int newNode() {
        if (nodeCount == values.length) {
            values = Arrays.copyOf(values, nodeCount * 2);
            children = Arrays.copyOf(children, nodeCount * 2 * FANOUT);
        }
        return nodeCount++;
    }

    /// Writes the values of all prefixes of a number, shortest first, and says how many.
    ///
    /// @param packed digits, at most 15
    int prefixesOf(long packed, int[] found) {
        long value = packed >>> 8;
        int length = (int) (packed & 0x7f);
        int node = 0;
        int count = 0;
        for (int i = length - 1; i >= 0; i--) {
            node = children[node * FANOUT + (int) (value / POWERS[i] % 10)];
            if (node == 0) {
                break;
            }
            if (values[node] != 0) {
                found[count++] = values[node];
            }
        }
        return count;
    }

    /// The value of exactly this number; 0 = none.
    int exactly(long packed) {
        long value = packed >>> 8;
        int node = 0;
        for (int i = (int) (packed & 0x7f) - 1; i >= 0; i--) {
            node = children[node * FANOUT + (int) (value / POWERS[i] % 10)];
            if (node == 0) {
                return 0;
            }
        }
        return values[node];
    }

    /// The value of the longest prefix of a number; 0 = none.
    int longestPrefixOf(long packed) {
        long value = packed >>> 8;
        int node = 0;
        int longest = 0;
        for (int i = (int) (packed & 0x7f) - 1; i >= 0; i--) {
            node = children[node * FANOUT + (int) (value / POWERS[i] % 10)];
            if (node == 0) {
                break;
            }
            longest = values[node] == 0 ? longest : values[node];
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
