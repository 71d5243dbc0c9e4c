package org.tollkeeper.mediation.kernel;

/// A set of 128-bit keys, by open addressing with linear probing in 64 segments that grow by
/// themselves, so that growing never holds more than a segment twice:
///
/// ```
/// segment: the highest 6 bits of `high`
/// slot i:  [2i] high, [2i + 1] low        (0, 0) = free; that key itself is kept aside
/// ```
///
/// The keys are outputs of a keyed hash, so a key's slot is simply where `low` lies among all
/// numbers, and probes stay short at the load of three quarters that is allowed. 21 to 32 bytes a
/// key, one or two cache misses a look.
public final class KeySet128 {

    private static final int SEGMENT_BITS = 6;
    private static final int SMALLEST = 16;

    private final Segment[] segments = new Segment[1 << SEGMENT_BITS];
    private int size;
    private boolean holdsZero;

    public KeySet128() {
        for (int i = 0; i < segments.length; i++) {
            segments[i] = new Segment();
        }
    }

    /// Adds a key; false when it was there before.
    public boolean add(long high, long low) {
        if (high == 0 && low == 0) {
            boolean isNew = !holdsZero;
            holdsZero = true;
            return isNew;
        }
        boolean isNew = segments[(int) (high >>> (64 - SEGMENT_BITS))].add(high, low);
        size += isNew ? 1 : 0;
        return isNew;
    }

    public boolean contains(long high, long low) {
        return (high == 0 && low == 0)
                ? holdsZero
                : segments[(int) (high >>> (64 - SEGMENT_BITS))].contains(high, low);
    }

    public int size() {
        return size + (holdsZero ? 1 : 0);
    }

    private static final class Segment {

        private int slotCount = SMALLEST;
        private long[] slots = new long[2 * SMALLEST];
        private int size;

        boolean add(long high, long low) {
            if (4L * size >= 3L * slotCount) {
                grow();
            }
            int slot = find(high, low);
            if (slots[2 * slot] != 0 || slots[2 * slot + 1] != 0) {
                return false;
            }
            slots[2 * slot] = high;
            slots[2 * slot + 1] = low;
            size++;
            return true;
        }

        boolean contains(long high, long low) {
            int slot = find(high, low);
            return slots[2 * slot] != 0 || slots[2 * slot + 1] != 0;
        }

        /// The slot of a key, or the free one where it would stand.
        private int find(long high, long low) {
            int slot = (int) Math.unsignedMultiplyHigh(low, slotCount);
            while (true) {
                long slotHigh = slots[2 * slot];
                long slotLow = slots[2 * slot + 1];
                if ((slotHigh == high && slotLow == low) || (slotHigh == 0 && slotLow == 0)) {
                    return slot;
                }
                slot = slot + 1 == slotCount ? 0 : slot + 1;
            }
        }

        private void grow() {
            long[] old = slots;
            slotCount += slotCount / 2;
            slots = new long[2 * slotCount];
            for (int i = 0; i < old.length; i += 2) {
                if (old[i] != 0 || old[i + 1] != 0) {
                    int slot = find(old[i], old[i + 1]);
                    slots[2 * slot] = old[i];
                    slots[2 * slot + 1] = old[i + 1];
                }
            }
        }
    }
}
