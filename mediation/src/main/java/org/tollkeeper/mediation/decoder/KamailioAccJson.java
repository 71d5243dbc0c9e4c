package org.tollkeeper.mediation.decoder;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;
import tools.jackson.databind.JsonNode;

/// Kamailio's `acc_json`: one JSON object for each transaction or dialog, with or without the
/// prefix of a log in its line.
final class KamailioAccJson implements Decoder {

    private final SipAccounting accounting;

    KamailioAccJson(Switch source) {
        Mapping mapping = Mapping.of(source);
        accounting = new SipAccounting(source, mapping);
        mapping.refuseOthers();
    }

    @Override
    public void decode(InputStream content, RecordSink records) throws IOException {
        JsonDocuments documents = new JsonDocuments(content, Set.of());
        int number = 0;
        for (var document = documents.next(); document != null; document = documents.next()) {
            CdrRecord record = record(number + 1, document);
            if (record != null) {
                records.accept(record);
                number++;
            }
        }
    }

    private @Nullable CdrRecord record(int number, JsonDocuments.Document document) {
        CdrRecord.Builder record = CdrRecord.at(number, document.byteOffset());
        JsonNode tree = document.tree();
        return tree == null
                ? record.malformed(document.fault()).build()
                : accounting.record(
                        record,
                        name -> JsonDocuments.text(tree, name),
                        new ContentHash().add(document.text()).value());
    }
}
