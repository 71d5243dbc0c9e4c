package org.tollkeeper.mediation.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tollkeeper.db.book.StoredBook;
import org.tollkeeper.db.book.StoredNames;
import org.tollkeeper.mediation.NumberPlan;
import org.tollkeeper.mediation.RecordRules;
import org.tollkeeper.mediation.TrunkTable;
import org.tollkeeper.mediation.decoder.Decoder;
import org.tollkeeper.mediation.decoder.Formats;
import org.tollkeeper.model.Digests;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Switch;
import org.tollkeeper.model.Trunk;

/// What mediation needs of the newest book: its switches with their decoders and rules.
///
/// @param sources by the switch's name
/// @param digest of all of it, in hexadecimal; another digest means records held back may pass now
record KeyedBook(Map<String, Source> sources, String digest) {

    /// A switch of the book.
    ///
    /// @param number under which the database keeps it
    record Source(Switch source, int number, Decoder decoder, RecordRules rules) {}

    /// @throws org.tollkeeper.mediation.decoder.MappingException if a switch's format or mapping
    ///   cannot be used
    static KeyedBook read(Connection connection, Instant now) throws SQLException {
        int version = StoredBook.current(connection);
        List<Switch> switches = StoredBook.switches(connection, version);
        List<Trunk> trunks = StoredBook.trunks(connection, version);
        Set<String> testNumbers = StoredBook.testNumbers(connection, version);
        StoredNames names = StoredNames.read(connection);
        Set<Digits> tests = new HashSet<>();
        testNumbers.stream().filter(Digits::isDigits).map(Digits::of).forEach(tests::add);
        Map<String, Source> sources = new HashMap<>();
        for (Switch source : switches) {
            List<Trunk> own =
                    trunks.stream().filter(t -> t.switchId().equals(source.id())).toList();
            RecordRules rules =
                    new RecordRules(
                            source.timeZone(),
                            NumberPlan.of(source),
                            new TrunkTable(own, names.carriers()::id),
                            tests,
                            now);
            sources.put(
                    source.id(),
                    new Source(
                            source,
                            names.switches().id(source.id()),
                            Formats.decoderFor(source),
                            rules));
        }
        String all = switches + "\n" + trunks + "\n" + new TreeSet<>(testNumbers);
        return new KeyedBook(Map.copyOf(sources), sha256(all));
    }

    /// The switch of this name, which the book has.
    Source source(String switchId) {
        Source source = sources.get(switchId);
        if (source == null) {
            throw new IllegalStateException("no switch " + switchId + " in the book");
        }
        return source;
    }

    List<Switch> switches() {
        return sources.values().stream().map(Source::source).toList();
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(Digests.sha256().digest(text.getBytes(UTF_8)));
    }
}
