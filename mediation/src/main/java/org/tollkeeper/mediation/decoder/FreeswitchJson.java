package org.tollkeeper.mediation.decoder;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.tollkeeper.model.Switch;
import tools.jackson.databind.JsonNode;

/// FreeSWITCH's `mod_json_cdr`: one JSON document for each leg, instants in microseconds of UTC.
final class FreeswitchJson implements Decoder {

    private final FreeswitchLegs legs;

    FreeswitchJson(Switch source) {
        legs = new FreeswitchLegs(source);
    }

    @Override
    public void decode(InputStream content, RecordSink records) throws IOException {
        JsonDocuments documents = new JsonDocuments(content, Set.of());
        int number = 0;
        for (var document = documents.next(); document != null; document = documents.next()) {
            number++;
            JsonNode tree = document.tree();
            records.accept(
                    tree == null
                            ? CdrRecord.at(number, document.byteOffset())
                                    .malformed(document.fault())
                                    .build()
                            : legs.record(
                                    number, document.byteOffset(), read(tree), document.text()));
        }
    }

    /// The segments of a call's flow come newest first.
    private static FreeswitchDocument read(JsonNode tree) {
        JsonNode flow = tree.path("callflow");
        Map<String, String> originatee = new HashMap<>();
        Map<String, String> originator = new HashMap<>();
        JsonNode oldest = flow;
        if (flow.isArray()) {
            for (JsonNode segment : flow) {
                if (originatee.isEmpty()) {
                    originatee = profile(segment, "originatee");
                }
                Map<String, String> made = profile(segment, "originator");
                originator = made.isEmpty() ? originator : made;
                oldest = segment;
            }
        } else {
            originatee = profile(flow, "originatee");
            originator = profile(flow, "originator");
        }
        Map<String, String> variables = texts(tree.path("variables"));
        String direction = JsonDocuments.text(tree.path("channel_data"), "direction");
        return new FreeswitchDocument(
                direction.isEmpty() ? variables.getOrDefault("direction", "") : direction,
                variables,
                texts(oldest.path("times")),
                texts(oldest.path("caller_profile")),
                originator,
                originatee);
    }

    /// The first profile of the leg at the other end; it stands in an object or a list.
    private static Map<String, String> profile(JsonNode segment, String role) {
        JsonNode other = segment.path("caller_profile").path(role);
        for (String name : new String[] {"_caller_profiles", "_caller_profile"}) {
            JsonNode profiles = other.path(role + name);
            Map<String, String> profile = texts(profiles.isArray() ? profiles.path(0) : profiles);
            if (!profile.isEmpty()) {
                return profile;
            }
        }
        return Map.of();
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            String text = JsonDocuments.text(property.getValue());
            if (!text.isEmpty()) {
                texts.put(property.getKey(), FreeswitchDocument.decoded(text));
            }
        }
        return texts;
    }
}
