package org.tollkeeper.mediation.decoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The lines of a text, one after the other, with the byte at which each begins. Lines end with LF,
/// CR LF or CR; empty lines are passed over, and so is a byte order mark. A line longer than
/// [#LINE_BYTES] is given in pieces of that length, so that a file without line ends fits in
/// memory.
public final class LineReader {

    static final int LINE_BYTES = 1 << 20;

    private final InputStream in;
    private final Charset charset;
    private final byte[] block = new byte[64 * 1024];
    private byte[] line = new byte[1024];
    private int start;
    private int end;
    private long blockOffset;
    private long lineOffset;

    public LineReader(InputStream in, Charset charset) {
        this.in = in;
        this.charset = charset;
    }

    /// The next line without its end, or null at the end of the text.
    public @Nullable String next() throws IOException {
        String plain = plain();
        return plain != null ? plain : any();
    }

    /// A line that is in the block to its end, which [#any] would read the same; null when it is
    /// not.
    private @Nullable String plain() {
        while (start < end && isEnd(block[start])) {
            start++;
        }
        if (blockOffset + start == 0) {
            return null;
        }
        int lineEnd = start;
        while (lineEnd < end && !isEnd(block[lineEnd])) {
            lineEnd++;
        }
        if (lineEnd == end) {
            return null;
        }
        lineOffset = blockOffset + start;
        String text = new String(block, start, lineEnd - start, charset);
        start = lineEnd;
        return text;
    }

    private static boolean isEnd(byte b) {
        return b == '\n' || b == '\r';
    }

    private @Nullable String any() throws IOException {
        int length = 0;
        while (start < end || fill()) {
            byte b = block[start];
            boolean isEnd = isEnd(b);
            if (isEnd && length > 0) {
                break;
            }
            if (!isEnd) {
                if (length == 0) {
                    lineOffset = blockOffset + start;
                }
                if (length == line.length) {
                    line = Arrays.copyOf(line, 2 * length);
                }
                line[length++] = b;
            }
            start++;
            if (length == 3 && lineOffset == 0 && isMark()) {
                length = 0;
            } else if (length == LINE_BYTES) {
                break;
            }
        }
        return length == 0 ? null : new String(line, 0, length, charset);
    }

    /// Where the line that [#next] gave begins, in bytes from the start of the text.
    public long byteOffset() {
        return lineOffset;
    }

    private boolean isMark() {
        return line[0] == (byte) 0xef && line[1] == (byte) 0xbb && line[2] == (byte) 0xbf;
    }

    private boolean fill() throws IOException {
        blockOffset += end;
        start = 0;
        end = Math.max(0, in.read(block, 0, block.length));
        return end > 0;
    }
}
