package org.tollkeeper.settlement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BandPolicy;
import org.tollkeeper.model.ChargeRounding;
import org.tollkeeper.model.Commitment;
import org.tollkeeper.model.Cycle;
import org.tollkeeper.model.DurationRounding;
import org.tollkeeper.model.Excess;
import org.tollkeeper.model.LateUsage;
import org.tollkeeper.model.Measure;
import org.tollkeeper.model.Settlement;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.Tax;
import org.tollkeeper.model.TierMode;

/// Agreements for tests: US dollars, from the beginning of 2024, months, sender keeps all, nothing
/// netted or committed, unless said.
public final class Terms {

    private String id = "ACME-2024";
    private LocalDate from = LocalDate.parse("2024-01-01");
    private @Nullable LocalDate to;
    private String currency = "USD";
    private int chargeDecimals = 6;
    private Cycle cycle = Cycle.MONTHLY;
    private Settlement settlement = new Settlement.SenderKeepsAll();
    private boolean netting;
    private final List<Commitment> commitments = new ArrayList<>();

    // Of an imbalance.
    private Excess excess = Excess.OVER_RATIO;
    private Measure measure = Measure.BILLED;
    private @Nullable BigDecimal fixedPrice;
    private String minimumMinutes = "0";
    private int consecutivePeriods = 1;

    public Terms id(String id) {
        this.id = id;
        return this;
    }

    // to: inclusive; empty = open
    public Terms inForce(String from, String to) {
        this.from = LocalDate.parse(from);
        this.to = to.isEmpty() ? null : LocalDate.parse(to);
        return this;
    }

    public Terms currency(String currency) {
        this.currency = currency;
        return this;
    }

    public Terms chargeDecimals(int decimals) {
        this.chargeDecimals = decimals;
        return this;
    }

    public Terms cycle(Cycle cycle) {
        this.cycle = cycle;
        return this;
    }

    public Terms billAndKeep() {
        settlement = new Settlement.BillAndKeep();
        return this;
    }

    public Terms excess(Excess excess) {
        this.excess = excess;
        return this;
    }

    public Terms measure(Measure measure) {
        this.measure = measure;
        return this;
    }

    public Terms fixedPrice(String pricePerMinute) {
        this.fixedPrice = new BigDecimal(pricePerMinute);
        return this;
    }

    public Terms minimumMinutes(String minutes) {
        this.minimumMinutes = minutes;
        return this;
    }

    public Terms consecutivePeriods(int periods) {
        this.consecutivePeriods = periods;
        return this;
    }

    /// Imbalance, by all that was said of it so far.
    public Terms imbalance(String ratio) {
        settlement =
                new Settlement.Imbalance(
                        new BigDecimal(ratio),
                        excess,
                        measure,
                        fixedPrice,
                        new BigDecimal(minimumMinutes),
                        consecutivePeriods);
        return this;
    }

    public Terms netting() {
        this.netting = true;
        return this;
    }

    // destination: empty = all
    public Terms commitment(Side side, String minutes, String destination, String shortfallRate) {
        commitments.add(
                new Commitment(
                        side, new BigDecimal(minutes), destination, new BigDecimal(shortfallRate)));
        return this;
    }

    public Agreement agreement() {
        return new Agreement(
                id,
                "ACME",
                from,
                to,
                Currency.getInstance(currency),
                ZoneOffset.UTC,
                cycle,
                30,
                List.of(),
                settlement,
                netting,
                DurationRounding.UP,
                chargeDecimals,
                ChargeRounding.HALF_UP,
                TierMode.GRADUATED,
                BandPolicy.BY_START,
                List.copyOf(commitments),
                false,
                LateUsage.CORRECT,
                Tax.NONE);
    }
}
