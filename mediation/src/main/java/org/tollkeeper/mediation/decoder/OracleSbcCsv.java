package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.tollkeeper.model.Switch;

/// Local accounting files of Oracle (Acme Packet) session border controllers: a session event a
/// line, without header, columns by position. Which positions depends on the kind of line, the
/// release and what is switched on, so lines of several widths stand in one file: the setup time
/// tells where the front is, the number of columns or the four signalling addresses where the tail
/// is. Quotes are used now and then and not escaped.
final class OracleSbcCsv implements Decoder {

    private final OracleSession session;

    OracleSbcCsv(Switch source) {
        session = new OracleSession(source);
    }

    @Override
    public void decode(InputStream content, RecordSink records) throws IOException {
        LineReader lines = new LineReader(content, UTF_8);
        int number = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            OracleLine split = split(line);
            if (!OracleSession.isOfTheNode(split.text("acct-status-type"))) {
                CdrRecord.Builder record = CdrRecord.at(++number, lines.byteOffset());
                if (!split.hasSetup()) {
                    record.malformed(
                            "%d columns without a setup time in column 11, 12, 13 or 14"
                                    .formatted(split.width()));
                }
                session.fill(record, split, split.content());
                records.accept(record.build());
            }
        }
    }

    /// The fields of a line by the first way to take quotes that gives a known width, else by the
    /// first that finds the setup time.
    private static OracleLine split(String line) {
        OracleLine best = null;
        for (Quotes quotes : Quotes.values()) {
            OracleLine split = OracleLine.of(fields(line, quotes));
            if (split.isKnown()) {
                return split;
            }
            best = best == null || (!best.hasSetup() && split.hasSetup()) ? split : best;
        }
        return best == null ? OracleLine.of(List.of()) : best;
    }

    private enum Quotes {
        /// Every quote opens or closes.
        IN_PAIRS,
        /// A quote at the beginning of a field lasts to one before a comma.
        AROUND_FIELDS,
        /// Quotes mean nothing.
        TEXT
    }

    private static List<String> fields(String line, Quotes quotes) {
        List<String> fields = new ArrayList<>(180);
        int from = 0;
        boolean quoted = false;
        for (int i = 0; i <= line.length(); i++) {
            char c = i < line.length() ? line.charAt(i) : ',';
            boolean isEnd = i == line.length();
            if (c == '"' && quotes == Quotes.IN_PAIRS) {
                quoted = !quoted;
            } else if (c == '"' && quotes == Quotes.AROUND_FIELDS) {
                boolean closes = i + 1 == line.length() || line.charAt(i + 1) == ',';
                quoted = i == from || (quoted && !closes);
            }
            if (isEnd || (c == ',' && !quoted)) {
                fields.add(unquoted(line.substring(from, i)));
                from = i + 1;
            }
        }
        return fields;
    }

    private static String unquoted(String field) {
        String text = field.strip();
        if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
            return text;
        }
        return text.substring(1, text.length() - 1).replace("\"\"", "\"").strip();
    }

    /// The columns of a line by name.
    ///
    /// @param setup column of the setup time, from 1; 0 where there is none
    /// @param tail column of the charging vector, from which the later ones count; 0 if unknown
    private record OracleLine(List<String> fields, int setup, int tail, boolean isKnown)
            implements Attributes {

        private static final int STOP_SETUP = 14;
        private static final int START_SETUP = 12;

        /// From the charging vector to the first of the four signalling addresses.
        private static final int ADDRESSES = 11;

        static OracleLine of(List<String> fields) {
            int setup = 0;
            for (int at = START_SETUP - 1; at <= STOP_SETUP && setup == 0; at++) {
                setup = at <= fields.size() && GatewayTime.isTime(fields.get(at - 1)) ? at : 0;
            }
            int tail = setup == 0 ? 0 : knownTail(fields.size(), setup);
            return tail > 0
                    ? new OracleLine(fields, setup, tail, true)
                    : new OracleLine(fields, setup, tailBeforeAddresses(fields, setup), false);
        }

        private static int knownTail(int width, int setup) {
            return switch (setup) {
                case STOP_SETUP ->
                        switch (width) {
                            case 170, 171, 174, 175 -> 116;
                            case 269 -> 210;
                            default -> 0;
                        };
                case STOP_SETUP - 1 -> width == 168 || width == 169 ? 115 : 0;
                case START_SETUP ->
                        switch (width) {
                            case 122 -> 68;
                            case 127 -> 77;
                            default -> 0;
                        };
                default -> 0;
            };
        }

        private static int tailBeforeAddresses(List<String> fields, int setup) {
            for (int i = setup + 20; setup > 0 && i + 3 < fields.size(); i++) {
                if (isAddress(fields.get(i))
                        && isAddress(fields.get(i + 1))
                        && isAddress(fields.get(i + 2))
                        && isAddress(fields.get(i + 3))) {
                    return i + 1 - ADDRESSES;
                }
            }
            return 0;
        }

        private static boolean isAddress(String text) {
            int colon = text.lastIndexOf(':');
            return colon > 6
                    && Fields.smallNumber(text.substring(colon + 1)) != null
                    && text.substring(0, colon).matches("[0-9.]{7,15}|\\[?[0-9A-Fa-f:]{3,39}]?");
        }

        boolean hasSetup() {
            return setup > 0;
        }

        int width() {
            return fields.size();
        }

        long content() {
            return ContentHash.of(fields);
        }

        @Override
        public String text(String name) {
            boolean isStop = setup >= STOP_SETUP - 1;
            int column =
                    switch (name) {
                        case "acct-status-type" -> 1;
                        case "acct-session-id" -> 4;
                        case "session-ingress-callid" -> 5;
                        case "session-egress-callid" -> 6;
                        default -> setup == 0 ? 0 : isStop ? ofStop(name) : ofStart(name);
                    };
            if (column == 0 && tail > 0) {
                column = ofTail(name, isStop);
            }
            return column < 1 || column > fields.size() ? "" : fields.get(column - 1);
        }

        private int ofStart(String name) {
            return switch (name) {
                case "session-generic-id" -> setup - 3;
                case "calling-station-id" -> setup - 2;
                case "called-station-id" -> setup - 1;
                case "h323-setup-time" -> setup;
                case "h323-connect-time" -> setup + 1;
                case "session-egress-realm" -> setup + 6;
                case "session-ingress-realm" -> setup + 7;
                default -> 0;
            };
        }

        private int ofStop(String name) {
            return switch (name) {
                case "session-generic-id" -> setup - 5;
                case "calling-station-id" -> setup - 4;
                case "called-station-id" -> setup - 3;
                case "acct-session-time" -> setup - 1;
                case "h323-setup-time" -> setup;
                case "h323-connect-time" -> setup + 1;
                case "h323-disconnect-time" -> setup + 2;
                case "h323-disconnect-cause" -> setup + 3;
                case "session-egress-realm" -> setup + 8;
                case "session-ingress-realm" -> setup + 9;
                default -> isKnown ? ofMedia(name) : 0;
            };
        }

        /// The first stream's measures, which other releases have in other columns.
        private int ofMedia(String name) {
            return switch (name) {
                case "flowtype-fs1-f" -> setup + 11;
                case "calling-rtcp-avg-latency-fs1" -> setup + 24;
                case "calling-rtp-packets-lost-fs1" -> setup + 27;
                case "calling-rtp-avg-jitter-fs1" -> setup + 28;
                case "calling-packets-fs1" -> setup + 31;
                case "calling-r-factor" -> setup + 32;
                case "calling-mos" -> setup + 33;
                case "flowtype-fs1-r" -> setup + 35;
                case "called-r-factor" -> setup + 56;
                case "called-mos" -> setup + 57;
                default -> 0;
            };
        }

        private int ofTail(String name, boolean isStop) {
            int column =
                    switch (name) {
                        case "post-dial-delay" -> 4;
                        case "originating-trunk-group" -> 6;
                        case "terminating-trunk-group" -> 7;
                        case "ingress-remote-addr" -> 12;
                        case "egress-remote-addr" -> 14;
                        case "session-disposition" -> isStop ? 16 : 0;
                        case "disconnect-initiator" -> isStop ? 17 : 0;
                        case "disconnect-cause" -> isStop ? 18 : 0;
                        case "sip-status" -> isStop ? 19 : 0;
                        case "egress-final-routing-number" -> isStop ? 20 : 16;
                        case "cdr-sequence-number" ->
                                isKnown && hasSequence() ? fields.size() - tail : 0;
                        default -> 0;
                    };
            return column == 0 ? 0 : tail + column;
        }

        private boolean hasSequence() {
            return switch (fields.size()) {
                case 122, 127, 171, 175, 269 -> true;
                default -> false;
            };
        }
    }
}
