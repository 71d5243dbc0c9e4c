package org.tollkeeper.mediation.kernel;

/// A set of 128-bit keys, by open addressing with linear probing in one `long[]`:
///
/// ```
/// slot i: [2i] high, [2i + 1] low        (0, 0) = free; that key itself is kept aside
/// ```
///
/// The keys are outputs of a keyed hash, so the slot is simply their low bits and probes stay short
/// at the load of two thirds that is allowed. 24 to 48 bytes a key, one or two cache misses a look.
public final class KeySet128 {

    private static final int SMALLEST = 1 << 10;

    private long[] slots = new long[2 * SMALLEST];
    private int mask = SMALLEST - 1;
    private int size;
    private boolean holdsZero;

    /// Adds a key; false when it was there before.
    public boolean add(long high, long low) {
        if (high == 0 && low == 0) {
            boolean isNew = !holdsZero;
            holdsZero = true;
            return isNew;
        }
        if (size >= (mask + 1) / 3 * 2) {
            grow();
        }
        if (!put(high, low)) {
            return false;
        }
        size++;
        return true;
    }

    public boolean contains(long high, long low) {
        if (high == 0 && low == 0) {
            return holdsZero;
        }
        int slot = (int) low & mask;
        while (true) {
            long slotHigh = slots[2 * slot];
            long slotLow = slots[2 * slot + 1];
            if (slotHigh == high && slotLow == low) {
                return true;
            }
            if (slotHigh == 0 && slotLow == 0) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
    }

    public int size() {
        return size + (holdsZero ? 1 : 0);
    }

    private boolean put(long high, long low) {
        int slot = (int) low & mask;
        while (true) {
            long slotHigh = slots[2 * slot];
            long slotLow = slots[2 * slot + 1];
            if (slotHigh == 0 && slotLow == 0) {
                slots[2 * slot] = high;
                slots[2 * slot + 1] = low;
                return true;
            }
            if (slotHigh == high && slotLow == low) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
    }

    private void grow() {
        long[] old = slots;
        slots = new long[2 * old.length];
        mask = 2 * mask + 1;
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0 || old[i + 1] != 0) {
                put(old[i], old[i + 1]);
            }
        }
    }
}
