package org.tollkeeper.mediation;

import java.util.Locale;
import java.util.Set;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Switch;

/// How the numbers a switch writes become E.164: an international prefix goes, a national prefix
/// becomes the country code, short codes stay as they are.
///
/// @param shortCodes called numbers that no rule touches
public record NumberPlan(
        String internationalPrefix,
        String nationalPrefix,
        String countryCode,
        Set<String> shortCodes) {

    private static final int SHORTEST_CALLING = 5;

    public static NumberPlan of(Switch source) {
        return new NumberPlan(
                source.internationalPrefix(),
                source.nationalPrefix(),
                source.countryCode(),
                Set.copyOf(source.shortCodes()));
    }

    /// A number with its URI, blanks and punctuation gone, as a trunk's `strip` is compared with.
    ///
    /// @param number with its leading `+`, where there is one
    /// @param routing the `rn` of the URI, likewise cleaned; empty where there is none
    public record Received(String number, String routing) {

        public static Received of(String text) {
            return isPlain(text) ? new Received(text, "") : ofAny(text);
        }

        /// Whether it is digits, perhaps after a `+`, as nearly all are.
        private static boolean isPlain(String text) {
            for (int i = text.startsWith("+") ? 1 : 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < '0' || c > '9') {
                    return false;
                }
            }
            return true;
        }

        static Received ofAny(String text) {
            String uri = text.strip();
            int open = uri.indexOf('<');
            if (open >= 0 && uri.indexOf('>', open) > open) {
                uri = uri.substring(open + 1, uri.indexOf('>', open)).strip();
            }
            int colon = uri.indexOf(':');
            String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
            return switch (scheme) {
                case "sip", "sips" -> ofUser(userPart(uri.substring(colon + 1)));
                case "tel" -> ofUser(uri.substring(colon + 1));
                default -> new Received(clean(text), "");
            };
        }

        private static String userPart(String uri) {
            int at = uri.lastIndexOf('@');
            return at < 0 ? uri : uri.substring(0, at);
        }

        private static Received ofUser(String user) {
            String[] parts = user.split(";", -1);
            String number = parts[0];
            int password = number.indexOf(':');
            String routing = "";
            for (int i = 1; i < parts.length; i++) {
                if (parts[i].regionMatches(true, 0, "rn=", 0, 3)) {
                    routing = parts[i].substring(3);
                }
            }
            return new Received(
                    clean(unescaped(password < 0 ? number : number.substring(0, password))),
                    clean(unescaped(routing)));
        }

        /// `%2B` and `%23` in URIs stand for the `+` and the `#`.
        private static String unescaped(String text) {
            return text.indexOf('%') < 0
                    ? text
                    : text.replace("%2B", "+").replace("%2b", "+").replace("%23", "#");
        }

        private static String clean(String text) {
            StringBuilder clean = new StringBuilder(text.length());
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c != '-'
                        && c != '.'
                        && c != '('
                        && c != ')'
                        && c != '\u00a0'
                        && !Character.isWhitespace(c)) {
                    clean.append(c);
                }
            }
            return clean.length() == text.length() ? text : clean.toString();
        }
    }

    /// The called number after its trunk's strip and add; [Digits#NONE] when it is none.
    public Digits called(String number) {
        if (shortCodes.contains(number) && Digits.isDigits(number)) {
            return Digits.shortCode(number);
        }
        return digits(number);
    }

    /// The calling number; [Digits#NONE] unless it comes out as 5 to 15 digits.
    public Digits calling(String text) {
        Digits digits = digits(Received.of(text).number());
        return digits.length() < SHORTEST_CALLING ? Digits.NONE : digits;
    }

    /// A number in E.164; [Digits#NONE] when it is none.
    public Digits digits(String number) {
        String international;
        if (number.startsWith("+")) {
            international = number.substring(1);
        } else if (!internationalPrefix.isEmpty() && number.startsWith(internationalPrefix)) {
            international = number.substring(internationalPrefix.length());
        } else if (!nationalPrefix.isEmpty() && number.startsWith(nationalPrefix)) {
            international = countryCode + number.substring(nationalPrefix.length());
        } else {
            international = number;
        }
        return Digits.isDigits(international) ? Digits.of(international) : Digits.NONE;
    }
}
