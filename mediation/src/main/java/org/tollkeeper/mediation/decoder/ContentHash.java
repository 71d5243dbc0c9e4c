package org.tollkeeper.mediation.decoder;

/// A 64-bit hash over a sequence of texts, by which two copies of a record are told apart without
/// keeping either. Where one text ends and the next begins is part of it.
///
/// FNV-1a over the characters with a separator no character equals, and a final mix.
public final class ContentHash {

    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final int SEPARATOR = 0x10000;

    private long state = BASIS;

    /// The hash of these texts, in their order.
    public static long of(Iterable<String> texts) {
        ContentHash hash = new ContentHash();
        texts.forEach(hash::add);
        return hash.value();
    }

    public ContentHash add(CharSequence text) {
        long h = state;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * PRIME;
        }
        state = (h ^ SEPARATOR) * PRIME;
        return this;
    }

    public long value() {
        long h = state;
        h = (h ^ (h >>> 32)) * 0xd6e8feb86659fd93L;
        h = (h ^ (h >>> 32)) * 0xd6e8feb86659fd93L;
        return h ^ (h >>> 32);
    }
}
