package org.tollkeeper.db;

import java.util.Arrays;

/// Numbers different longs 0, 1, 2… in the order in which they first come: open addressing, at most
/// half full, and nothing allocated but when it grows.
public final class LongIndex {

    private static final int FIRST_SIZE = 64;

    private long[] keys = new long[FIRST_SIZE];

    /// One more than the number of a key; 0 where there is none.
    private int[] numbers = new int[FIRST_SIZE];

    private int count;

    /// How many keys have a number.
    public int count() {
        return count;
    }

    /// Forgets all keys, and keeps the room.
    public void clear() {
        Arrays.fill(numbers, 0);
        count = 0;
    }

    /// The number of a key; negative when it has none.
    public int find(long key) {
        return numbers[place(key)] - 1;
    }

    /// The number of a key, which it gets now if it has none: then it is `count() - 1`.
    public int of(long key) {
        int place = place(key);
        if (numbers[place] == 0) {
            if (2 * (count + 1) > keys.length) {
                grow();
                place = place(key);
            }
            keys[place] = key;
            numbers[place] = ++count;
        }
        return numbers[place] - 1;
    }

    private int place(long key) {
        int place = (int) (mixed(key) >>> 32) & keys.length - 1;
        while (numbers[place] != 0 && keys[place] != key) {
            place = place + 1 & keys.length - 1;
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[2 * oldKeys.length];
        numbers = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldNumbers[i] != 0) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                numbers[place] = oldNumbers[i];
            }
        }
    }

    /// The finalizer of SplitMix64: every bit depends on every other.
    private static long mixed(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
