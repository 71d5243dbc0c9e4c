package org.tollkeeper.book;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BandPolicy;
import org.tollkeeper.model.ChargeRounding;
import org.tollkeeper.model.Commitment;
import org.tollkeeper.model.Cycle;
import org.tollkeeper.model.DeckList;
import org.tollkeeper.model.DurationRounding;
import org.tollkeeper.model.LateUsage;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.Tax;
import org.tollkeeper.model.TaxCategory;
import org.tollkeeper.model.TierMode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// `agreements.yaml`.
final class AgreementsPage {

    private static final List<String> KEYS =
            List.of(
                    "id",
                    "carrier",
                    "from",
                    "to",
                    "currency",
                    "timeZone",
                    "cycle",
                    "dueDays",
                    "sell",
                    "buy",
                    "settlement",
                    "netting",
                    "duration",
                    "chargeDecimals",
                    "chargeRounding",
                    "tiers",
                    "bands",
                    "commitment",
                    "routingNumber",
                    "lateUsage",
                    "tax");
    private static final List<String> COMMITMENT_KEYS =
            List.of("minutes", "destination", "shortfallRate", "side");
    private static final List<String> TAX_KEYS = List.of("category", "percent", "note");
    private static final int MOST_DUE_DAYS = 3650;

    private final Findings findings;
    private final YamlPage page;
    private final @Nullable Set<String> carriers;
    private final KnownDecks decks;

    /// @param carriers null = not known
    AgreementsPage(
            Findings findings, YamlPage page, @Nullable Set<String> carriers, KnownDecks decks) {
        this.findings = findings;
        this.page = page;
        this.carriers = carriers;
        this.decks = decks;
    }

    /// Null when the file cannot be read at all.
    @Nullable List<Agreement> read() {
        @Nullable List<YamlEntry> entries = page.entries("an agreement", KEYS);
        if (entries == null) {
            return null;
        }
        List<Agreement> agreements = new ArrayList<>();
        List<Placed<Agreement>> sound = new ArrayList<>();
        Map<String, Place> places = new HashMap<>();
        for (YamlEntry entry : entries) {
            int errors = findings.errorCount();
            Field id = entry.field("id");
            Once.check(places, id.fileName("the name of an agreement"), id);
            Agreement agreement = agreement(entry, id.text());
            agreements.add(agreement);
            if (errors == findings.errorCount()) {
                sound.add(new Placed<>(agreement, entry.place("from")));
            }
        }
        checkOneInForce(sound);
        return agreements;
    }

    private Agreement agreement(YamlEntry entry, String id) {
        List<DeckList> lists = new ArrayList<>(deckLists(entry, Side.SELL));
        lists.addAll(deckLists(entry, Side.BUY));
        Agreement agreement =
                new Agreement(
                        id,
                        entry.field("carrier")
                                .reference(
                                        carriers,
                                        "a carrier of carriers.csv",
                                        "add it there or mend the name"),
                        entry.field("from").date(),
                        entry.field("to").optionalDate(),
                        entry.field("currency").currency(),
                        entry.field("timeZone").zone(ZoneId.of("UTC")),
                        entry.field("cycle").term(Cycle.class, Cycle.MONTHLY),
                        entry.field("dueDays").whole(30, 0, MOST_DUE_DAYS),
                        lists,
                        new SettlementTerms(page, findings).read(entry),
                        entry.field("netting").truth(false),
                        entry.field("duration").term(DurationRounding.class, DurationRounding.UP),
                        entry.field("chargeDecimals").whole(6, 2, 9),
                        entry.field("chargeRounding")
                                .term(ChargeRounding.class, ChargeRounding.HALF_UP),
                        entry.field("tiers").term(TierMode.class, TierMode.GRADUATED),
                        entry.field("bands").term(BandPolicy.class, BandPolicy.BY_START),
                        commitments(entry, lists),
                        entry.field("routingNumber").truth(false),
                        entry.field("lateUsage").term(LateUsage.class, LateUsage.CORRECT),
                        tax(entry.entry("tax", TAX_KEYS)));
        checkDates(entry, agreement);
        checkCurrencies(entry, agreement);
        if (agreement.tiers() == TierMode.ALL_UNITS && agreement.cycle() != Cycle.MONTHLY) {
            entry.field("tiers")
                    .wrong(
                            "graduated, as the cycle is " + agreement.cycle().label(),
                            "tiers count by calendar month: make the cycle monthly or the tiers"
                                    + " graduated");
        }
        if (lists.isEmpty()) {
            findings.warn(
                    entry.place(), "neither sell nor buy in " + id, "no call can be priced by it");
        }
        return agreement;
    }

    private static void checkDates(YamlEntry entry, Agreement agreement) {
        @Nullable LocalDate to = agreement.to();
        if (to != null && to.isBefore(agreement.from())) {
            entry.field("to")
                    .wrong(
                            "a day on or after " + entry.field("from").text(),
                            "swap or mend the two dates");
        }
    }

    private List<DeckList> deckLists(YamlEntry entry, Side side) {
        @Nullable Node node = entry.node(side.label());
        if (node == null) {
            return List.of();
        }
        if (node instanceof SequenceNode) {
            List<String> names = deckNames(entry.fields(side.label()));
            return names.isEmpty() ? List.of() : List.of(new DeckList(side, "", names));
        }
        if (!(node instanceof MappingNode)) {
            findings.error(
                    page.place(node),
                    "for " + side.label() + " " + YamlPage.kindOf(node),
                    "a list of decks, or such lists by product",
                    "write it in [ ]");
            return List.of();
        }
        List<DeckList> lists = new ArrayList<>();
        @Nullable YamlEntry products = entry.entry(side.label(), List.of());
        if (products != null) {
            for (String product : products.keys().stream().sorted().toList()) {
                List<String> names = deckNames(products.fields(product));
                if (!names.isEmpty()) {
                    lists.add(new DeckList(side, product, names));
                }
            }
        }
        return lists;
    }

    private List<String> deckNames(List<Field> fields) {
        List<String> names = new ArrayList<>();
        for (Field field : fields) {
            String name =
                    field.reference(
                            decks.names(), "a deck of decks.yaml", "add it there or mend the name");
            if (names.contains(name)) {
                findings.warn(
                        field.place(),
                        "the deck " + Field.quoted(name) + " a second time",
                        "it is asked only once");
            } else if (!name.isEmpty()) {
                names.add(name);
                decks.use(name);
            }
        }
        return names;
    }

    private void checkCurrencies(YamlEntry entry, Agreement agreement) {
        for (DeckList list : agreement.deckLists()) {
            for (String deck : list.decks()) {
                @Nullable String currency = decks.currency(deck);
                String own = agreement.currency().getCurrencyCode();
                if (currency != null && !own.equals("XXX") && !own.equals(currency)) {
                    findings.error(
                            entry.place(list.side().label()),
                            "the deck " + Field.quoted(deck) + " in " + currency,
                            "decks in the agreement's currency " + own,
                            "change one of the currencies or take another deck");
                }
            }
        }
    }

    private List<Commitment> commitments(YamlEntry entry, List<DeckList> lists) {
        @Nullable Node node = entry.node("commitment");
        if (node == null) {
            return List.of();
        }
        List<YamlEntry> entries;
        if (node instanceof MappingNode) {
            @Nullable YamlEntry only = entry.entry("commitment", COMMITMENT_KEYS);
            entries = only == null ? List.of() : List.of(only);
        } else {
            entries = entry.entries("commitment", "a commitment", COMMITMENT_KEYS);
        }
        List<Commitment> commitments = new ArrayList<>();
        for (YamlEntry terms : entries) {
            Field destination = terms.field("destination");
            Side side = terms.field("side").term(Side.class, Side.SELL);
            if (destination.given() && !decks.priceOn(lists, side, destination.text())) {
                destination.wrong(
                        "a destination of the agreement's " + side.label() + " decks",
                        "write it as the deck does");
            }
            commitments.add(
                    new Commitment(
                            side,
                            terms.field("minutes").decimal(null),
                            destination.text(),
                            terms.field("shortfallRate").decimal(null)));
        }
        return commitments;
    }

    private Tax tax(@Nullable YamlEntry entry) {
        if (entry == null) {
            return Tax.NONE;
        }
        Field percent = entry.field("percent");
        Tax tax =
                new Tax(
                        entry.field("category").term(TaxCategory.class, null),
                        percent.decimal(BigDecimal.ZERO),
                        entry.field("note").text());
        boolean standard = tax.category() == TaxCategory.STANDARD;
        if (standard != tax.percent().signum() > 0) {
            findings.warn(
                    percent.place(),
                    tax.percent().toPlainString()
                            + " percent of tax in category "
                            + tax.category().label(),
                    "EN 16931 wants a rate above 0 for S and 0 for all others");
        }
        return tax;
    }

    private void checkOneInForce(List<Placed<Agreement>> agreements) {
        Map<String, Placed<Agreement>> last = new HashMap<>();
        List<Placed<Agreement>> inOrder = new ArrayList<>(agreements);
        inOrder.sort(Comparator.comparing(placed -> placed.part().fromInstant()));
        for (Placed<Agreement> later : inOrder) {
            Agreement agreement = later.part();
            @Nullable Placed<Agreement> earlier = last.get(agreement.carrier());
            if (earlier != null && earlier.part().inForceAt(agreement.fromInstant())) {
                findings.error(
                        later.place(),
                        "%s in force from %s, while %s is"
                                .formatted(
                                        agreement.id(),
                                        agreement.fromInstant(),
                                        earlier.part().id()),
                        "one agreement with " + agreement.carrier() + " in force at an instant",
                        "end "
                                + earlier.part().id()
                                + " before "
                                + agreement.id()
                                + " begins, each on the clock of its own time zone");
            }
            if (earlier == null || endsLater(agreement, earlier.part())) {
                last.put(agreement.carrier(), later);
            }
        }
        warnOfIdle(new HashSet<>(last.keySet()));
    }

    private static boolean endsLater(Agreement a, Agreement b) {
        if (b.endInstant() == null) {
            return false;
        }
        return a.endInstant() == null || a.endInstant().isAfter(b.endInstant());
    }

    private void warnOfIdle(Set<String> withAgreement) {
        if (carriers != null) {
            carriers.stream()
                    .filter(carrier -> !carrier.isEmpty() && !withAgreement.contains(carrier))
                    .sorted()
                    .forEach(carrier ->
                            findings.warn(
                                    Place.of("agreements.yaml"),
                                    "no agreement with " + carrier,
                                    "its calls cannot be priced"));
        }
    }
}
