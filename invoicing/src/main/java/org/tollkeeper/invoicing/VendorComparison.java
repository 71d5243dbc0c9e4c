package org.tollkeeper.invoicing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Money;

/// Our expected invoice of a period beside the vendor's summary, destination by destination.
///
/// @param differences by destination; those that agree are among them
public record VendorComparison(
        String carrier,
        String agreement,
        BillingPeriod period,
        Currency currency,
        List<Difference> differences) {

    /// Compares our volumes with the vendor's. Destinations are matched by name, whatever the case
    /// of its letters.
    public static VendorComparison of(
            String carrier,
            String agreement,
            BillingPeriod period,
            Currency currency,
            List<Volume> ours,
            List<Volume> theirs) {
        Map<String, Volume> left = new LinkedHashMap<>();
        for (Volume volume : ours) {
            left.merge(key(volume), volume, Volume::plus);
        }
        Map<String, Volume> vendor = new LinkedHashMap<>();
        for (Volume volume : theirs) {
            vendor.merge(key(volume), volume, Volume::plus);
        }
        Map<String, Difference> found = new TreeMap<>();
        vendor.forEach((key, volume) -> {
            Volume own = left.remove(key);
            found.put(
                    key, own == null ? Difference.onlyTheirs(volume) : Difference.of(own, volume));
        });
        left.forEach((key, volume) -> found.put(key, Difference.onlyOurs(volume)));
        return new VendorComparison(
                carrier, agreement, period, currency, new ArrayList<>(found.values()));
    }

    /// The volumes of a document's lines, a shortfall by itself.
    public static List<Volume> volumes(List<DocumentLine> lines) {
        Map<String, List<DocumentLine>> byDestination = new LinkedHashMap<>();
        for (DocumentLine line : lines) {
            String name = line.tierFrom() == null ? line.description() : line.destination();
            byDestination.computeIfAbsent(name, any -> new ArrayList<>()).add(line);
        }
        List<Volume> volumes = new ArrayList<>();
        byDestination.forEach((name, of) -> volumes.add(volume(name, of)));
        return volumes;
    }

    private static Volume volume(String destination, List<DocumentLine> lines) {
        long calls = 0;
        long seconds = 0;
        Money amount = Money.zero(lines.getFirst().amount().currency());
        for (DocumentLine line : lines) {
            calls += line.callCount();
            seconds += line.billedSeconds();
            amount = amount.plus(line.amount());
        }
        return new Volume(destination, calls, BigDecimal.valueOf(seconds), amount);
    }

    /// All destinations together; null on a side that has nothing.
    public Difference total() {
        @Nullable Volume ours = null;
        @Nullable Volume theirs = null;
        Money zero = Money.zero(currency);
        Money difference = zero;
        Money volumePart = zero;
        Money ratePart = zero;
        for (Difference each : differences) {
            ours = plus(ours, each.ours());
            theirs = plus(theirs, each.theirs());
            difference = difference.plus(each.difference());
            volumePart = volumePart.plus(each.volumePart());
            ratePart = ratePart.plus(each.ratePart());
        }
        return new Difference("Total", ours, theirs, difference, volumePart, ratePart);
    }

    private static @Nullable Volume plus(@Nullable Volume sum, @Nullable Volume each) {
        return sum == null ? each : each == null ? sum : sum.plus(each);
    }

    private static String key(Volume volume) {
        return volume.destination().strip().toLowerCase(Locale.ROOT);
    }
}
