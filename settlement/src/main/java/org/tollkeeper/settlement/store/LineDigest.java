package org.tollkeeper.settlement.store;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.tollkeeper.settlement.LineKey;
import org.tollkeeper.settlement.Statement;
import org.tollkeeper.settlement.StatementLine;
import org.tollkeeper.settlement.Traffic;

/// The SHA-256 of everything a statement prints: equal digests, equal statements.
///
/// @param hex so that two compare as values
record LineDigest(String hex) {

    LineDigest(byte[] bytes) {
        this(HexFormat.of().formatHex(bytes));
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    static LineDigest of(Statement statement) {
        StringBuilder text = new StringBuilder();
        put(
                text,
                statement.period().from(),
                statement.period().end(),
                statement.agreement().currency(),
                statement.agreement().chargeDecimals());
        for (StatementLine line : statement.lines()) {
            put(text, line.kind().code(), line.due().minorUnits());
            switch (line) {
                case StatementLine.OfTraffic of -> {
                    put(text, of.key());
                    put(text, of.traffic());
                }
                case StatementLine.OfCommitment of ->
                        put(text, of.side(), of.destination(), plain(of.shortfallRate()));
                case StatementLine.Total of -> {
                    put(text, of.side());
                    put(text, of.traffic());
                }
                case StatementLine.Net of -> put(text, of.owed() == null ? "-" : of.owed());
            }
        }
        try {
            return new LineDigest(
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void put(StringBuilder text, LineKey key) {
        put(
                text,
                key.side(),
                key.destination(),
                plain(key.ratePerMinute()),
                key.band(),
                plain(key.tierFromMinutes()),
                key.origin(),
                key.jurisdictionLabel());
    }

    private static void put(StringBuilder text, Traffic traffic) {
        put(
                text,
                traffic.callCount(),
                traffic.actualSeconds(),
                traffic.billedSeconds(),
                traffic.chargeNanos());
    }

    /// Each value with its length before it, so that no two lists of values read the same.
    private static void put(StringBuilder text, Object... values) {
        for (Object value : values) {
            String shown = value.toString();
            text.append(shown.length()).append(':').append(shown);
        }
    }

    private static String plain(BigDecimal number) {
        return number.toPlainString();
    }
}
