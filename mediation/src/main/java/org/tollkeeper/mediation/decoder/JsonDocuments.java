package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The JSON objects of a text, one after the other, each as a tree: one object, several in lines or
/// simply behind each other, the elements of an array, or the elements of an array with a known
/// name inside an object (a page of a list). What stands before an object in its line, such as the
/// prefix of a log, is passed over; a line without an object is a document with a fault.
///
/// An object that was cut short ends before the next line that begins with a brace which could not
/// stand there in an object that is whole, so that it swallows no other. One document is in memory
/// at a time, of [#DOCUMENT_BYTES] at most.
final class JsonDocuments {

    static final int DOCUMENT_BYTES = 4 << 20;

    private static final int DEPTH = 256;
    private static final int NAME_BYTES = 32;
    private static final int END = -1;

    /// Numbers of more digits than this behind or before the point are not written out.
    private static final int DIGITS = 40;

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                    .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
                    .build();

    /// One object, or why it cannot be read.
    ///
    /// @param byteOffset of its brace
    record Document(long byteOffset, String text, @Nullable JsonNode tree, String fault) {}

    private final InputStream in;
    private final Set<String> lists;
    private final byte[] block = new byte[64 * 1024];
    private int start;
    private int end;
    private long blockOffset;

    private byte[] text = new byte[8 * 1024];
    private int length;
    private boolean inList;
    private boolean skipping;

    private final boolean[] isObject = new boolean[DEPTH];
    private int depth;
    private boolean inString;
    private boolean isName;
    private int stringStart;
    private String name = "";
    private int before;

    /// @param lists names of arrays whose elements are the documents
    JsonDocuments(InputStream in, Set<String> lists) {
        this.in = in;
        this.lists = lists;
    }

    /// The next document, or null at the end.
    @Nullable Document next() throws IOException {
        int last = '\n';
        long junk = END;
        for (int b = peek(); b != END; b = peek()) {
            long offset = blockOffset + start;
            boolean isLineStart = last == '\n';
            if (b == '{' && (!skipping || isLineStart)) {
                skipping = false;
                boolean isValue = inList && last == ':';
                Document document = document(offset);
                if (document != null && !isValue) {
                    return document;
                }
                last = ' ';
                junk = END;
                continue;
            }
            start++;
            if (b == '\n' || b == '\r') {
                if (junk != END) {
                    return fault(junk, "", "no JSON object in this line");
                }
                last = '\n';
                continue;
            }
            if (inList && b == '"') {
                skipString();
            } else if (!inList && !skipping && isJunk(b, offset) && junk == END) {
                junk = offset;
            }
            if (b > ' ') {
                last = b;
            } else if (last == '\n') {
                last = ' ';
            }
        }
        return junk == END ? null : fault(junk, "", "no JSON object in this line");
    }

    private static boolean isJunk(int b, long offset) {
        boolean isMark = offset < 3 && (b == 0xef || b == 0xbb || b == 0xbf);
        return b > ' ' && b != ',' && b != '[' && b != ']' && !isMark;
    }

    private void skipString() throws IOException {
        for (int b = peek(); b != END && b != '\n'; b = peek()) {
            start++;
            if (b == '"') {
                return;
            }
            if (b == '\\' && peek() != END) {
                start++;
            }
        }
    }

    /// Reads the object whose brace is next.
    ///
    /// @return null when it only holds a list of documents, which come next
    private @Nullable Document document(long offset) throws IOException {
        length = 0;
        depth = 0;
        inString = false;
        name = "";
        before = 0;
        boolean isLineStart = false;
        for (int b = peek(); b != END; b = peek()) {
            if (isLineStart && b == '{' && !fits()) {
                return fault(offset, written(), "the JSON object is cut short");
            }
            start++;
            append((byte) b);
            isLineStart = b == '\n' || b == '\r';
            if (length == DOCUMENT_BYTES || depth == DEPTH) {
                skipping = true;
                return fault(
                        offset,
                        "",
                        length == DOCUMENT_BYTES
                                ? "the JSON object is longer than %d bytes"
                                        .formatted(DOCUMENT_BYTES)
                                : "the JSON object is deeper than %d levels".formatted(DEPTH));
            }
            if (b == '[' && before == ':' && lists.contains(name) && !inString) {
                inList = true;
                return null;
            }
            if (inString) {
                inString(b);
            } else {
                outsideString(b);
            }
            if (depth == 0 && !inString) {
                return tree(offset);
            }
        }
        return fault(offset, written(), "the JSON object is cut short");
    }

    private void inString(int b) throws IOException {
        if (b == '\\') {
            int escaped = peek();
            if (escaped != END && escaped != '\n' && escaped != '\r') {
                start++;
                append((byte) escaped);
            }
        } else if (b == '"') {
            inString = false;
            int bytes = length - 1 - stringStart;
            if (isName && !lists.isEmpty()) {
                name = bytes > NAME_BYTES ? "" : new String(text, stringStart, bytes, UTF_8);
            }
            before = '"';
        }
    }

    private void outsideString(int b) {
        switch (b) {
            case '"' -> {
                inString = true;
                stringStart = length;
                isName = depth > 0 && isObject[depth - 1] && (before == '{' || before == ',');
            }
            case '{', '[' -> isObject[depth++] = b == '{';
            case '}', ']' -> depth--;
            default -> {}
        }
        if (b > ' ') {
            before = b;
        }
    }

    /// Whether an object may begin here.
    private boolean fits() {
        if (inString || depth == 0) {
            return false;
        }
        return isObject[depth - 1] ? before == ':' : before == '[' || before == ',';
    }

    private Document tree(long offset) {
        String written = written();
        try {
            return new Document(offset, written, MAPPER.readTree(written), "");
        } catch (JacksonException e) {
            return fault(offset, written, "no good JSON: " + e.getOriginalMessage());
        }
    }

    private static Document fault(long offset, String text, String fault) {
        return new Document(offset, text, null, fault);
    }

    private String written() {
        return new String(text, 0, length, UTF_8);
    }

    private void append(byte b) {
        if (length == text.length) {
            text = Arrays.copyOf(text, 2 * length);
        }
        text[length++] = b;
    }

    private int peek() throws IOException {
        if (start == end) {
            blockOffset += end;
            start = 0;
            end = Math.max(0, in.read(block, 0, block.length));
            if (end == 0) {
                return END;
            }
        }
        return block[start] & 0xff;
    }

    /// The text of a value, empty where there is none: strings as they are, numbers and truth
    /// values as they are written.
    static String text(JsonNode node) {
        if (node.isString()) {
            return node.stringValue();
        }
        if (node.isBigDecimal()) {
            BigDecimal number = node.decimalValue();
            return Math.abs(number.scale()) > DIGITS ? number.toString() : number.toPlainString();
        }
        return node.isNumber() || node.isBoolean() ? node.toString() : "";
    }

    static String text(JsonNode object, String name) {
        return text(object.path(name));
    }
}
