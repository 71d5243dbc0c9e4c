package org.tollkeeper.mediation.decoder;

import org.tollkeeper.model.Switch;

/// A CDR format: its name in the book, and how to make a decoder for a switch that writes it.
///
/// @param name as `format` of a switch names it
/// @param decoders makes the decoder of a switch; throws [MappingException] when the switch's
///   `mapping` or zone does not fit the format
public record Format(String name, Maker decoders) {

    public Decoder decoderFor(Switch source) {
        return decoders.decoderFor(source);
    }

    /// Makes decoders.
    @FunctionalInterface
    public interface Maker {
        Decoder decoderFor(Switch source);
    }
}
