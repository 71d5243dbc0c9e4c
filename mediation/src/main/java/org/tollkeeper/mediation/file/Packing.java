package org.tollkeeper.mediation.file;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdJavaInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/// What a file is packed in, told by the end of its name.
public enum Packing {
    PLAIN(""),
    GZIP(".gz"),
    ZSTD(".zst"),
    BZIP2(".bz2"),
    /// An archive of several files, which [ZipMembers] reads.
    ZIP(".zip");

    private final String suffix;

    Packing(String suffix) {
        this.suffix = suffix;
    }

    public String suffix() {
        return suffix;
    }

    public static Packing of(String name) {
        for (Packing packing : values()) {
            if (packing != PLAIN && name.endsWith(packing.suffix)) {
                return packing;
            }
        }
        return PLAIN;
    }

    /// The content of a file; what is damaged shows as a [CorruptFileException] while it is read.
    public InputStream unpack(InputStream raw) throws IOException {
        return switch (this) {
            case PLAIN -> raw;
            case GZIP -> new GzipStream(raw);
            case ZSTD -> Zstd.of(raw);
            case BZIP2 -> Bzip2Stream.of(raw);
            case ZIP -> throw new CorruptFileException("a zip file within another packing");
        };
    }

    /// Zstandard with its faults told as those of gzip are.
    private static final class Zstd extends FilterInputStream {

        private static final String CUT_SHORT = "Not enough input bytes";

        private Zstd(InputStream in) {
            super(in);
        }

        static Zstd of(InputStream raw) throws IOException {
            PushbackInputStream peeked = new PushbackInputStream(raw);
            int first = peeked.read();
            if (first < 0) {
                throw new CorruptFileException("the file is empty; expected a zstd frame");
            }
            peeked.unread(first);
            return new Zstd(new ZstdJavaInputStream(new BufferedInputStream(peeked, 64 * 1024)));
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (MalformedInputException | IndexOutOfBoundsException e) {
                throw new CorruptFileException(
                        "the zstd file is damaged: " + String.valueOf(e.getMessage()));
            } catch (IOException e) {
                if (CUT_SHORT.equals(e.getMessage())) {
                    throw new CorruptFileException("the zstd file is cut short");
                }
                throw e;
            }
        }
    }
}
