package org.tollkeeper.book;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.FxRate;
import org.tollkeeper.model.QualityTarget;

/// The pages that say what currencies are worth and how good destinations should be: `fx.csv`,
/// `targets.csv`.
record RatePages(Findings findings) {

    List<FxRate> fxRates(PageText text) {
        record Key(LocalDate date, String base, String quote) {}
        Map<Key, Place> seen = new HashMap<>();
        List<FxRate> rates = new ArrayList<>();
        new CsvPage(text, findings, List.of("date", "base", "quote", "rate"), List.of())
                .rows(row -> {
                    Field base = row.field("base");
                    Field quote = row.field("quote");
                    Field rate = row.field("rate");
                    int errors = findings.errorCount();
                    FxRate fx =
                            new FxRate(
                                    row.field("date").date(),
                                    base.currency(),
                                    quote.currency(),
                                    rate.decimal(null));
                    if (errors != findings.errorCount()) {
                        return;
                    }
                    if (fx.rate().signum() == 0) {
                        rate.wrong("a rate above 0", "write what 1 base is in quote");
                    }
                    if (fx.base().equals(fx.quote())) {
                        quote.wrong("another currency than the base", "mend one");
                    }
                    Key key = new Key(fx.date(), base.text(), quote.text());
                    Once.check(seen, key, row.field("date"));
                    rates.add(fx);
                });
        return rates;
    }

    /// @param destinations that decks name; null = not known
    List<QualityTarget> targets(PageText text, @Nullable Set<String> destinations) {
        Map<String, Place> seen = new HashMap<>();
        List<QualityTarget> targets = new ArrayList<>();
        List<String> limits = List.of("asr_min", "mos_min", "acd_min", "pdd_max");
        new CsvPage(text, findings, List.of("destination"), limits)
                .rows(row -> {
                    Field destination = row.field("destination");
                    String name = destination.required("the name of a destination");
                    if (Once.check(seen, name, destination)
                            && destinations != null
                            && !destinations.contains(name)) {
                        findings.warn(
                                destination.place(),
                                "the destination " + Field.quoted(name) + " of no deck",
                                "the target is never compared with calls");
                    }
                    targets.add(
                            new QualityTarget(
                                    name,
                                    row.field("asr_min").optionalDecimal(),
                                    row.field("mos_min").optionalDecimal(),
                                    row.field("acd_min").optionalDecimal(),
                                    row.field("pdd_max").optionalDecimal()));
                });
        return targets;
    }
}
