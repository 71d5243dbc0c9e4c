package org.tollkeeper.book;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Excess;
import org.tollkeeper.model.Measure;
import org.tollkeeper.model.Settlement;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// What stands under `settlement` in an agreement.
record SettlementTerms(YamlPage page, Findings findings) {

    private static final List<String> MODEL_KEYS = List.of("model");
    private static final List<String> IMBALANCE_KEYS =
            List.of(
                    "model",
                    "ratio",
                    "excess",
                    "measure",
                    "price",
                    "minimumMinutes",
                    "consecutivePeriods");
    private static final List<String> MODELS =
            List.of("sender-keeps-all", "bill-and-keep", "imbalance");
    private static final int MOST_PERIODS = 1000;

    Settlement read(YamlEntry agreement) {
        @Nullable YamlEntry any = agreement.entry("settlement", List.of());
        if (any == null) {
            return new Settlement.SenderKeepsAll();
        }
        String model =
                any.field("model")
                        .reference(
                                Set.copyOf(MODELS),
                                "one of " + String.join(", ", MODELS),
                                "write one of them");
        boolean imbalance = model.equals("imbalance");
        if (!model.isEmpty()) {
            // Read again for its keys, now that the model says which may stand.
            agreement.entry("settlement", imbalance ? IMBALANCE_KEYS : MODEL_KEYS);
        }
        if (model.equals("bill-and-keep")) {
            return new Settlement.BillAndKeep();
        }
        return imbalance ? imbalance(any) : new Settlement.SenderKeepsAll();
    }

    private Settlement imbalance(YamlEntry entry) {
        Field ratio = entry.field("ratio");
        BigDecimal r = ratio.decimal(BigDecimal.ONE);
        if (r.compareTo(BigDecimal.ONE) < 0) {
            if (r.signum() > 0 || ratio.text().matches("0+(\\.0+)?")) {
                ratio.wrong("a ratio of 1 or more", "write r of r:1 for the heavier side");
            }
            r = BigDecimal.ONE;
        }
        return new Settlement.Imbalance(
                r,
                entry.field("excess").term(Excess.class, Excess.OVER_RATIO),
                entry.field("measure").term(Measure.class, Measure.BILLED),
                fixedPrice(entry),
                entry.field("minimumMinutes").decimal(BigDecimal.ZERO),
                entry.field("consecutivePeriods").whole(1, 1, MOST_PERIODS));
    }

    private @Nullable BigDecimal fixedPrice(YamlEntry entry) {
        @Nullable Node price = entry.node("price");
        if (price == null) {
            return null;
        }
        if (price instanceof ScalarNode scalar) {
            if (!scalar.getValue().equals("blended")) {
                entry.field("price")
                        .wrong("blended or {fixed: a price per minute}", "write one of them");
            }
            return null;
        }
        @Nullable YamlEntry fixed = page.entry(price, "a price", List.of("fixed"));
        return fixed == null ? null : fixed.field("fixed").decimal(null);
    }
}
