package org.tollkeeper.book;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Jurisdiction;

/// The rows of one deck, a file below `decks/`.
final class DeckPage {

    private static final List<String> REQUIRED = List.of("code", "destination", "rate");
    private static final List<String> OPTIONAL =
            List.of(
                    "setup",
                    "minimum",
                    "increment",
                    "effective",
                    "expires",
                    "band",
                    "tier_from",
                    "origin",
                    "jurisdiction",
                    "status");
    private static final BigDecimal MOST_TIER_MINUTES = new BigDecimal("1000000000000");
    private static final BigDecimal MINUTE_SECONDS = BigDecimal.valueOf(60);

    private final Findings findings;
    private final Deck deck;
    private final @Nullable Set<String> bands;
    private final @Nullable Set<String> origins;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, BigDecimal> decimals = new HashMap<>();
    private final Seldom minimumBelowIncrement = new Seldom("check that they are not swapped");
    private final Seldom strayJurisdiction =
            new Seldom("calls to it have no jurisdiction: the row counts as any other of its code");

    /// @param bands that rows may name; null = not known
    /// @param origins that rows may name; null = not known
    DeckPage(
            Findings findings,
            Deck deck,
            @Nullable Set<String> bands,
            @Nullable Set<String> origins) {
        this.findings = findings;
        this.deck = deck;
        this.bands = bands;
        this.origins = origins;
    }

    /// A row of the deck that was read.
    ///
    /// @param position by which [CsvPage#place] finds it
    record Line(DeckRow row, long position) {}

    /// @param destinations receives every destination that a row names
    List<DeckRow> read(PageText text, Set<String> destinations) {
        CsvPage page = new CsvPage(text, findings, REQUIRED, OPTIONAL);
        List<Line> lines = new ArrayList<>();
        page.rows(row -> {
            int errors = findings.errorCount();
            DeckRow price = row(row);
            destinations.add(price.destination());
            if (errors == findings.errorCount()) {
                lines.add(new Line(price, row.position()));
            }
        });
        minimumBelowIncrement.report(findings);
        strayJurisdiction.report(findings);
        new DeckRowChecks(findings, page, lines).check();
        new DeckRowWarnings(deck, page, lines).report(findings);
        return lines.stream().map(Line::row).toList();
    }

    private DeckRow row(CsvPage.Row row) {
        Field code = row.field("code");
        Field expires = row.field("expires");
        boolean blocked = isBlocked(row.field("status"));
        Field rate = row.field("rate");
        int minimum = row.field("minimum").whole(1, 1, Integer.MAX_VALUE);
        int increment = row.field("increment").whole(1, 1, Integer.MAX_VALUE);
        if (minimum < increment) {
            Field place = row.field("minimum");
            minimumBelowIncrement.seen(
                    place.place(),
                    "a minimum of %d s below the increment of %d s".formatted(minimum, increment));
        }
        @Nullable LocalDateTime from = row.field("effective").optionalTime();
        @Nullable LocalDateTime end = expires.optionalTime();
        if (from != null && end != null && !end.isAfter(from)) {
            expires.wrong("a time after the effective one", "swap or mend the two times");
        }
        return new DeckRow(
                0,
                deck.id(),
                code.digits(),
                shared(row.field("destination").required("the name of a destination")),
                shared(rate.decimal(blocked ? BigDecimal.ZERO : null), blocked),
                shared(row.field("setup").decimal(BigDecimal.ZERO), false),
                minimum,
                increment,
                from,
                end,
                shared(band(row.field("band"))),
                shared(tier(row.field("tier_from")), false),
                shared(origin(row.field("origin"))),
                jurisdiction(row.field("jurisdiction"), code),
                blocked);
    }

    private static boolean isBlocked(Field status) {
        if (!status.text().isEmpty() && !status.text().equals("blocked")) {
            status.wrong("blocked, or nothing", "write one of them");
        }
        return status.given();
    }

    private String band(Field band) {
        return band.given()
                ? band.reference(
                        bands,
                        "a band of the deck " + deck.id() + " or " + Deck.OFF_PEAK,
                        "add it under bands in decks.yaml or mend the name")
                : "";
    }

    private String origin(Field origin) {
        return origin.given()
                ? origin.reference(
                        origins, "an origin of origins.csv", "add it there or mend the name")
                : "";
    }

    private @Nullable Jurisdiction jurisdiction(Field jurisdiction, Field code) {
        if (!jurisdiction.given()) {
            return null;
        }
        if (!code.text().startsWith("1")) {
            strayJurisdiction.seen(
                    jurisdiction.place(), "a jurisdiction for a code that does not begin with 1");
        }
        return jurisdiction.term(Jurisdiction.class, null);
    }

    private static BigDecimal tier(Field tier) {
        BigDecimal minutes = tier.decimal(BigDecimal.ZERO);
        boolean wholeSeconds = minutes.multiply(MINUTE_SECONDS).stripTrailingZeros().scale() <= 0;
        if (!wholeSeconds || minutes.compareTo(MOST_TIER_MINUTES) > 0) {
            tier.wrong(
                    "minutes that are whole seconds, such as 1000 or 0.5",
                    "mend the volume from which the row holds");
        }
        return minutes;
    }

    private String shared(String text) {
        @Nullable String known = texts.putIfAbsent(text, text);
        return known == null ? text : known;
    }

    private BigDecimal shared(BigDecimal decimal, boolean zero) {
        BigDecimal value = zero ? BigDecimal.ZERO : decimal;
        @Nullable BigDecimal known = decimals.putIfAbsent(value.toPlainString(), value);
        return known == null ? value : known;
    }
}
