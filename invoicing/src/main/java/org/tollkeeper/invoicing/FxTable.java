package org.tollkeeper.invoicing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.FxRate;

/// The exchange rates of the book: of a pair of currencies, the newest on or before a day.
public final class FxTable {

    private record Pair(Currency base, Currency quote) {}

    private final Map<Pair, NavigableMap<LocalDate, BigDecimal>> rates = new HashMap<>();

    public FxTable(List<FxRate> published) {
        for (FxRate rate : published) {
            rates.computeIfAbsent(new Pair(rate.base(), rate.quote()), any -> new TreeMap<>())
                    .put(rate.date(), rate.rate());
        }
    }

    /// An amount in another currency, exact but for a rate that is only published the other way
    /// round, which is divided by to 34 digits.
    ///
    /// @return null when no rate of the pair was published on or before `day`
    public @Nullable BigDecimal convert(
            BigDecimal amount, Currency from, Currency to, LocalDate day) {
        if (from.equals(to)) {
            return amount;
        }
        BigDecimal direct = rate(from, to, day);
        if (direct != null) {
            return amount.multiply(direct);
        }
        BigDecimal inverse = rate(to, from, day);
        return inverse == null ? null : amount.divide(inverse, MathContext.DECIMAL128);
    }

    private @Nullable BigDecimal rate(Currency base, Currency quote, LocalDate day) {
        NavigableMap<LocalDate, BigDecimal> published = rates.get(new Pair(base, quote));
        Map.Entry<LocalDate, BigDecimal> newest =
                published == null ? null : published.floorEntry(day);
        return newest == null ? null : newest.getValue();
    }
}
