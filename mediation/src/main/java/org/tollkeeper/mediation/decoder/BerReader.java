package org.tollkeeper.mediation.decoder;

import com.beanit.asn1bean.ber.BerLength;
import com.beanit.asn1bean.ber.BerTag;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads elements of Basic Encoding Rules (ITU-T X.690) off a stream, one header at a time, so that
/// no file is held as a whole. ASN1bean decodes tags and lengths; what it does not limit is limited
/// here: the size of an element, its depth, and its length within the element around it.
final class BerReader {

    /// No call record is nearly as long.
    static final int LONGEST_ELEMENT = 1 << 20;

    private static final int DEEPEST = 24;

    private final Counted in;

    private BerReader(InputStream in) {
        this.in = new Counted(in);
    }

    static BerReader of(InputStream content) {
        return new BerReader(new BufferedInputStream(content, 64 * 1024));
    }

    static BerReader of(byte[] bytes) {
        return new BerReader(new ByteArrayInputStream(bytes));
    }

    /// What begins an element.
    ///
    /// @param offset of its first byte
    /// @param length of its content; -1 = up to an end-of-contents mark
    /// @param end offset behind its content; -1 = behind that mark
    record Header(long offset, int tagClass, int tag, boolean isConstructed, int length, long end) {

        boolean is(int wantedClass, int wantedTag) {
            return tagClass == wantedClass && tag == wantedTag;
        }

        private boolean isEndOfContents() {
            return is(BerTag.UNIVERSAL_CLASS, 0) && length == 0;
        }
    }

    /// How many bytes were taken.
    long offset() {
        return in.offset;
    }

    /// The next byte without taking it, or -1 at the end.
    int peek() throws IOException {
        return in.peek();
    }

    byte[] bytes(int count) throws IOException, BrokenBerException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new BrokenBerException("it is cut short");
        }
        return bytes;
    }

    /// The header of the next part of an element, or null behind its last one.
    ///
    /// @param around the header of the element; null = the file
    @Nullable Header next(@Nullable Header around) throws IOException, BrokenBerException {
        if (around == null ? peek() < 0 : in.offset == around.end()) {
            return null;
        }
        Header header = header();
        if (around != null && around.end() >= 0) {
            if (header.end() > around.end() || in.offset > around.end()) {
                throw new BrokenBerException("an element is longer than the one around it");
            }
        } else if (around != null && header.isEndOfContents()) {
            return null;
        }
        return header;
    }

    private Header header() throws IOException, BrokenBerException {
        long offset = in.offset;
        BerTag tag = new BerTag();
        BerLength length = new BerLength();
        int lengthBytes;
        try {
            tag.decode(in);
            lengthBytes = length.decode(in);
        } catch (IOException e) {
            if (in.failure != null) {
                throw e;
            }
            throw new BrokenBerException(
                    in.peek() < 0 ? "it is cut short" : "its tag or length is too large");
        }
        boolean isConstructed = tag.primitive == BerTag.CONSTRUCTED;
        boolean isOpen = length.val < 0 && lengthBytes == 1;
        if (length.val < 0 && !(isOpen && isConstructed)) {
            throw new BrokenBerException("its length is too large");
        }
        return new Header(
                offset,
                tag.tagClass,
                tag.tagNumber,
                isConstructed,
                length.val,
                isOpen ? -1 : in.offset + length.val);
    }

    /// The whole element whose header was just read. One of known length was taken to its end, and
    /// reading can go on, even when it is found broken, unless the file ends within it.
    BerElement element(Header header) throws IOException, BrokenBerException {
        if (header.length() < 0) {
            return open(header, 0, in.offset + LONGEST_ELEMENT);
        }
        if (header.length() > LONGEST_ELEMENT) {
            pass(header);
            throw new BrokenBerException(
                    "it is %,d bytes long; expected %,d at most"
                            .formatted(header.length(), LONGEST_ELEMENT));
        }
        return of(bytes(header.length())).within(header, 0);
    }

    /// Takes an element whose header was just read, and forgets it.
    void pass(Header header) throws IOException, BrokenBerException {
        if (header.length() < 0) {
            for (Header part = next(header); part != null; part = next(header)) {
                element(part);
            }
            return;
        }
        long left = header.length();
        while (left > 0) {
            left -= bytes((int) Math.min(left, 64 * 1024)).length;
        }
    }

    /// The element whose content is all that is left to read.
    private BerElement within(Header header, int depth) throws IOException, BrokenBerException {
        if (!header.isConstructed()) {
            return new BerElement(header, in.readAllBytes(), List.of());
        }
        List<BerElement> parts = new ArrayList<>();
        for (Header part = next(null); part != null; part = next(null)) {
            parts.add(part(part, depth, Long.MAX_VALUE));
        }
        return new BerElement(header, new byte[0], parts);
    }

    private BerElement open(Header header, int depth, long limit)
            throws IOException, BrokenBerException {
        List<BerElement> parts = new ArrayList<>();
        for (Header part = next(header); part != null; part = next(header)) {
            if (in.offset + part.length() > limit) {
                throw new BrokenBerException(
                        "it is longer than %,d bytes".formatted(LONGEST_ELEMENT));
            }
            parts.add(part(part, depth, limit));
        }
        return new BerElement(header, new byte[0], parts);
    }

    private BerElement part(Header part, int depth, long limit)
            throws IOException, BrokenBerException {
        if (depth == DEEPEST) {
            throw new BrokenBerException("it is nested more than %d deep".formatted(DEEPEST));
        }
        return part.length() < 0
                ? open(part, depth + 1, limit)
                : of(bytes(part.length())).within(part, depth + 1);
    }

    /// A stream that knows where it is, lets one byte be looked at, and remembers its own failure,
    /// to be told from what a decoder complains of.
    private static final class Counted extends InputStream {

        private static final int NONE = -2;

        private final InputStream in;
        private long offset;
        private int peeked = NONE;
        private @Nullable IOException failure;

        Counted(InputStream in) {
            this.in = in;
        }

        int peek() throws IOException {
            if (peeked == NONE) {
                peeked = one();
            }
            return peeked;
        }

        @Override
        public int read() throws IOException {
            int next = peeked == NONE ? one() : peeked;
            peeked = next < 0 ? next : NONE;
            offset += next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (peeked != NONE) {
                int next = read();
                if (next < 0) {
                    return -1;
                }
                bytes[from] = (byte) next;
                return 1;
            }
            try {
                int count = in.read(bytes, from, length);
                offset += Math.max(count, 0);
                return count;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        private int one() throws IOException {
            try {
                return in.read();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
