package org.tollkeeper.mediation.file;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;

/// The content of a bzip2 file: one or more streams, each checked to its last byte. Whatever else
/// it finds is a [CorruptFileException]; only what the file below cannot be read for stays as it
/// is.
final class Bzip2Stream extends FilterInputStream {

    private final Watched raw;

    private Bzip2Stream(InputStream content, Watched raw) {
        super(content);
        this.raw = raw;
    }

    static Bzip2Stream of(InputStream in) throws IOException {
        Watched raw = new Watched(new BufferedInputStream(in, 64 * 1024));
        try {
            return new Bzip2Stream(new BZip2CompressorInputStream(raw, true), raw);
        } catch (IOException | RuntimeException e) {
            throw raw.told(e);
        }
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
        } catch (IOException | RuntimeException e) {
            throw raw.told(e);
        }
    }

    /// The packed bytes, and why they could not be read if they could not.
    private static final class Watched extends FilterInputStream {

        private @Nullable IOException failure;
        private boolean atEnd;

        Watched(InputStream in) {
            super(in);
        }

        IOException told(Exception e) {
            if (failure != null) {
                return failure;
            }
            return new CorruptFileException(
                    atEnd
                            ? "the bzip2 file is cut short"
                            : "the bzip2 file is damaged: " + String.valueOf(e.getMessage()));
        }

        @Override
        public int read() throws IOException {
            try {
                int next = super.read();
                atEnd |= next < 0;
                return next;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                int count = super.read(bytes, offset, length);
                atEnd |= count < 0;
                return count;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
