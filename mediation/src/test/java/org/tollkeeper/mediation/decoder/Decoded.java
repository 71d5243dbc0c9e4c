package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;

/// Decoding without a file, for tests.
final class Decoded {

    private Decoded() {}

    static List<CdrRecord> records(Decoder decoder, String content)
            throws IOException, UndecodableException {
        return records(decoder, content.getBytes(UTF_8));
    }

    static List<CdrRecord> records(Decoder decoder, byte[] content)
            throws IOException, UndecodableException {
        List<CdrRecord> records = new ArrayList<>();
        decoder.decode(new ByteArrayInputStream(content), records::add);
        return records;
    }

    /// A switch that writes `format`, its clock in `zone`, with a mapping in JSON or none.
    static Switch source(String format, String zone, String mapping) {
        return new Switch("sw1", format, ZoneId.of(zone), "*", "", "", "", "", List.of(), mapping);
    }

    /// A time that a record must have.
    static Instant instant(@Nullable Long ms) {
        return Instant.ofEpochMilli(Objects.requireNonNull(ms, "the record has no such time"));
    }
}
