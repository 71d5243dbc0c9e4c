package org.tollkeeper.mediation.decoder;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The frame that 3GPP TS 32.297 puts around call records: a file header, and a header before each.
///
/// @param byteCount of the whole file; null = not stated
/// @param cdrCount records in the file; null = not stated
/// @param sequence of the file
record CdrFile(@Nullable Long byteCount, @Nullable Long cdrCount, long sequence) {

    private static final int SHORTEST_HEADER = 50;
    private static final int LONGEST_HEADER = 256 * 1024;
    private static final long UNSTATED = 0xffffffffL;
    private static final int BASIC_ENCODING_RULES = 1;
    private static final int EXTENDED_RELEASE = 7;

    /// Reads the header of a file.
    static CdrFile header(BerReader reader)
            throws IOException, BrokenBerException, UndecodableException {
        byte[] start = reader.bytes(8);
        long length = unsigned(start, 4);
        if (length < SHORTEST_HEADER || length > LONGEST_HEADER) {
            throw new UndecodableException(
                    "the file header says that it is %d bytes long; expected %d to %d"
                            .formatted(length, SHORTEST_HEADER, LONGEST_HEADER));
        }
        byte[] rest = reader.bytes((int) length - start.length);
        return new CdrFile(
                stated(unsigned(start, 0)), stated(unsigned(rest, 10)), unsigned(rest, 14));
    }

    /// Reads the header of a record: how long it is.
    static int cdrLength(BerReader reader)
            throws IOException, BrokenBerException, UndecodableException {
        byte[] header = reader.bytes(4);
        int format = header[3] >> 5 & 7;
        if (format != BASIC_ENCODING_RULES) {
            throw new UndecodableException(
                    "the record before byte %d is in data record format %d; expected %d (BER)"
                            .formatted(reader.offset(), format, BASIC_ENCODING_RULES));
        }
        if ((header[2] >> 5 & 7) == EXTENDED_RELEASE) {
            var _ = reader.bytes(1);
        }
        return (header[0] & 0xff) << 8 | (header[1] & 0xff);
    }

    private static @Nullable Long stated(long number) {
        return number == UNSTATED ? null : Long.valueOf(number);
    }

    private static long unsigned(byte[] bytes, int at) {
        return (bytes[at] & 0xffL) << 24
                | (bytes[at + 1] & 0xffL) << 16
                | (bytes[at + 2] & 0xffL) << 8
                | (bytes[at + 3] & 0xffL);
    }
}
