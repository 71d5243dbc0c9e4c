package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The packets in a detail file of a RADIUS server: a line with the time it came, a line of name
/// and value for each attribute, and an empty line. Names are given in lower case, with hyphens for
/// underscores and without dictionary or maker (`Acme-`); of an attribute that comes twice the
/// first counts. A Cisco pair (`Cisco-AVPair = "name=value"`) is the attribute in its value, and a
/// value that repeats its own name is what follows it.
final class RadiusDetail {

    private static final int LINE_BYTES = 64 * 1024;
    private static final int MOST_ATTRIBUTES = 2000;

    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\s*([A-Za-z][\\w.:-]*)\\s*(?:=|:=|\\+=|==)\\s*(.*)");

    private static final Pattern PAIR = Pattern.compile("([A-Za-z][\\w-]*)=(.*)");

    /// What a copy of a packet that is sent again has of its own.
    private static final Set<String> OF_THE_DELIVERY =
            Set.of(
                    "timestamp",
                    "acct-delay-time",
                    "event-timestamp",
                    "acct-unique-session-id",
                    "request-authenticator",
                    "packet-src-ip-address",
                    "packet-src-port",
                    "packet-original-timestamp",
                    "proxy-state",
                    "client-ip-address");

    /// A packet.
    ///
    /// @param byteOffset of its first line
    /// @param content hash over what it says, whenever and however often it was sent
    record Packet(long byteOffset, Map<String, String> attributes, long content)
            implements Attributes {

        @Override
        public String text(String name) {
            return attributes.getOrDefault(name, "");
        }
    }

    private final InputStream in;
    private long offset;
    private long lineOffset;
    private @Nullable String pending;
    private long pendingOffset;

    RadiusDetail(InputStream in) {
        this.in = new BufferedInputStream(in, LINE_BYTES);
    }

    /// The next packet, or null at the end. A time without attributes is a packet without any.
    @Nullable Packet next() throws IOException {
        String line = pending;
        long first = pendingOffset;
        pending = null;
        if (line == null) {
            line = firstLine();
            first = lineOffset;
        }
        if (line == null) {
            return null;
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        ContentHash content = new ContentHash();
        boolean isFirst = true;
        while (line != null && !line.isBlank()) {
            Matcher attribute = ATTRIBUTE.matcher(line);
            boolean isAttribute = attribute.matches();
            if (!isAttribute && !isFirst && !Character.isWhitespace(line.charAt(0))) {
                pending = line;
                pendingOffset = lineOffset;
                break;
            }
            if (isAttribute && attributes.size() < MOST_ATTRIBUTES) {
                add(attributes, content, attribute.group(1), attribute.group(2));
            }
            isFirst = false;
            line = line();
        }
        return new Packet(first, attributes, content.value());
    }

    private static void add(
            Map<String, String> attributes, ContentHash content, String named, String written) {
        String name = named.substring(named.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        name = name.replace('_', '-').replace("--", "-");
        name = name.startsWith("acme-") ? name.substring(5) : name;
        String value = unquoted(written.strip());
        Matcher pair = PAIR.matcher(value);
        if (pair.matches()) {
            String inner = pair.group(1).toLowerCase(Locale.ROOT);
            if (name.equals("cisco-avpair") || inner.equals(name)) {
                name = inner;
                value = unquoted(pair.group(2).strip());
            }
        }
        attributes.putIfAbsent(name, value);
        if (!OF_THE_DELIVERY.contains(name)) {
            content.add(name).add(value);
        }
    }

    private static String unquoted(String text) {
        boolean isQuoted =
                text.length() > 1
                        && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                        && text.charAt(text.length() - 1) == text.charAt(0);
        if (!isQuoted) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 2 < text.length()) {
                c = text.charAt(++i);
            }
            plain.append(c);
        }
        return plain.toString().strip();
    }

    private @Nullable String firstLine() throws IOException {
        String line = line();
        while (line != null && line.isBlank()) {
            line = line();
        }
        return line;
    }

    /// The next line, empty ones too; one that is too long in pieces.
    private @Nullable String line() throws IOException {
        lineOffset = offset;
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        int b = 0;
        while (line.size() < LINE_BYTES && b != '\n') {
            b = in.read();
            if (b < 0) {
                return offset == lineOffset ? null : line.toString(UTF_8);
            }
            offset++;
            if (b != '\r' && b != '\n') {
                line.write(b);
            }
        }
        return line.toString(UTF_8);
    }
}
