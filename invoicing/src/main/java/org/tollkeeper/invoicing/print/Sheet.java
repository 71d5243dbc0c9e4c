package org.tollkeeper.invoicing.print;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tollkeeper.model.Digests;

/// All that is printed on one document, as text and in place: two equal sheets make the same pages.
///
/// @param name of the file's title
/// @param author of the file: the company
public record Sheet(
        Template template,
        String name,
        String author,
        Map<String, Object> parameters,
        List<Map<String, Object>> rows) {

    /// Counted up when a layout changes, so that drafts are printed anew.
    private static final String LAYOUT = "2";

    public Sheet {
        parameters = Map.copyOf(parameters);
        rows = rows.stream().map(Map::copyOf).toList();
    }

    /// SHA-256 over everything that is printed.
    public byte[] digest() {
        MessageDigest digest = Digests.sha256();
        add(digest, LAYOUT);
        add(digest, template.file());
        add(digest, name);
        add(digest, author);
        add(digest, parameters);
        for (Map<String, Object> row : rows) {
            add(digest, row);
        }
        return digest.digest();
    }

    private static void add(MessageDigest digest, Map<String, Object> values) {
        add(digest, Integer.toString(values.size()));
        new TreeMap<>(values)
                .forEach((key, value) -> {
                    add(digest, key);
                    add(digest, value.toString());
                });
    }

    /// Length first, so that no two lists of texts run together into one.
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        digest.update((bytes.length + ":").getBytes(UTF_8));
        digest.update(bytes);
    }
}
