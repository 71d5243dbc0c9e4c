package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Map;

/// What FreeSWITCH says of one leg of a call, whether in JSON or in XML.
///
/// @param direction `inbound` for the leg that came in, `outbound` for one that it made
/// @param variables of the channel, decoded
/// @param times of its first segment, microseconds since 1970, 0 = never
/// @param caller profile of its first segment, before any transfer
/// @param originator profile of the leg that made this one; empty if none did
/// @param originatee profile of the leg that this one made last; empty if it made none
record FreeswitchDocument(
        String direction,
        Map<String, String> variables,
        Map<String, String> times,
        Map<String, String> caller,
        Map<String, String> originator,
        Map<String, String> originatee) {

    boolean isOutbound() {
        return direction.equals("outbound");
    }

    String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    /// A variable, or a field of a profile: `caller.ani`, `originator.network_addr`.
    String field(String name) {
        int point = name.indexOf('.');
        return switch (point < 0 ? "" : name.substring(0, point)) {
            case "caller" -> caller.getOrDefault(name.substring(point + 1), "");
            case "originator" -> originator.getOrDefault(name.substring(point + 1), "");
            case "originatee" -> originatee.getOrDefault(name.substring(point + 1), "");
            default -> variable(name);
        };
    }

    /// The first of some fields that is not empty.
    String first(String... names) {
        for (String name : names) {
            String text = field(name);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /// A value with its percent signs decoded, once; as it is when one of them is no code.
    static String decoded(String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        byte[] encoded = value.getBytes(UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] != '%') {
                bytes.write(encoded[i]);
                continue;
            }
            int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(encoded[i + 2], 16);
            if (low < 0) {
                return value;
            }
            bytes.write(16 * high + low);
            i += 2;
        }
        return bytes.toString(UTF_8);
    }
}
