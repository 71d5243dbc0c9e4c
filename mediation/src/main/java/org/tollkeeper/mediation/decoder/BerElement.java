package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.beanit.asn1bean.ber.BerTag;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An element of Basic Encoding Rules that was read whole: a value, or parts.
final class BerElement {

    private static final String BCD = "0123456789*#abc";

    private final BerReader.Header header;
    private final byte[] value;
    private final List<BerElement> parts;

    BerElement(BerReader.Header header, byte[] value, List<BerElement> parts) {
        this.header = header;
        this.value = value;
        this.parts = parts;
    }

    int tag() {
        return header.tag();
    }

    List<BerElement> parts() {
        return parts;
    }

    /// The first part with this context-specific tag, or null.
    @Nullable BerElement context(int tag) {
        return part(BerTag.CONTEXT_CLASS, tag);
    }

    /// What the application tags lead to, part by part, or null.
    @Nullable BerElement application(int... tags) {
        BerElement element = this;
        for (int tag : tags) {
            element = element == null ? null : element.part(BerTag.APPLICATION_CLASS, tag);
        }
        return element;
    }

    private @Nullable BerElement part(int tagClass, int tag) {
        for (BerElement part : parts) {
            if (part.header.is(tagClass, tag)) {
                return part;
            }
        }
        return null;
    }

    /// The value's bytes; those of its segments where it was written in several.
    byte[] bytes() {
        if (parts.isEmpty()) {
            return value;
        }
        int length = parts.stream().mapToInt(part -> part.value.length).sum();
        byte[] bytes = new byte[length];
        int at = 0;
        for (BerElement part : parts) {
            System.arraycopy(part.value, 0, bytes, at, part.value.length);
            at += part.value.length;
        }
        return bytes;
    }

    /// The whole number, or null where it is none or longer than eight bytes.
    @Nullable Long integer() {
        byte[] bytes = bytes();
        if (bytes.length == 0 || bytes.length > 8) {
            return null;
        }
        long number = bytes[0];
        for (int i = 1; i < bytes.length; i++) {
            number = number << 8 | (bytes[i] & 0xff);
        }
        return number;
    }

    String text() {
        return new String(bytes(), ISO_8859_1);
    }

    String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    /// Digits, two a byte, the first in the low half; a filler ends them.
    String digitsLowFirst(int from) {
        return digits(from, 0, 4);
    }

    /// Digits, two a byte, the first in the high half; a filler ends them.
    String digitsHighFirst() {
        return digits(0, 4, 0);
    }

    private String digits(int from, int firstShift, int secondShift) {
        StringBuilder digits = new StringBuilder();
        byte[] bytes = bytes();
        for (int i = 2 * from; i < 2 * bytes.length; i++) {
            int digit = bytes[i / 2] >> (i % 2 == 0 ? firstShift : secondShift) & 0xf;
            if (digit == 0xf) {
                break;
            }
            digits.append(BCD.charAt(digit));
        }
        return digits.toString();
    }

    /// Adds all that it says to a hash: parts by their tags, for their order means nothing.
    void addTo(ContentHash hash) {
        hash.add(header.tagClass() + ":" + header.tag());
        if (parts.isEmpty()) {
            hash.add(HexFormat.of().formatHex(value));
            return;
        }
        hash.add("{");
        parts.stream()
                .sorted((a, b) ->
                        a.header.tagClass() == b.header.tagClass()
                                ? Integer.compare(a.header.tag(), b.header.tag())
                                : Integer.compare(a.header.tagClass(), b.header.tagClass()))
                .forEach(part -> part.addTo(hash));
        hash.add("}");
    }
}
