package org.tollkeeper.mediation.decoder;

/// Where a decoder's records go.
@FunctionalInterface
public interface RecordSink {

    void accept(CdrRecord record);

    /// Tells the sequence number that a file bears inside, for formats that count their files.
    default void fileSequence(long sequence) {}
}
