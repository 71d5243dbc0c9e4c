package org.tollkeeper.rating;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.WallClock;
import org.tollkeeper.rating.PriceList.Price;

/// Which destinations have volume tiers in a month: their calls are priced one after the other,
/// since each moves the counter that the next one stands on. All other calls are priced by
/// themselves.
public final class TieredDestinations {

    private final Rater rater;
    private final Map<Month, Set<String>> destinations = new HashMap<>();
    private final Map<PriceList, List<List<Price>>> tieredCodes = new HashMap<>();

    private record Month(String agreement, Side side, YearMonth month) {}

    public TieredDestinations(Rater rater) {
        this.rater = rater;
    }

    /// Destinations of which some row in force in the month holds from a volume above 0.
    ///
    /// @param month in the agreement's zone
    public Set<String> in(Agreement agreement, Side side, YearMonth month) {
        return destinations.computeIfAbsent(
                new Month(agreement.id(), side, month), key -> find(agreement, side, month));
    }

    /// Destinations that have tiers at some time.
    public Set<String> ever(Agreement agreement, Side side) {
        Set<String> found = new TreeSet<>();
        for (PriceList list : rater.lists(agreement, side)) {
            codesWithTiers(list)
                    .forEach(prices -> prices.forEach(p -> found.add(p.row().destination())));
        }
        return found;
    }

    private Set<String> find(Agreement agreement, Side side, YearMonth month) {
        Instant from = start(month.atDay(1), agreement.timeZone());
        Instant end = start(month.plusMonths(1).atDay(1), agreement.timeZone());
        Set<String> found = new TreeSet<>();
        for (PriceList list : rater.lists(agreement, side)) {
            for (List<Price> prices : codesWithTiers(list)) {
                List<Price> ofMonth =
                        prices.stream()
                                .filter(p -> p.from().isBefore(end) && from.isBefore(p.end()))
                                .toList();
                if (ofMonth.stream().anyMatch(TieredDestinations::isTier)) {
                    ofMonth.forEach(price -> found.add(price.row().destination()));
                }
            }
        }
        return found;
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return WallClock.instant(day.atStartOfDay(), zone);
    }

    private List<List<Price>> codesWithTiers(PriceList list) {
        return tieredCodes.computeIfAbsent(
                list,
                l ->
                        l.pricesByCode().values().stream()
                                .filter(ps -> ps.stream().anyMatch(TieredDestinations::isTier))
                                .toList());
    }

    private static boolean isTier(Price price) {
        return price.row().tierFromMinutes().signum() > 0;
    }
}
