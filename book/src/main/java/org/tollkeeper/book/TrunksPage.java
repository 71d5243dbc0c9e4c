package org.tollkeeper.book;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.DeckList;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.Trunk;
import org.tollkeeper.model.TrunkDirection;

/// `trunks.csv`.
final class TrunksPage {

    private static final List<String> REQUIRED = List.of("switch", "trunk", "carrier", "direction");
    private static final List<String> OPTIONAL = List.of("strip", "add", "from", "to", "product");

    private final Findings findings;
    private final @Nullable Set<String> switches;
    private final @Nullable Set<String> carriers;

    /// @param switches null = not known
    /// @param carriers null = not known
    TrunksPage(Findings findings, @Nullable Set<String> switches, @Nullable Set<String> carriers) {
        this.findings = findings;
        this.switches = switches;
        this.carriers = carriers;
    }

    /// @param agreements null = not known
    List<Trunk> read(PageText text, @Nullable List<Agreement> agreements) {
        List<Placed<Trunk>> trunks = new ArrayList<>();
        CsvPage page = new CsvPage(text, findings, REQUIRED, OPTIONAL);
        page.rows(row -> {
            int errors = findings.errorCount();
            Trunk trunk = trunk(row);
            if (errors == findings.errorCount()) {
                trunks.add(new Placed<>(trunk, row.field("switch").place()));
                checkProduct(row.field("product"), trunk, agreements);
            }
        });
        checkOverlaps(trunks);
        return trunks.stream().map(Placed::part).toList();
    }

    private Trunk trunk(CsvPage.Row row) {
        Field from = row.field("from");
        Field to = row.field("to");
        Trunk trunk =
                new Trunk(
                        row.field("switch")
                                .reference(
                                        switches,
                                        "a switch of switches.yaml",
                                        "add it there or mend the name"),
                        row.field("trunk").required("the trunk as the CDRs name it"),
                        row.field("carrier")
                                .reference(
                                        carriers,
                                        "a carrier of carriers.csv",
                                        "add it there or mend the name"),
                        row.field("direction").term(TrunkDirection.class, null),
                        row.field("strip").dialled(),
                        row.field("add").dialled(),
                        from.optionalDate(),
                        to.optionalDate(),
                        row.field("product").text());
        if (trunk.from() != null && trunk.to() != null && trunk.to().isBefore(trunk.from())) {
            to.wrong("a day on or after " + from.text(), "swap or mend the two dates");
        }
        return trunk;
    }

    private static void checkProduct(
            Field product, Trunk trunk, @Nullable List<Agreement> agreements) {
        if (agreements == null) {
            return;
        }
        List<DeckList> lists =
                agreements.stream()
                        .filter(agreement -> agreement.carrier().equals(trunk.carrier()))
                        .flatMap(agreement -> agreement.deckLists().stream())
                        .toList();
        List<DeckList> here = lists.stream().filter(list -> takes(trunk, list.side())).toList();
        if (product.given() && none(lists, product.text()) && sortedByProduct(lists)) {
            product.wrong(
                    "a product of an agreement with " + trunk.carrier(),
                    "name it under sell or buy in agreements.yaml, or mend it here");
        } else if (!product.given() && !here.isEmpty() && none(here, "")) {
            product.findings()
                    .warn(
                            product.place(),
                            "no product for a trunk of " + trunk.carrier(),
                            "its agreements have decks by product only: these calls find none");
        }
    }

    // A carrier all of whose decks are plain lists takes any product: it changes no price.
    private static boolean sortedByProduct(List<DeckList> lists) {
        return lists.stream().anyMatch(list -> !list.product().isEmpty());
    }

    private static boolean none(List<DeckList> lists, String product) {
        return lists.stream().noneMatch(list -> list.product().equals(product));
    }

    private void checkOverlaps(List<Placed<Trunk>> trunks) {
        record Key(String switchId, String trunk) {}
        Map<Key, List<Placed<Trunk>>> rowsOfTrunk = new HashMap<>();
        for (Placed<Trunk> row : trunks) {
            Key key = new Key(row.part().switchId(), row.part().trunk());
            List<Placed<Trunk>> earlier = rowsOfTrunk.computeIfAbsent(key, k -> new ArrayList<>());
            earlier.forEach(other -> checkPair(other, row));
            earlier.add(row);
        }
    }

    private void checkPair(Placed<Trunk> earlier, Placed<Trunk> later) {
        Trunk a = earlier.part();
        Trunk b = later.part();
        if (!overlap(a, b)) {
            return;
        }
        String both =
                "trunk %s of %s for %s on days on which line %d holds"
                        .formatted(
                                Field.quoted(b.trunk()),
                                b.switchId(),
                                b.carrier(),
                                earlier.place().line());
        if (takes(a, TrunkDirection.IN)
                && takes(b, TrunkDirection.IN)
                && a.strip().equals(b.strip())) {
            findings.error(
                    later.place(),
                    both,
                    "at most one ingress row of a trunk with the strip "
                            + Field.quoted(b.strip())
                            + " on one day",
                    "end one of them before the other begins, or give them strips of their own");
        } else if (takes(a, TrunkDirection.OUT)
                && takes(b, TrunkDirection.OUT)
                && !a.carrier().equals(b.carrier())) {
            findings.error(
                    later.place(),
                    both,
                    "one carrier for an egress trunk on one day, there " + a.carrier(),
                    "end one of them before the other begins");
        }
    }

    private static boolean takes(Trunk trunk, Side side) {
        return takes(trunk, side == Side.SELL ? TrunkDirection.IN : TrunkDirection.OUT);
    }

    private static boolean takes(Trunk trunk, TrunkDirection direction) {
        return trunk.direction() == TrunkDirection.BOTH || trunk.direction() == direction;
    }

    private static boolean overlap(Trunk a, Trunk b) {
        return beginsBy(a.from(), b.to()) && beginsBy(b.from(), a.to());
    }

    private static boolean beginsBy(@Nullable LocalDate from, @Nullable LocalDate to) {
        return from == null || to == null || !from.isAfter(to);
    }
}
