package org.tollkeeper.rating;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// A 64-bit digest of fields in their order, for telling whether something has changed. It is not
/// proof against someone who looks for a collision.
public final class FieldDigest {

    private static final int CHARS_AT_ONCE = Long.SIZE / Character.SIZE;
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
        long chars = 0;
        for (int i = 0; i < field.length(); i++) {
            chars = (chars << Character.SIZE) | field.charAt(i);
            if (i % CHARS_AT_ONCE == CHARS_AT_ONCE - 1) {
                add(chars);
                chars = 0;
            }
        }
        return field.length() % CHARS_AT_ONCE == 0 ? this : add(chars);
    }

    /// Adds a number as it is printed: 0.5 and 0.50 are two.
    public FieldDigest add(BigDecimal field) {
        BigInteger unscaled = field.unscaledValue();
        add(field.scale());
        return unscaled.bitLength() < Long.SIZE
                ? add(unscaled.longValue())
                : add(unscaled.toString());
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
