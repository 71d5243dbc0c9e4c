package org.tollkeeper.mediation.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The content of a gzip file (RFC 1952): one or more members, each checked to its last byte. After
/// the last one only zero bytes may follow. Whatever else it finds is a [CorruptFileException].
///
/// `GZIPInputStream` will not do: it asks the stream below whether bytes are available to tell
/// whether another member follows, and takes what it cannot read for the end.
final class GzipStream extends InputStream {

    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] input = new byte[64 * 1024];
    private final byte[] single = new byte[1];
    private int start;
    private int end;
    private boolean first = true;
    private boolean inMember;
    private boolean atEnd;

    GzipStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        int count = read(single, 0, 1);
        return count < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!atEnd) {
            if (!inMember && !startMember()) {
                atEnd = true;
                break;
            }
            int count = inflate(bytes, offset, length);
            if (count > 0) {
                return count;
            }
        }
        return -1;
    }

    private int inflate(byte[] bytes, int offset, int length) throws IOException {
        try {
            if (inflater.needsInput()) {
                if (start == end && !fill()) {
                    throw new CorruptFileException("the gzip file is cut short");
                }
                inflater.setInput(input, start, end - start);
            }
            int count = inflater.inflate(bytes, offset, length);
            start = end - inflater.getRemaining();
            crc.update(bytes, offset, count);
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsDictionary()) {
                throw new CorruptFileException("the gzip file needs a dictionary");
            }
            return count;
        } catch (DataFormatException e) {
            throw new CorruptFileException("the gzip file is damaged: " + e.getMessage());
        }
    }

    private boolean startMember() throws IOException {
        int magic = firstByte();
        if (magic < 0) {
            if (first) {
                throw new CorruptFileException("the file is empty; expected a gzip header");
            }
            return false;
        }
        if (magic != 0x1f || next() != 0x8b || next() != 8) {
            throw new CorruptFileException(
                    first ? "the file is not in gzip format" : "rubbish follows the gzip content");
        }
        int flags = next();
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        crc.reset();
        first = false;
        inMember = true;
        return true;
    }

    /// The next member's first byte, past any zero padding, or -1.
    private int firstByte() throws IOException {
        while (start < end || fill()) {
            int b = input[start++] & 0xff;
            if (b != 0 || first) {
                return b;
            }
        }
        return -1;
    }

    private void endMember() throws IOException {
        long stated = fourBytes();
        long length = fourBytes();
        if (stated != crc.getValue()) {
            throw new CorruptFileException("the gzip file is damaged: its checksum is wrong");
        }
        if (length != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new CorruptFileException("the gzip file is damaged: its length is wrong");
        }
        inMember = false;
    }

    private long fourBytes() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // the text is of no interest
        }
    }

    private int next() throws IOException {
        if (start == end && !fill()) {
            throw new CorruptFileException("the gzip file is cut short");
        }
        return input[start++] & 0xff;
    }

    private boolean fill() throws IOException {
        int count = in.read(input, 0, input.length);
        start = 0;
        end = Math.max(count, 0);
        return count > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
