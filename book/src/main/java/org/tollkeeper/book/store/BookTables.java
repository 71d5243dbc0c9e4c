package org.tollkeeper.book.store;

import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Carrier;
import org.tollkeeper.model.Commitment;
import org.tollkeeper.model.Company;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckList;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.FxRate;
import org.tollkeeper.model.QualityTarget;
import org.tollkeeper.model.Settlement;
import org.tollkeeper.model.Switch;
import org.tollkeeper.model.Trunk;

/// A book as rows of the database's tables.
final class BookTables {

    private BookTables() {}

    /// All tables, those that others name first.
    static List<BookTable> of(Book book) {
        List<BookTable> tables = new ArrayList<>();
        tables.add(company(book.company()));
        tables.add(carriers(book.carriers()));
        tables.add(switches(book.switches()));
        tables.add(trunks(book.trunks()));
        tables.addAll(agreements(book.agreements()));
        tables.addAll(decks(book.decks()));
        tables.add(deckRows(book.deckRows()));
        tables.addAll(numbers(book));
        tables.add(targets(book.targets()));
        tables.add(fxRates(book.fxRates()));
        return tables;
    }

    private static BookTable company(Company company) {
        return BookTable.of(
                        "company_version",
                        "name",
                        "address",
                        "country",
                        "vat_id",
                        "currency",
                        "time_zone",
                        "invoice_prefix",
                        "bank_name",
                        "bank_iban",
                        "bank_bic",
                        "email")
                .row(
                        company.name(),
                        company.address(),
                        company.country(),
                        company.vatId(),
                        company.currency(),
                        company.timeZone(),
                        company.invoicePrefix(),
                        company.bank().name(),
                        company.bank().iban(),
                        company.bank().bic(),
                        company.email());
    }

    private static BookTable carriers(List<Carrier> carriers) {
        BookTable table =
                BookTable.of(
                        "carrier_version",
                        "CARRIER",
                        "name",
                        "address",
                        "city",
                        "postcode",
                        "country",
                        "vat_id",
                        "email",
                        "endpoint");
        for (Carrier carrier : carriers) {
            table.row(
                    carrier.id(),
                    carrier.name(),
                    carrier.address(),
                    carrier.city(),
                    carrier.postcode(),
                    carrier.country(),
                    carrier.vatId(),
                    carrier.email(),
                    carrier.endpoint());
        }
        return table;
    }

    private static BookTable switches(List<Switch> switches) {
        BookTable table =
                BookTable.of(
                        "switch_version",
                        "SWITCH",
                        "format",
                        "time_zone",
                        "files",
                        "sequence",
                        "country_code",
                        "national_prefix",
                        "international_prefix",
                        "short_codes",
                        "mapping");
        for (Switch source : switches) {
            table.row(
                    source.id(),
                    source.format(),
                    source.timeZone(),
                    source.files(),
                    source.sequence(),
                    source.countryCode(),
                    source.nationalPrefix(),
                    source.internationalPrefix(),
                    source.shortCodes(),
                    source.mapping());
        }
        return table;
    }

    private static BookTable trunks(List<Trunk> trunks) {
        BookTable table =
                BookTable.of(
                        "trunk_version",
                        "SWITCH",
                        "trunk",
                        "CARRIER",
                        "direction",
                        "strip",
                        "add",
                        "from_day",
                        "to_day",
                        "product");
        for (Trunk trunk : trunks) {
            table.row(
                    trunk.switchId(),
                    trunk.trunk(),
                    trunk.carrier(),
                    trunk.direction(),
                    trunk.strip(),
                    trunk.add(),
                    trunk.from(),
                    trunk.to(),
                    trunk.product());
        }
        return table;
    }

    private static List<BookTable> agreements(List<Agreement> agreements) {
        BookTable table =
                BookTable.of(
                        "agreement_version",
                        "AGREEMENT",
                        "CARRIER",
                        "from_day",
                        "to_day",
                        "in_force",
                        "currency",
                        "time_zone",
                        "cycle",
                        "due_days",
                        "settlement",
                        "ratio",
                        "excess",
                        "measure",
                        "fixed_price",
                        "minimum_minutes",
                        "consecutive_periods",
                        "netting",
                        "duration",
                        "charge_decimals",
                        "charge_rounding",
                        "tiers",
                        "bands",
                        "routing_number",
                        "late_usage",
                        "tax_category",
                        "tax_percent",
                        "tax_note");
        BookTable lists =
                BookTable.of("agreement_deck", "AGREEMENT", "side", "product", "position", "DECK");
        BookTable commitments =
                BookTable.of(
                        "commitment",
                        "AGREEMENT",
                        "position",
                        "side",
                        "minutes",
                        "destination",
                        "shortfall_rate");
        for (Agreement agreement : agreements) {
            table.row(terms(agreement).toArray());
            for (DeckList list : agreement.deckLists()) {
                int position = 0;
                for (String deck : list.decks()) {
                    lists.row(agreement.id(), list.side(), list.product(), position++, deck);
                }
            }
            int position = 0;
            for (Commitment commitment : agreement.commitments()) {
                commitments.row(
                        agreement.id(),
                        position++,
                        commitment.side(),
                        commitment.minutes(),
                        commitment.destination(),
                        commitment.shortfallRate());
            }
        }
        return List.of(table, lists, commitments);
    }

    private static List<@Nullable Object> terms(Agreement agreement) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(agreement.id());
        values.add(agreement.carrier());
        values.add(agreement.from());
        values.add(agreement.to());
        @Nullable Instant end = agreement.endInstant();
        values.add("[" + sql(agreement.fromInstant()) + "," + (end == null ? "" : sql(end)) + ")");
        values.add(agreement.currency());
        values.add(agreement.timeZone());
        values.add(agreement.cycle());
        values.add(agreement.dueDays());
        values.add(agreement.settlement().model());
        values.addAll(
                switch (agreement.settlement()) {
                    case Settlement.SenderKeepsAll none -> nulls(6);
                    case Settlement.BillAndKeep none -> nulls(6);
                    case Settlement.Imbalance imbalance -> imbalance(imbalance);
                });
        values.add(agreement.netting());
        values.add(agreement.duration());
        values.add(agreement.chargeDecimals());
        values.add(agreement.chargeRounding());
        values.add(agreement.tiers());
        values.add(agreement.bands());
        values.add(agreement.routingNumber());
        values.add(agreement.lateUsage());
        values.add(agreement.tax().category());
        values.add(agreement.tax().percent());
        values.add(agreement.tax().note());
        return values;
    }

    // Java puts a plus before years of five digits, as of the day after 9999-12-31.
    private static String sql(Instant instant) {
        return instant.toString().replace("+", "");
    }

    private static List<@Nullable Object> imbalance(Settlement.Imbalance terms) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(terms.ratio());
        values.add(terms.excess());
        values.add(terms.measure());
        values.add(terms.fixedPricePerMinute());
        values.add(terms.minimumMinutes());
        values.add(terms.consecutivePeriods());
        return values;
    }

    private static List<@Nullable Object> nulls(int count) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(null);
        }
        return values;
    }

    private static List<BookTable> decks(List<Deck> decks) {
        BookTable table = BookTable.of("deck_version", "DECK", "file", "currency", "holidays");
        BookTable windows =
                BookTable.of(
                        "deck_window",
                        "DECK",
                        "position",
                        "band",
                        "days",
                        "from_minute",
                        "end_minute",
                        "holidays");
        for (Deck deck : decks) {
            table.row(deck.id(), deck.file(), deck.currency(), new TreeSet<>(deck.holidays()));
            int position = 0;
            for (Deck.BandWindow window : inOrder(deck.windows())) {
                windows.row(
                        deck.id(),
                        position++,
                        window.band(),
                        dayBits(window.days()),
                        window.fromMinute(),
                        window.endMinute(),
                        window.holidays());
            }
        }
        return List.of(table, windows);
    }

    // The order in which the file has them means nothing.
    private static List<Deck.BandWindow> inOrder(List<Deck.BandWindow> windows) {
        return windows.stream()
                .sorted(
                        Comparator.comparing(Deck.BandWindow::band)
                                .thenComparingInt(window -> dayBits(window.days()))
                                .thenComparingInt(Deck.BandWindow::fromMinute)
                                .thenComparingInt(Deck.BandWindow::endMinute))
                .toList();
    }

    // Bit 0 is Monday.
    private static int dayBits(Set<DayOfWeek> days) {
        int bits = 0;
        for (DayOfWeek day : days) {
            bits |= 1 << (day.getValue() - 1);
        }
        return bits;
    }

    private static BookTable deckRows(List<DeckRow> rows) {
        BookTable table =
                BookTable.of(
                        "deck_row",
                        "DECK",
                        "code",
                        "RATE_LINE",
                        "setup",
                        "minimum_seconds",
                        "increment_seconds",
                        "effective",
                        "expires",
                        "blocked");
        for (DeckRow row : rows) {
            table.row(
                    row.deck(),
                    row.code(),
                    RateLine.of(row).key(),
                    row.setup(),
                    row.minimumSeconds(),
                    row.incrementSeconds(),
                    row.effective(),
                    row.expires(),
                    row.blocked());
        }
        return table;
    }

    private static List<BookTable> numbers(Book book) {
        BookTable testNumbers = BookTable.of("test_number", "number");
        book.testNumbers().forEach(testNumbers::row);
        BookTable origins = BookTable.of("origin", "origin", "code");
        book.origins().forEach((origin, codes) -> codes.forEach(code -> origins.row(origin, code)));
        return List.of(
                testNumbers,
                origins,
                pairs(BookTable.of("nanp", "npanxx", "state"), book.nanpStates()),
                pairs(BookTable.of("risk", "code", "reason"), book.risk()));
    }

    private static BookTable pairs(BookTable table, Map<String, String> pairs) {
        pairs.forEach(table::row);
        return table;
    }

    private static BookTable targets(List<QualityTarget> targets) {
        BookTable table =
                BookTable.of(
                        "quality_target",
                        "destination",
                        "asr_min",
                        "mos_min",
                        "acd_min",
                        "pdd_max");
        for (QualityTarget target : targets) {
            table.row(
                    target.destination(),
                    target.asrMinPercent(),
                    target.mosMin(),
                    target.acdMinSeconds(),
                    target.pddMaxMillis());
        }
        return table;
    }

    private static BookTable fxRates(List<FxRate> rates) {
        BookTable table = BookTable.of("fx_rate", "day", "base", "quote", "rate");
        for (FxRate rate : rates) {
            table.row(rate.date(), rate.base(), rate.quote(), rate.rate());
        }
        return table;
    }
}
