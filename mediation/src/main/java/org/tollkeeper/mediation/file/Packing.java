package org.tollkeeper.mediation.file;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdJavaInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What a file is packed in, told by the end of its name.
public enum Packing {
    PLAIN(""),
    GZIP(".gz"),
    ZSTD(".zst");

    private final String suffix;

    Packing(String suffix) {
        this.suffix = suffix;
    }

    public String suffix() {
        return suffix;
    }

    public static Packing of(String name) {
        return name.endsWith(GZIP.suffix) ? GZIP : name.endsWith(ZSTD.suffix) ? ZSTD : PLAIN;
    }

    /// The content of a file; what is damaged shows as a [CorruptFileException] while it is read.
    public InputStream unpack(InputStream raw) throws IOException {
        return switch (this) {
            case PLAIN -> raw;
            case GZIP -> new GzipStream(raw);
            case ZSTD -> new Zstd(raw);
        };
    }

    /// Zstandard with its faults told as those of gzip are.
    private static final class Zstd extends FilterInputStream {

        Zstd(InputStream raw) throws IOException {
            super(new ZstdJavaInputStream(new BufferedInputStream(raw, 64 * 1024)));
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
            } catch (EOFException e) {
                throw new CorruptFileException("the zstd file is cut short");
            }
        }
    }
}
