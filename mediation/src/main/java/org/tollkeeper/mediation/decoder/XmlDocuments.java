package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The elements of one name in a text, one after the other, each as text from its first tag to its
/// last: one document, several behind each other with or without declarations, or several within
/// another element. What stands between them and is neither declaration, comment nor tag is a
/// document with a fault.
///
/// An element that was cut short ends before the next line that begins with such an element or a
/// declaration. One is in memory at a time, of [#DOCUMENT_BYTES] at most.
final class XmlDocuments {

    static final int DOCUMENT_BYTES = 4 << 20;

    private static final int GAP_BYTES = 64 * 1024;
    private static final Pattern BETWEEN =
            Pattern.compile("<\\?[^>]*>|<!--.*?-->|</?[A-Za-z][^<>]*>|\ufeff", Pattern.DOTALL);

    /// One element, or why it cannot be read.
    record Document(long byteOffset, String text, String fault) {}

    private final InputStream in;
    private final byte[] open;
    private final byte[] close;
    private final byte[] block = new byte[64 * 1024];
    private int start;
    private int end;
    private long blockOffset;
    private byte[] text = new byte[16 * 1024];
    private int length;
    private boolean isInside;
    private boolean skipping;

    XmlDocuments(InputStream in, String element) {
        this.in = in;
        open = ("<" + element).getBytes(ISO_8859_1);
        close = ("</" + element + ">").getBytes(ISO_8859_1);
    }

    /// The next document, or null at the end.
    ///
    /// @throws UndecodableException when a document type is declared
    @Nullable Document next() throws IOException, UndecodableException {
        while (true) {
            Document document = isInside ? inside() : between();
            if (document != null) {
                return document;
            }
            if (length == 0 && !available()) {
                return null;
            }
        }
    }

    /// Reads up to the next element; what was read is a document only if it is none of what may
    /// stand there.
    private @Nullable Document between() throws IOException, UndecodableException {
        long offset = blockOffset + start - length;
        while (available()) {
            byte b = block[start++];
            append(b);
            if (isTagEnd(b) && endsWith(open, 1)) {
                int tag = open.length + 1;
                Document fault = fault(offset, length - tag);
                System.arraycopy(text, length - tag, text, 0, tag);
                length = tag;
                isInside = true;
                skipping = false;
                return fault;
            }
            if (length == GAP_BYTES) {
                Document fault = fault(offset, length);
                length = 0;
                return fault;
            }
        }
        Document fault = fault(offset, length);
        length = 0;
        return fault;
    }

    private @Nullable Document fault(long offset, int bytes) throws UndecodableException {
        String gap = new String(text, 0, bytes, UTF_8);
        String upper = gap.toUpperCase(Locale.ROOT);
        if (upper.contains("<!DOCTYPE") || upper.contains("<!ENTITY")) {
            throw new UndecodableException(
                    "the file declares a document type or entities, which are refused");
        }
        return skipping || BETWEEN.matcher(gap).replaceAll("").isBlank()
                ? null
                : new Document(offset, gap, "text outside of an element");
    }

    /// Reads the element whose first tag's beginning is in `text`.
    private @Nullable Document inside() throws IOException {
        long offset = blockOffset + start - length;
        isInside = false;
        while (available()) {
            byte b = block[start++];
            append(b);
            if (b == '>' && endsWith(close, 0)) {
                return whole(offset, length);
            }
            int again = lineBeginsAgain(b);
            if (again > 0) {
                Document torn = cut(offset, length - again);
                System.arraycopy(text, length - again, text, 0, again);
                length = again;
                isInside = text[1] != '?';
                return torn;
            }
            if (length == DOCUMENT_BYTES) {
                skipping = true;
                length = 0;
                return new Document(
                        offset,
                        "",
                        "the element is longer than %d bytes".formatted(DOCUMENT_BYTES));
            }
        }
        Document torn = cut(offset, length);
        length = 0;
        return torn;
    }

    private Document whole(long offset, int bytes) {
        Document document = new Document(offset, new String(text, 0, bytes, UTF_8), "");
        length = 0;
        return document;
    }

    private Document cut(long offset, int bytes) {
        return new Document(offset, new String(text, 0, bytes, UTF_8), "the element is cut short");
    }

    /// How long the beginning of another document at the start of a line is that ends here; 0 = no
    /// other begins.
    private int lineBeginsAgain(byte b) {
        if (!isTagEnd(b)) {
            return 0;
        }
        int tag = endsWith(open, 1) ? open.length + 1 : endsWith(DECLARATION, 1) ? 6 : 0;
        return tag > 0 && length > tag && isLineEnd(text[length - tag - 1]) ? tag : 0;
    }

    private static final byte[] DECLARATION = "<?xml".getBytes(ISO_8859_1);

    private static boolean isTagEnd(byte b) {
        return b == '>' || b == ' ' || b == '\t' || isLineEnd(b);
    }

    private static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }

    /// Whether what was read, but for its last `less` bytes, ends so.
    private boolean endsWith(byte[] ending, int less) {
        int from = length - less - ending.length;
        return from >= 0 && Arrays.equals(text, from, length - less, ending, 0, ending.length);
    }

    private void append(byte b) {
        if (length == text.length) {
            text = Arrays.copyOf(text, 2 * length);
        }
        text[length++] = b;
    }

    private boolean available() throws IOException {
        if (start == end) {
            blockOffset += end;
            start = 0;
            end = Math.max(0, in.read(block, 0, block.length));
        }
        return start < end;
    }
}
