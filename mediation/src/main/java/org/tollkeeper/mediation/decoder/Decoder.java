package org.tollkeeper.mediation.decoder;

import java.io.IOException;
import java.io.InputStream;

/// Reads the files of one switch. A decoder is a pure function of its content and the switch's
/// settings: it knows no clock, no database and no other file, and holds a bounded part of the file
/// in memory.
///
/// It never throws for what a record says: a record that cannot be read is a record with a
/// `malformed` reason, and the next one is read. Only a file that is not what the format says as a
/// whole (a missing header, a trailer that counts differently, a broken container) is undecodable;
/// then none of its records is taken.
@FunctionalInterface
public interface Decoder {

    /// Reads `content`, already decompressed, to its end and gives its records to `records` in file
    /// order, numbered from 1. Headers, trailers and empty lines are no records.
    ///
    /// @throws UndecodableException when the file as a whole cannot be decoded
    /// @throws IOException when `content` cannot be read; passed on as it came
    void decode(InputStream content, RecordSink records) throws IOException, UndecodableException;
}
