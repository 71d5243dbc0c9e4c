package org.tollkeeper.rating;

import org.jspecify.annotations.Nullable;

/// A 64-bit digest of fields in their order, for telling whether something has changed. It is not
/// proof against someone who looks for a collision.
public final class FieldDigest {

    private static final long SEED = 0x9e3779b97f4a7c15L;

    private long state = SEED;

    public FieldDigest add(long field) {
        state = mixed(state, field);
        return this;
    }

    public FieldDigest add(boolean field) {
        return add(field ? 1 : 0);
    }

    public FieldDigest add(@Nullable String field) {
        if (field == null) {
            return add(-1L);
        }
        add(field.length());
        for (int i = 0; i < field.length(); i++) {
            add(field.charAt(i));
        }
        return this;
    }

    public long value() {
        return state;
    }

    /// A digest of `state` and then `field`: the finalizer of MurmurHash3 over both.
    public static long mixed(long state, long field) {
        long h = (state ^ field) * 0xff51afd7ed558ccdL + 0x52dce729L;
        h ^= h >>> 33;
        h *= 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 29);
    }
}
