package org.tollkeeper.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BandPolicy;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Jurisdiction;
import org.tollkeeper.model.TierMode;
import org.tollkeeper.rating.Explanation.Step;

/// Walks the rules of the [Rater] once more for one call and writes down what each finds.
public final class Explainer {

    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm:ss", Locale.ENGLISH);
    private static final int SHOWN_DECIMALS = 12;

    private final Rater rater;

    public Explainer(Rater rater) {
        this.rater = rater;
    }

    /// Explains a side of a call.
    ///
    /// @param volumeSeconds as for [Rater#rate]
    /// @param standing the charge that stands; null = none
    public Explanation explain(
            CallSide call, long volumeSeconds, Explanation.@Nullable Standing standing) {
        List<Step> steps = new ArrayList<>();
        Outcome outcome = rater.rate(call, volumeSeconds);
        @Nullable Agreement agreement = rater.agreement(call);
        steps.add(agreement(call, agreement));
        if (agreement != null && Rater.covers(agreement, call.side())) {
            Digits number = Rater.pricedNumber(agreement, call);
            steps.add(number(call, agreement, number));
            code(steps, call, agreement, number);
        }
        if (outcome instanceof Charge charge) {
            charge(steps, call, charge, volumeSeconds);
        }
        return new Explanation(call, outcome, List.copyOf(steps), standing);
    }

    private static Step agreement(CallSide call, @Nullable Agreement agreement) {
        if (agreement == null) {
            return new Step(
                    "agreement", "none of " + call.carrier() + " in force at " + call.connectAt());
        }
        String terms =
                agreement.id()
                        + ", in force from "
                        + agreement.from()
                        + (agreement.to() == null ? "" : " through " + agreement.to())
                        + " ("
                        + agreement.timeZone()
                        + ")";
        return new Step(
                "agreement",
                Rater.covers(agreement, call.side())
                        ? terms
                        : terms + ", but it has no decks for the side " + call.side().label());
    }

    private static Step number(CallSide call, Agreement agreement, Digits number) {
        if (call.routing().isNone()) {
            return new Step("number", number + (number.isShortCode() ? ", a short code" : ""));
        }
        return new Step(
                "number",
                agreement.routingNumber()
                        ? call.routing() + ", the routing number, by which the agreement rates"
                        : call.called()
                                + "; the routing number "
                                + call.routing()
                                + " takes no part");
    }

    private void code(List<Step> steps, CallSide call, Agreement agreement, Digits number) {
        List<String> decks = agreement.decks(call.side(), call.product());
        if (decks.isEmpty()) {
            steps.add(new Step("deck", "none for the product '" + call.product() + "'"));
        }
        for (String deck : decks) {
            PriceList list = rater.list(deck, agreement.timeZone());
            List<DeckRow> rows = list.longestMatch(number, call.connectAt());
            if (rows.isEmpty()) {
                steps.add(new Step("deck", deck + " has no code in force for the number"));
                otherCodes(steps, list, number, "", call.connectAt(), agreement.timeZone());
                continue;
            }
            String code = rows.getFirst().code();
            steps.add(
                    new Step(
                            "deck",
                            decks.size() == 1
                                    ? deck
                                    : deck + ", the first of " + decks + " with a code in force"));
            boolean blocked = rows.stream().anyMatch(DeckRow::blocked);
            steps.add(
                    new Step(
                            "code",
                            code
                                    + " "
                                    + rows.getFirst().destination()
                                    + (blocked
                                            ? ", blocked: no other code or deck is tried"
                                            : "")));
            otherCodes(steps, list, number, code, call.connectAt(), agreement.timeZone());
            if (!blocked) {
                narrow(steps, call, number, list, rows);
            }
            return;
        }
    }

    /// The other codes the number begins with, and why they were not taken.
    private static void otherCodes(
            List<Step> steps,
            PriceList list,
            Digits number,
            String taken,
            Instant connectAt,
            ZoneId zone) {
        String digits = number.toString();
        List<String> others = new ArrayList<>();
        for (int length = digits.length(); length > 0; length--) {
            String code = digits.substring(0, length);
            List<PriceList.Price> prices = list.pricesOf(code);
            if (prices.isEmpty() || code.equals(taken)) {
                continue;
            }
            others.add(
                    code + " " + whyNot(prices, number, length < taken.length(), connectAt, zone));
        }
        if (!others.isEmpty()) {
            steps.add(new Step("not taken", String.join("\n", others)));
        }
    }

    private static String whyNot(
            List<PriceList.Price> prices,
            Digits number,
            boolean shorter,
            Instant connectAt,
            ZoneId zone) {
        String name = prices.getFirst().row().destination();
        if (prices.stream().anyMatch(price -> price.inForceAt(connectAt))) {
            return name
                    + (shorter
                            ? ": shorter"
                            : number.isShortCode()
                                    ? ": not the whole short code"
                                    : ": not reached");
        }
        Instant ended = Instant.MIN;
        Instant begins = Instant.MAX;
        for (PriceList.Price price : prices) {
            if (!price.end().isAfter(connectAt) && price.end().isAfter(ended)) {
                ended = price.end();
            }
            if (price.from().isAfter(connectAt) && price.from().isBefore(begins)) {
                begins = price.from();
            }
        }
        return name
                + ": not in force"
                + (ended.equals(Instant.MIN) ? "" : ", ended " + local(ended, zone))
                + (begins.equals(Instant.MAX) ? "" : ", begins " + local(begins, zone));
    }

    private void narrow(
            List<Step> steps, CallSide call, Digits number, PriceList list, List<DeckRow> rows) {
        List<DeckRow> left = rater.ofOrigin(rows, call.calling());
        if (rows.stream().anyMatch(row -> !row.origin().isEmpty())) {
            steps.add(new Step("origin", origin(call.calling(), left)));
        }
        String band = list.clock().bandAt(call.connectAt());
        if (left.stream().anyMatch(row -> row.jurisdiction() != null)) {
            steps.add(new Step("jurisdiction", jurisdiction(call, number, left, band)));
        }
        if (!list.deck().windows().isEmpty()) {
            steps.add(new Step("band", band + ", since the wall clock reads " + wallClock(call)));
        }
        @Nullable Tariff tariff = rater.tariff(call) instanceof Tariff found ? found : null;
        if (tariff == null) {
            steps.add(new Step("row", "no row is left for this origin and hour"));
        }
    }

    private String origin(Digits calling, List<DeckRow> left) {
        String caller = calling.isNone() ? "no calling number" : "caller " + calling;
        if (left.isEmpty()) {
            return caller + ": no origin set holds it, and no row is for any origin";
        }
        String origin = left.getFirst().origin();
        return origin.isEmpty()
                ? caller + ": no origin set holds it, so the rows for any origin"
                : caller + ": " + origin + " holds " + rater.originPrefix(origin, calling);
    }

    private String jurisdiction(CallSide call, Digits number, List<DeckRow> rows, String band) {
        Jurisdiction jurisdiction = rater.jurisdiction(call.calling(), number);
        List<DeckRow> taken = Rater.ofJurisdiction(rows, jurisdiction, band);
        String states = known(rater.state(call.calling())) + " to " + known(rater.state(number));
        String found = jurisdiction.label() + " (" + states + ")";
        if (taken.isEmpty() || taken.getFirst().jurisdiction() == jurisdiction) {
            return found;
        }
        @Nullable Jurisdiction priced = taken.getFirst().jurisdiction();
        return found
                + ", for which there is no row: "
                + (priced == null ? "the row for any" : priced.label() + ", the dearer");
    }

    private static String known(@Nullable String state) {
        return state == null ? "unknown" : state;
    }

    private String wallClock(CallSide call) {
        @Nullable Agreement agreement = rater.agreement(call);
        ZoneId zone = agreement == null ? ZoneId.of("UTC") : agreement.timeZone();
        return local(call.connectAt(), zone) + " in " + zone;
    }

    private static String local(Instant instant, ZoneId zone) {
        return LOCAL.format(instant.atZone(zone));
    }

    private void charge(List<Step> steps, CallSide call, Charge charge, long volumeSeconds) {
        Agreement agreement = charge.agreement();
        steps.add(new Step("price", price(charge.firstRow())));
        tier(steps, call, charge, volumeSeconds);
        steps.add(
                new Step(
                        "duration",
                        call.durationMs()
                                + " ms, rounded "
                                + agreement.duration().label()
                                + ": "
                                + charge.actualSeconds()
                                + " s"));
        steps.add(new Step("billed", billed(charge)));
        steps.add(new Step("amount", amount(charge)));
        steps.add(
                new Step(
                        "rounding",
                        agreement.chargeRounding().label()
                                + " to "
                                + agreement.chargeDecimals()
                                + " decimals: "
                                + charge.amount().toPlainString()
                                + " "
                                + agreement.currency()));
    }

    private static String price(DeckRow row) {
        String price = row.ratePerMinute().toPlainString() + " a minute";
        if (row.setup().signum() != 0) {
            price += " and " + row.setup().toPlainString() + " a call";
        }
        return price
                + (row.effective() == null ? "" : ", effective " + row.effective())
                + (row.expires() == null ? "" : ", expires " + row.expires());
    }

    private void tier(List<Step> steps, CallSide call, Charge charge, long volumeSeconds) {
        if (rater.tariff(call) instanceof Tariff tariff
                && tariff.connectLadder().rungs().size() > 1) {
            List<BigDecimal> tiers =
                    tariff.connectLadder().rungs().stream().map(DeckRow::tierFromMinutes).toList();
            String volume =
                    minutes(volumeSeconds)
                            + (charge.agreement().tiers() == TierMode.GRADUATED
                                    ? " min of " + tariff.destination() + " before it this month"
                                    : " min of " + tariff.destination() + " in the whole month");
            String taken =
                    charge.parts().stream()
                            .map(part -> part.row().tierFromMinutes().toPlainString())
                            .distinct()
                            .reduce((one, other) -> one + ", then " + other)
                            .orElseThrow();
            steps.add(
                    new Step(
                            "tier",
                            volume
                                    + ", "
                                    + charge.agreement().tiers().label()
                                    + " from "
                                    + tiers
                                    + " min: the tier from "
                                    + taken));
        }
    }

    private static String minutes(long seconds) {
        return BigDecimal.valueOf(seconds)
                .divide(BigDecimal.valueOf(60), 3, RoundingMode.DOWN)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String billed(Charge charge) {
        DeckRow first = charge.firstRow();
        String blocks =
                "first block %d s, then blocks of %d s"
                        .formatted(first.minimumSeconds(), first.incrementSeconds());
        if (charge.actualSeconds() == 0) {
            return "0 s: no first block and no setup fee";
        }
        if (charge.parts().size() == 1) {
            return blocks + ": " + charge.billedSeconds() + " s";
        }
        StringBuilder text = new StringBuilder(String.valueOf(charge.billedSeconds()));
        text.append(" s in parts");
        if (charge.agreement().bands() != BandPolicy.BY_START) {
            text.append(" (").append(charge.agreement().bands().label()).append(')');
        }
        for (Charge.Part part : charge.parts()) {
            text.append('\n')
                    .append(part.billedSeconds())
                    .append(" s at ")
                    .append(part.row().ratePerMinute().toPlainString())
                    .append(part.row().band().isEmpty() ? "" : ", " + part.row().band())
                    .append(
                            part.row().tierFromMinutes().signum() == 0
                                    ? ""
                                    : ", tier from " + part.row().tierFromMinutes() + " min")
                    .append(", blocks ")
                    .append(part.row().minimumSeconds())
                    .append('/')
                    .append(part.row().incrementSeconds())
                    .append(" s: ")
                    .append(part.amount().toPlainString());
        }
        return text.toString();
    }

    private static String amount(Charge charge) {
        if (charge.billedSeconds() == 0) {
            return "0";
        }
        BigDecimal sixtyfold = charge.firstRow().setup().multiply(BigDecimal.valueOf(60));
        StringBuilder sum = new StringBuilder();
        if (charge.firstRow().setup().signum() != 0) {
            sum.append("setup ").append(charge.firstRow().setup().toPlainString());
        }
        for (Charge.Part part : charge.parts()) {
            sum.append(sum.isEmpty() ? "" : " + ")
                    .append(part.billedSeconds())
                    .append(" s × ")
                    .append(part.row().ratePerMinute().toPlainString())
                    .append(" / 60");
            sixtyfold =
                    sixtyfold.add(
                            part.row()
                                    .ratePerMinute()
                                    .multiply(BigDecimal.valueOf(part.billedSeconds())));
        }
        BigDecimal shown =
                sixtyfold.divide(BigDecimal.valueOf(60), SHOWN_DECIMALS, RoundingMode.DOWN);
        boolean exact = shown.multiply(BigDecimal.valueOf(60)).compareTo(sixtyfold) == 0;
        BigDecimal plain = exact ? shown.stripTrailingZeros() : shown;
        return sum + " = " + plain.toPlainString() + (exact ? "" : "…");
    }
}
