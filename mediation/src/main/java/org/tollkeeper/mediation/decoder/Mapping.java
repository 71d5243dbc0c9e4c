package org.tollkeeper.mediation.decoder;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What stands under `mapping` of a switch in the book. Every question names the key it asks for
/// and fails with a [MappingException] when the value is of another kind; at the end
/// [#refuseOthers] complains of keys nobody asked for.
public final class Mapping {

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final String switchId;
    private final String place;
    private final Map<String, Object> values;
    private final Set<String> asked = new TreeSet<>();

    private Mapping(String switchId, String place, Map<String, Object> values) {
        this.switchId = switchId;
        this.place = place;
        this.values = values;
    }

    public static Mapping of(Switch source) {
        if (source.mapping().isEmpty()) {
            return new Mapping(source.id(), "mapping", Map.of());
        }
        try {
            return new Mapping(
                    source.id(), "mapping", JsonMapper.shared().readValue(source.mapping(), MAP));
        } catch (JacksonException e) {
            throw new MappingException(
                    source.id(), "mapping is not a map of keys and values: " + e.getMessage());
        }
    }

    public boolean has(String key) {
        return values.get(key) != null;
    }

    public String text(String key, String otherwise) {
        Object value = value(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Map || value instanceof List) {
            throw wrong(key, value, "a text");
        }
        return value.toString();
    }

    /// One character, or null where the text is empty; `tab` and `\t` are the tabulator.
    public @Nullable Character character(String key, @Nullable Character otherwise) {
        String text = text(key, otherwise == null ? "" : otherwise.toString());
        if (text.equals("tab") || text.equals("\\t")) {
            return '\t';
        }
        if (text.length() > 1 || (!text.isEmpty() && text.charAt(0) > 0x7f)) {
            throw wrong(key, text, "one ASCII character, or nothing");
        }
        return text.isEmpty() ? null : Character.valueOf(text.charAt(0));
    }

    public boolean isTrue(String key, boolean otherwise) {
        String text = text(key, Boolean.toString(otherwise));
        if (!text.equals("true") && !text.equals("false")) {
            throw wrong(key, text, "true or false");
        }
        return text.equals("true");
    }

    public int number(String key, int otherwise) {
        Integer number = Fields.smallNumber(text(key, Integer.toString(otherwise)));
        if (number == null) {
            throw wrong(key, text(key, ""), "a whole number from 0");
        }
        return number;
    }

    /// One of some texts.
    public String oneOf(String key, String otherwise, Iterable<String> allowed) {
        String text = text(key, otherwise);
        for (String one : allowed) {
            if (one.equals(text)) {
                return text;
            }
        }
        throw wrong(key, text, "one of " + String.join(", ", allowed));
    }

    /// The charset under `charset`, UTF-8 where there is none.
    public Charset charset() {
        String name = text("charset", StandardCharsets.UTF_8.name());
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw wrong("charset", name, "a charset such as UTF-8 or windows-1252");
        }
    }

    /// The character under `delimiter`, a comma where there is none.
    public char delimiter() {
        Character between = character("delimiter", ',');
        if (between == null) {
            throw wrong("delimiter", "", "one character");
        }
        return between;
    }

    /// A list of texts; empty where there is none. One text is a list of itself.
    public List<String> texts(String key) {
        Object value = value(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof String text) {
            return List.of(text);
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(key, value, "a list");
        }
        List<String> texts = new ArrayList<>();
        for (Object text : list) {
            texts.add(text == null ? "" : text.toString());
        }
        return texts;
    }

    public boolean isList(String key) {
        return value(key) instanceof List;
    }

    /// A map of texts, in its order; empty where there is none.
    public Map<String, String> map(String key) {
        Object value = value(key);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(key, value, "a map");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((name, text) ->
                texts.put(String.valueOf(name), text == null ? "" : text.toString()));
        return texts;
    }

    /// Complains of keys that were never asked for.
    public void refuseOthers() {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(asked);
        if (!unknown.isEmpty()) {
            throw new MappingException(
                    switchId,
                    "%s has the unknown key %s; expected %s"
                            .formatted(
                                    place, String.join(", ", unknown), String.join(", ", asked)));
        }
    }

    /// What to throw for a value that does not fit.
    public MappingException wrong(String key, Object found, String expected) {
        return new MappingException(
                switchId, "%s.%s is '%s'; expected %s".formatted(place, key, found, expected));
    }

    private @Nullable Object value(String key) {
        asked.add(key);
        return values.get(key);
    }
}
