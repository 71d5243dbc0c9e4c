package org.tollkeeper.settlement;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Jurisdiction;
import org.tollkeeper.model.Side;

/// What the traffic on one line of a statement has in common. Rates and tiers are the same when
/// they are worth the same: 0.05 and 0.0500 share a line, so compare keys by [#ORDER].
///
/// @param ratePerMinute with the decimals it is printed with
/// @param band empty = all hours
/// @param tierFromMinutes of the tier; 0 = from the first minute
/// @param origin empty = any origin
/// @param jurisdiction null = any
public record LineKey(
        Side side,
        String destination,
        BigDecimal ratePerMinute,
        String band,
        BigDecimal tierFromMinutes,
        String origin,
        @Nullable Jurisdiction jurisdiction) {

    /// Text as exports order it: by its UTF-8 bytes.
    static final Comparator<String> TEXT =
            (a, b) ->
                    Arrays.compareUnsigned(
                            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    /// The order of a statement's lines; 0 where two keys share a line.
    public static final Comparator<LineKey> ORDER =
            Comparator.<LineKey, String>comparing(key -> key.side.label(), TEXT)
                    .thenComparing(LineKey::destination, TEXT)
                    .thenComparing(LineKey::ratePerMinute)
                    .thenComparing(LineKey::band, TEXT)
                    .thenComparing(LineKey::tierFromMinutes)
                    .thenComparing(LineKey::origin, TEXT)
                    .thenComparing(LineKey::jurisdictionLabel, TEXT);

    /// The label of the jurisdiction, empty when any.
    public String jurisdictionLabel() {
        return jurisdiction == null ? "" : jurisdiction.label();
    }

    /// The key of a line that both share: numbers with the most decimals that occur.
    LineKey sharedWith(LineKey other) {
        return new LineKey(
                side,
                destination,
                longer(ratePerMinute, other.ratePerMinute),
                band,
                longer(tierFromMinutes, other.tierFromMinutes),
                origin,
                jurisdiction);
    }

    private static BigDecimal longer(BigDecimal a, BigDecimal b) {
        return a.scale() >= b.scale() ? a : b;
    }
}
