package org.tollkeeper.settlement.store;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.tollkeeper.model.Digests;

/// A SHA-256, as a value that compares.
record Sha256(String hex) {

    static Sha256 of(byte[] stored) {
        return new Sha256(HexFormat.of().formatHex(stored));
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /// A list of values on the way to their digest. Each goes in with its length before it, so that
    /// no two lists read the same.
    static final class Fields {

        private final StringBuilder text = new StringBuilder();

        Fields put(Object... values) {
            for (Object value : values) {
                String shown = value.toString();
                text.append(shown.length()).append(':').append(shown);
            }
            return this;
        }

        Sha256 digest() {
            return Sha256.of(
                    Digests.sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }
}
