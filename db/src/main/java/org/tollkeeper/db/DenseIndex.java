package org.tollkeeper.db;

import java.util.Arrays;

/// Numbers different longs 0, 1, 2… in the order in which they first come, as [LongIndex] does, for
/// keys that lie close together, such as rows numbered one by one: neighbours share a page, so keys
/// that come in their own order are found where the last one was.
public final class DenseIndex {

    private static final int PAGE_BITS = 10;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;
    private static final long NO_PAGE = Long.MIN_VALUE;

    private final LongIndex pages = new LongIndex();

    /// One more than the number of each key of each page; 0 where there is none.
    private int[] numbers = new int[PAGE_SIZE];

    private long lastPage = NO_PAGE;
    private int lastStart;
    private int count;

    /// How many keys have a number.
    public int count() {
        return count;
    }

    /// Forgets all keys, and keeps the room.
    public void clear() {
        Arrays.fill(numbers, 0, pages.count() << PAGE_BITS, 0);
        pages.clear();
        lastPage = NO_PAGE;
        count = 0;
    }

    /// The number of a key; negative when it has none.
    public int find(long key) {
        long page = key >> PAGE_BITS;
        if (page != lastPage) {
            int found = pages.find(page);
            if (found < 0) {
                return -1;
            }
            lastPage = page;
            lastStart = found << PAGE_BITS;
        }
        return numbers[place(key)] - 1;
    }

    /// The number of a key, which it gets now if it has none: then it is `count() - 1`.
    public int of(long key) {
        long page = key >> PAGE_BITS;
        if (page != lastPage) {
            lastPage = page;
            lastStart = pages.of(page) << PAGE_BITS;
            if (lastStart == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * numbers.length);
            }
        }
        int place = place(key);
        if (numbers[place] == 0) {
            numbers[place] = ++count;
        }
        return numbers[place] - 1;
    }

    private int place(long key) {
        return lastStart + (int) (key & PAGE_SIZE - 1);
    }
}
