package org.tollkeeper.book;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The text of one file of the book, which knows the line and column of each of its characters.
final class PageText {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final String file;
    private final String text;
    private int @Nullable [] lineStarts;

    PageText(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /// Reads a file, a byte order mark skipped; null when it is not UTF-8 text, which is reported.
    static @Nullable PageText read(Path path, String file, Findings findings) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
        int start = startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CharBuffer out = CharBuffer.allocate(bytes.length - start + 1);
        CharsetDecoder decoder = UTF_8.newDecoder();
        CoderResult result = decoder.decode(in, out, true);
        PageText page = new PageText(file, out.flip().toString());
        if (result.isError()) {
            findings.error(
                    page.place(page.text.length()),
                    "the byte 0x%02x".formatted(bytes[in.position()]),
                    "UTF-8 text",
                    "save the file as UTF-8");
            return null;
        }
        int nul = page.text.indexOf('\0');
        if (nul >= 0) {
            findings.error(
                    page.place(nul),
                    "the character U+0000",
                    "text",
                    "take it out, or save the file as UTF-8");
            return null;
        }
        return page;
    }

    private static boolean startsWithMark(byte[] bytes) {
        int length = BYTE_ORDER_MARK.length;
        return bytes.length >= length
                && Arrays.equals(bytes, 0, length, BYTE_ORDER_MARK, 0, length);
    }

    String file() {
        return file;
    }

    String text() {
        return text;
    }

    /// The place of the character at an offset.
    Place place(int offset) {
        int[] starts = lineStarts;
        if (starts == null) {
            starts = findLineStarts();
            lineStarts = starts;
        }
        int found = Arrays.binarySearch(starts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Place(file, line + 1, text.codePointCount(starts[line], offset) + 1);
    }

    private int[] findLineStarts() {
        int[] starts = new int[64];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean crlf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (c == '\n' || (c == '\r' && !crlf)) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, 2 * count);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }
}
