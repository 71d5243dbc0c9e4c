package org.tollkeeper.mediation.decoder;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Switch;

/// FreeSWITCH's `mod_xml_cdr`: one `<cdr>` element for each leg, with what the JSON documents hold.
///
/// It is often no good XML: names of variables stand in tags as they are (`<set hook>`, `<^^,x>`,
/// `<nolocal:x>`, `<0>`), and values hold `<sip:…>`. So an element is whatever stands between a tag
/// and the closing tag with the same text, and a tag without one is text.
final class FreeswitchXml implements Decoder {

    /// Tags without an end, after which a document is given up.
    private static final int STRAY_TAGS = 50;

    private static final Pattern ADORNMENT = Pattern.compile("^(?:set |\\^\\^.|nolocal:)+");
    private static final Pattern REFERENCE = Pattern.compile("&(#?[A-Za-z0-9._-]{1,40});");
    private static final Set<String> ENTITIES = Set.of("lt", "gt", "amp", "quot", "apos");

    private record Element(String name, String value) {}

    private final FreeswitchLegs legs;

    FreeswitchXml(Switch source) {
        legs = new FreeswitchLegs(source);
    }

    @Override
    public void decode(InputStream content, RecordSink records)
            throws IOException, UndecodableException {
        XmlDocuments documents = new XmlDocuments(content, "cdr");
        int number = 0;
        for (var document = documents.next(); document != null; document = documents.next()) {
            records.accept(
                    record(
                            ++number,
                            document.byteOffset(),
                            document.text(),
                            document.fault().isEmpty()
                                    ? refused(document.text())
                                    : document.fault()));
        }
    }

    private CdrRecord record(int number, long offset, String text, @Nullable String fault) {
        List<Element> parts =
                fault == null ? elements(text.substring(text.indexOf('>') + 1)) : null;
        if (parts == null) {
            return CdrRecord.at(number, offset)
                    .malformed(fault == null ? "too many tags are not closed" : fault)
                    .build();
        }
        return legs.record(number, offset, read(parts), text);
    }

    /// Why a document is refused for what it refers to; null if it is not.
    private static @Nullable String refused(String text) {
        if (text.contains("<!DOCTYPE") || text.contains("<!ENTITY")) {
            return "it declares a document type or entities, which are refused";
        }
        var references = REFERENCE.matcher(text);
        while (references.find()) {
            String name = references.group(1);
            if (!ENTITIES.contains(name) && name.charAt(0) != '#') {
                return "it refers to the entity '%s'; entities are refused".formatted(name);
            }
        }
        return null;
    }

    /// The segments of a call's flow come newest first.
    private static FreeswitchDocument read(List<Element> parts) {
        Map<String, String> variables = new HashMap<>();
        Map<String, String> times = Map.of();
        Map<String, String> caller = Map.of();
        Map<String, String> originator = Map.of();
        Map<String, String> originatee = Map.of();
        String direction = "";
        for (Element part : parts) {
            switch (part.name()) {
                case "channel_data" ->
                        direction = values(part.value()).getOrDefault("direction", "");
                case "variables" -> variables.putAll(values(part.value()));
                case "callflow" -> {
                    Map<String, String> segment = raw(part.value());
                    Map<String, String> profile = raw(segment.getOrDefault("caller_profile", ""));
                    times = values(segment.getOrDefault("times", ""));
                    caller = values(segment.getOrDefault("caller_profile", ""));
                    Map<String, String> maker = other(profile, "originator");
                    originator = maker.isEmpty() ? originator : maker;
                    originatee = originatee.isEmpty() ? other(profile, "originatee") : originatee;
                }
                default -> {}
            }
        }
        return new FreeswitchDocument(
                direction.isEmpty() ? variables.getOrDefault("direction", "") : direction,
                variables,
                times,
                caller,
                originator,
                originatee);
    }

    private static Map<String, String> other(Map<String, String> profile, String role) {
        String profiles = profile.getOrDefault(role, "");
        return values(raw(profiles).getOrDefault(role + "_caller_profile", ""));
    }

    /// The elements of a text; of several with one name, the first.
    private static Map<String, String> raw(String text) {
        Map<String, String> raw = new HashMap<>();
        List<Element> elements = elements(text);
        if (elements != null) {
            elements.forEach(element -> raw.putIfAbsent(element.name(), element.value()));
        }
        return raw;
    }

    private static Map<String, String> values(String text) {
        Map<String, String> values = raw(text);
        values.replaceAll((name, value) -> FreeswitchDocument.decoded(unescaped(value).strip()));
        values.values().removeIf(String::isEmpty);
        return values;
    }

    /// The elements at the top of a text, in their order; null when it is no such text.
    private static @Nullable List<Element> elements(String text) {
        List<Element> elements = new ArrayList<>();
        int strays = 0;
        int at = text.indexOf('<');
        while (at >= 0) {
            int end = text.indexOf('>', at);
            if (end < 0) {
                break;
            }
            String tag = text.substring(at + 1, end);
            int next = at + 1;
            if (tag.startsWith("/") || tag.endsWith("/")) {
                next = end + 1;
            } else {
                String close = close(text, tag, end + 1);
                if (close != null) {
                    int closed = text.indexOf(close, end + 1);
                    elements.add(new Element(name(tag), text.substring(end + 1, closed)));
                    next = closed + close.length();
                } else if (++strays > STRAY_TAGS) {
                    return null;
                }
            }
            at = text.indexOf('<', next);
        }
        return elements;
    }

    /// The closing tag of a tag: with its text as it is, without the blanks around it, or without
    /// its attributes.
    private static @Nullable String close(String text, String tag, int from) {
        String plain = tag.strip();
        int blank = plain.indexOf(' ');
        String word = blank < 0 ? plain : plain.substring(0, blank);
        for (String close :
                new String[] {
                    "</" + tag + ">", "</" + plain + ">", "</ " + plain + ">", "</" + word + ">"
                }) {
            if (text.indexOf(close, from) >= 0) {
                return close;
            }
        }
        return null;
    }

    private static String name(String tag) {
        String plain = ADORNMENT.matcher(tag.strip()).replaceFirst("");
        int blank = plain.indexOf(' ');
        return blank < 0 ? plain : plain.substring(0, blank);
    }

    private static String unescaped(String value) {
        if (value.indexOf('&') < 0) {
            return value;
        }
        return REFERENCE
                .matcher(value)
                .replaceAll(reference ->
                        java.util.regex.Matcher.quoteReplacement(
                                character(reference.group(1), reference.group())));
    }

    private static String character(String name, String written) {
        return switch (name) {
            case "lt" -> "<";
            case "gt" -> ">";
            case "amp" -> "&";
            case "quot" -> "\"";
            case "apos" -> "'";
            default -> {
                boolean isHex = name.startsWith("#x") || name.startsWith("#X");
                Integer code =
                        isHex ? hex(name.substring(2)) : Fields.smallNumber(name.substring(1));
                yield code == null || !Character.isValidCodePoint(code)
                        ? written
                        : Character.toString(code);
            }
        };
    }

    private static @Nullable Integer hex(String digits) {
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), 16);
            if (digit < 0 || i > 5) {
                return null;
            }
            value = 16 * value + digit;
        }
        return value;
    }
}
