package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// The records of one format, one by one, so that tests can put them into files as they like.
///
/// @param name of the switch that writes them
/// @param zone of its clock
/// @param mapping in JSON, or empty
/// @param records of one story
/// @param envelope makes a file of them
/// @param numbered texts that make a story another one, and what to put for them, `#` for a number
///   of two digits
/// @param calls how many calls the story is
public record SampleFile(
        String name,
        String format,
        String zone,
        String mapping,
        List<byte[]> records,
        Envelope envelope,
        Map<String, String> numbered,
        int calls) {

    /// What a file has around its records.
    @FunctionalInterface
    public interface Envelope {

        /// The file of some records.
        ///
        /// @param number of the file, from 1 on, for formats that count their files
        byte[] around(List<byte[]> records, int number);
    }

    /// The records of the story of this number.
    public List<byte[]> story(int number) {
        UnaryOperator<byte[]> other =
                record -> {
                    String text = new String(record, ISO_8859_1);
                    for (var entry : numbered.entrySet()) {
                        String with = entry.getValue().replace("#", "%02d".formatted(number));
                        text = text.replace(entry.getKey(), with);
                    }
                    return text.getBytes(ISO_8859_1);
                };
        return records.stream().map(other).toList();
    }

    /// The file of this number, with these records.
    public byte[] file(List<byte[]> records, int number) {
        return envelope.around(records, number);
    }

    /// The trunks that the story names.
    public Set<String> trunks() throws Exception {
        Set<String> trunks = new TreeSet<>();
        Decoder decoder = Formats.decoderFor(Decoded.source(format, zone, mapping));
        for (CdrRecord record : Decoded.records(decoder, file(records, 1))) {
            trunks.add(record.ingressTrunk());
            trunks.add(record.egressTrunk());
        }
        trunks.remove("");
        return trunks;
    }
}
