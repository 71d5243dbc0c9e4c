package org.tollkeeper.mediation.decoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The records of delimited text, one after the other, with the byte at which each begins. It
/// accepts every content: a field that begins with the quote lasts to the closing quote, doubled
/// quotes stand for one, and whatever follows the closing quote belongs to the field. Lines end
/// with LF, CR LF or CR; empty lines are passed over, and so is a byte order mark.
///
/// A quoted field may hold line ends, but a quote that is not closed within [#QUOTED_BYTES] or by
/// the end of the file is taken for a stray one: its record is the line it stands in, so that one
/// bad character does not swallow a file.
///
/// A record longer than [#RECORD_BYTES] ends there, so that a file without line ends fits in
/// memory.
///
/// The charset must give ASCII its own bytes (UTF-8, ISO 8859, Windows code pages).
public final class CsvReader {

    static final int QUOTED_BYTES = 64 * 1024;

    static final int RECORD_BYTES = 1 << 20;

    private static final int BLOCK_BYTES = 64 * 1024;
    private static final int NO_QUOTE = -1;

    private final InputStream in;
    private final Charset charset;
    private final byte delimiter;
    private final int quote;
    private byte[] block = new byte[2 * BLOCK_BYTES];
    private int start;
    private int end;
    private long blockOffset;
    private boolean atEnd;

    private long recordOffset;
    private boolean strayQuote;
    private @Nullable List<String> fields;
    private byte[] text = new byte[256];

    /// @param quote null for text without quoting
    public CsvReader(InputStream in, Charset charset, char delimiter, @Nullable Character quote) {
        this.in = in;
        this.charset = charset;
        this.delimiter = (byte) delimiter;
        this.quote = quote == null ? NO_QUOTE : (byte) (char) quote;
    }

    /// The fields of the next record, or null at the end.
    public @Nullable List<String> next() throws IOException {
        skipMarkAndEmptyLines();
        recordOffset = blockOffset + start;
        if (start == end) {
            return null;
        }
        List<String> record = plain();
        if (record == null) {
            record = parse(true);
        }
        strayQuote = record == null;
        return record != null ? record : parse(false);
    }

    /// Whether the record that [#next] gave opens a quote that is never closed.
    public boolean strayQuote() {
        return strayQuote;
    }

    /// Reads the record at `start` if it is the plainest kind, as nearly all are: a line without
    /// quotes that is in the block to its end. [#parse] would read the same.
    ///
    /// @return null when it is not; then nothing moved
    private @Nullable List<String> plain() {
        int lineEnd = start;
        int stop = Math.min(end, start + RECORD_BYTES);
        while (true) {
            if (lineEnd == stop || block[lineEnd] == quote) {
                return null;
            }
            if (block[lineEnd] == '\n' || block[lineEnd] == '\r') {
                break;
            }
            lineEnd++;
        }
        List<String> record = new ArrayList<>(fields == null ? 20 : fields.size());
        int from = start;
        for (int at = start; at <= lineEnd; at++) {
            if (at == lineEnd || block[at] == delimiter) {
                record.add(from == at ? "" : new String(block, from, at - from, charset));
                from = at + 1;
            }
        }
        start = lineEnd;
        fields = record;
        return record;
    }

    /// Where the record that [#next] gave begins, in bytes from the start of the content.
    public long byteOffset() {
        return recordOffset;
    }

    private void skipMarkAndEmptyLines() throws IOException {
        if (blockOffset + start == 0
                && available(2)
                && block[start] == (byte) 0xef
                && block[start + 1] == (byte) 0xbb
                && block[start + 2] == (byte) 0xbf) {
            start += 3;
        }
        while (available(0) && (block[start] == '\n' || block[start] == '\r')) {
            start++;
        }
    }

    /// Reads the record at `start` and moves `start` behind it.
    ///
    /// @return null when quotes count and one is not closed; then nothing moved
    private @Nullable List<String> parse(boolean quotes) throws IOException {
        List<String> record = new ArrayList<>(fields == null ? 20 : fields.size());
        int at = 0;
        while (true) {
            int length = 0;
            if (quotes && quote != NO_QUOTE && available(at) && block[start + at] == quote) {
                at++;
                int opened = at;
                while (true) {
                    if (!available(at) || at - opened > QUOTED_BYTES) {
                        return null;
                    }
                    byte b = block[start + at++];
                    if (b == quote) {
                        if (!available(at) || block[start + at] != quote) {
                            break;
                        }
                        at++;
                    }
                    length = append(b, length);
                }
            }
            while (at < RECORD_BYTES && available(at)) {
                byte b = block[start + at];
                if (b == delimiter || b == '\n' || b == '\r') {
                    break;
                }
                length = append(b, length);
                at++;
            }
            record.add(length == 0 ? "" : new String(text, 0, length, charset));
            if (at < RECORD_BYTES && available(at) && block[start + at] == delimiter) {
                at++;
                continue;
            }
            start += at;
            fields = record;
            return record;
        }
    }

    private int append(byte b, int length) {
        if (length == text.length) {
            text = Arrays.copyOf(text, 2 * length);
        }
        text[length] = b;
        return length + 1;
    }

    /// Whether the content has a byte at `start + ahead`, reading on where the block ends.
    private boolean available(int ahead) throws IOException {
        while (start + ahead >= end) {
            if (atEnd) {
                return false;
            }
            fill();
        }
        return true;
    }

    private void fill() throws IOException {
        if (block.length - end < BLOCK_BYTES) {
            System.arraycopy(block, start, block, 0, end - start);
            blockOffset += start;
            end -= start;
            start = 0;
            if (block.length - end < BLOCK_BYTES) {
                block = Arrays.copyOf(block, 2 * block.length);
            }
        }
        int read = in.read(block, end, block.length - end);
        if (read < 0) {
            atEnd = true;
        } else {
            end += read;
        }
    }
}
