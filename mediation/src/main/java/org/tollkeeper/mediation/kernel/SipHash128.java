package org.tollkeeper.mediation.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// SipHash-2-4 with 128 bits of output: a keyed hash, so that whoever chooses call ids cannot
/// choose two that collide. After J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input
/// PRF", 2012, and the authors' reference code for the 128-bit variant.
///
/// The state is four words v0…v3, set from the key and four constants; each 8-byte word of the
/// message, little-endian, is mixed in by two rounds, the last word carrying the length in its
/// highest byte; four rounds give the first half of the result and four more the second.
///
/// An object is one hash at a time and is used again and again; not safe for several threads.
public final class SipHash128 {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long keyLow;
    private final long keyHigh;
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long low;
    private long high;

    /// @param keyLow the key's first eight bytes, little-endian
    /// @param keyHigh its last eight
    public SipHash128(long keyLow, long keyHigh) {
        this.keyLow = keyLow;
        this.keyHigh = keyHigh;
    }

    /// Hashes the first `length` bytes; [#low] and [#high] give the result.
    public void hash(byte[] bytes, int length) {
        v0 = keyLow ^ 0x736f6d6570736575L;
        v1 = keyHigh ^ 0x646f72616e646f6dL ^ 0xee;
        v2 = keyLow ^ 0x6c7967656e657261L;
        v3 = keyHigh ^ 0x7465646279746573L;
        int whole = length & ~7;
        for (int i = 0; i < whole; i += 8) {
            mix((long) LONG.get(bytes, i));
        }
        long last = (long) length << 56;
        for (int i = whole; i < length; i++) {
            last |= (bytes[i] & 0xffL) << (8 * (i - whole));
        }
        mix(last);
        v2 ^= 0xee;
        rounds(4);
        low = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        rounds(4);
        high = v0 ^ v1 ^ v2 ^ v3;
    }

    /// The result's first eight bytes, little-endian.
    public long low() {
        return low;
    }

    /// The result's last eight bytes, little-endian.
    public long high() {
        return high;
    }

    private void mix(long word) {
        v3 ^= word;
        rounds(2);
        v0 ^= word;
    }

    private void rounds(int count) {
        long a = v0;
        long b = v1;
        long c = v2;
        long d = v3;
        for (int i = 0; i < count; i++) {
            a += b;
            b = Long.rotateLeft(b, 13) ^ a;
            a = Long.rotateLeft(a, 32);
            c += d;
            d = Long.rotateLeft(d, 16) ^ c;
            a += d;
            d = Long.rotateLeft(d, 21) ^ a;
            c += b;
            b = Long.rotateLeft(b, 17) ^ c;
            c = Long.rotateLeft(c, 32);
        }
        v0 = a;
        v1 = b;
        v2 = c;
        v3 = d;
    }
}
