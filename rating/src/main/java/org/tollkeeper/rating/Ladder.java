package org.tollkeeper.rating;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.tollkeeper.model.DeckRow;

/// The rows of one code, origin, jurisdiction and band, which differ only in the volume from which
/// they hold: one row without tiers, several with.
///
/// @param rungs by rising volume, at least one
public record Ladder(List<DeckRow> rungs) {

    private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);

    static Ladder of(List<DeckRow> rows) {
        return new Ladder(
                rows.stream().sorted(Comparator.comparing(DeckRow::tierFromMinutes)).toList());
    }

    /// The row that stands for the ladder where no volume is known: its setup, minimum, increment
    /// and destination are those of all rungs.
    public DeckRow first() {
        return rungs.getFirst();
    }

    /// Which rung prices the billed second that comes after `volumeSeconds`. "Up to and including"
    /// belongs to the lower tier, and below the lowest rung that one holds.
    int rungAfter(long volumeSeconds) {
        int rung = 0;
        while (rung + 1 < rungs.size() && fromSeconds(rung + 1) <= volumeSeconds) {
            rung++;
        }
        return rung;
    }

    /// How many seconds after `volumeSeconds` the rung still prices.
    long secondsLeft(int rung, long volumeSeconds) {
        return rung + 1 == rungs.size() ? Long.MAX_VALUE : fromSeconds(rung + 1) - volumeSeconds;
    }

    private long fromSeconds(int rung) {
        return rungs.get(rung).tierFromMinutes().multiply(SECONDS_PER_MINUTE).longValueExact();
    }
}
