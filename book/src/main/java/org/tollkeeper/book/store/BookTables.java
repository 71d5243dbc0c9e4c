package org.tollkeeper.book.store;

import static org.tollkeeper.book.store.BookTable.column;

import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Carrier;
import org.tollkeeper.model.Commitment;
import org.tollkeeper.model.Company;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckList;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.ExpectedFiles;
import org.tollkeeper.model.FxRate;
import org.tollkeeper.model.Pickup;
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
        tables.add(agreements(book.agreements()));
        tables.add(deckLists(book.agreements()));
        tables.add(commitments(book.agreements()));
        tables.add(decks(book.decks()));
        tables.add(windows(book.decks()));
        tables.add(deckRows(book.deckRows()));
        tables.addAll(numbers(book));
        tables.add(targets(book.targets()));
        tables.add(fxRates(book.fxRates()));
        tables.add(pickups(book.pickups()));
        return tables;
    }

    private static BookTable pickups(List<Pickup> pickups) {
        BookTable table =
                BookTable.of(
                        "pickup_version",
                        "pickup",
                        "SWITCH",
                        "host",
                        "port",
                        "login",
                        "host_keys",
                        "key_file",
                        "password_variable",
                        "folder",
                        "files",
                        "move_to",
                        "quiet_seconds",
                        "max_megabytes");
        for (Pickup pickup : pickups) {
            table.row(
                    pickup.id(),
                    pickup.switchId(),
                    pickup.host(),
                    pickup.port(),
                    pickup.user(),
                    pickup.hostKeys(),
                    pickup.keyFile(),
                    pickup.passwordVariable(),
                    pickup.folder(),
                    pickup.files(),
                    pickup.moveTo(),
                    pickup.quietSeconds(),
                    pickup.maxMegabytes());
        }
        return table;
    }

    private static BookTable company(Company company) {
        return BookTable.of(
                "company_version",
                List.of(company),
                column("name", Company::name),
                column("address", Company::address),
                column("country", Company::country),
                column("vat_id", Company::vatId),
                column("currency", Company::currency),
                column("time_zone", Company::timeZone),
                column("invoice_prefix", Company::invoicePrefix),
                column("bank_name", each -> each.bank().name()),
                column("bank_iban", each -> each.bank().iban()),
                column("bank_bic", each -> each.bank().bic()),
                column("email", Company::email));
    }

    private static BookTable carriers(List<Carrier> carriers) {
        return BookTable.of(
                "carrier_version",
                carriers,
                column("CARRIER", Carrier::id),
                column("name", Carrier::name),
                column("address", Carrier::address),
                column("city", Carrier::city),
                column("postcode", Carrier::postcode),
                column("country", Carrier::country),
                column("vat_id", Carrier::vatId),
                column("email", Carrier::email),
                column("endpoint", Carrier::endpoint));
    }

    private static BookTable switches(List<Switch> switches) {
        return BookTable.of(
                "switch_version",
                switches,
                column("SWITCH", Switch::id),
                column("format", Switch::format),
                column("time_zone", Switch::timeZone),
                column("files", Switch::files),
                column("sequence", Switch::sequence),
                column("country_code", Switch::countryCode),
                column("national_prefix", Switch::nationalPrefix),
                column("international_prefix", Switch::internationalPrefix),
                column("short_codes", Switch::shortCodes),
                column("mapping", Switch::mapping),
                expected("expected_files", ExpectedFiles::count),
                expected("expected_minutes", ExpectedFiles::minutes),
                expected("expected_days", files -> dayBits(files.days())),
                expected("expected_stamp", ExpectedFiles::stamp),
                expected("expected_stamp_is_end", ExpectedFiles::stampIsEnd),
                column("orphan_after_hours", Switch::orphanAfterHours));
    }

    private static BookTable.Cell<Switch> expected(
            String column, Function<ExpectedFiles, @Nullable Object> value) {
        return column(
                column,
                source -> {
                    @Nullable ExpectedFiles files = source.expectedFiles();
                    return files == null ? null : value.apply(files);
                });
    }

    private static BookTable trunks(List<Trunk> trunks) {
        return BookTable.of(
                "trunk_version",
                trunks,
                column("SWITCH", Trunk::switchId),
                column("trunk", Trunk::trunk),
                column("CARRIER", Trunk::carrier),
                column("direction", Trunk::direction),
                column("strip", Trunk::strip),
                column("add", Trunk::add),
                column("from_day", Trunk::from),
                column("to_day", Trunk::to),
                column("product", Trunk::product));
    }

    private static BookTable agreements(List<Agreement> agreements) {
        return BookTable.of(
                "agreement_version",
                agreements,
                column("AGREEMENT", Agreement::id),
                column("CARRIER", Agreement::carrier),
                column("from_day", Agreement::from),
                column("to_day", Agreement::to),
                column("in_force", BookTables::inForce),
                column("currency", Agreement::currency),
                column("time_zone", Agreement::timeZone),
                column("cycle", Agreement::cycle),
                column("due_days", Agreement::dueDays),
                column("settlement", each -> each.settlement().model()),
                imbalance("ratio", Settlement.Imbalance::ratio),
                imbalance("excess", Settlement.Imbalance::excess),
                imbalance("measure", Settlement.Imbalance::measure),
                imbalance("fixed_price", Settlement.Imbalance::fixedPricePerMinute),
                imbalance("minimum_minutes", Settlement.Imbalance::minimumMinutes),
                imbalance("consecutive_periods", Settlement.Imbalance::consecutivePeriods),
                column("netting", Agreement::netting),
                column("duration", Agreement::duration),
                column("charge_decimals", Agreement::chargeDecimals),
                column("charge_rounding", Agreement::chargeRounding),
                column("tiers", Agreement::tiers),
                column("bands", Agreement::bands),
                column("routing_number", Agreement::routingNumber),
                column("late_usage", Agreement::lateUsage),
                column("tax_category", each -> each.tax().category()),
                column("tax_percent", each -> each.tax().percent()),
                column("tax_note", each -> each.tax().note()));
    }

    private static BookTable.Cell<Agreement> imbalance(
            String column, Function<Settlement.Imbalance, @Nullable Object> value) {
        return column(
                column,
                agreement ->
                        switch (agreement.settlement()) {
                            case Settlement.SenderKeepsAll none -> null;
                            case Settlement.BillAndKeep none -> null;
                            case Settlement.Imbalance terms -> value.apply(terms);
                        });
    }

    private static String inForce(Agreement agreement) {
        @Nullable Instant end = agreement.endInstant();
        return "[" + sql(agreement.fromInstant()) + "," + (end == null ? "" : sql(end)) + ")";
    }

    // Java puts a plus before years of five digits, as of the day after 9999-12-31.
    private static String sql(Instant instant) {
        return instant.toString().replace("+", "");
    }

    private static BookTable deckLists(List<Agreement> agreements) {
        BookTable table =
                BookTable.of("agreement_deck", "AGREEMENT", "side", "product", "position", "DECK");
        for (Agreement agreement : agreements) {
            for (DeckList list : agreement.deckLists()) {
                int position = 0;
                for (String deck : list.decks()) {
                    table.row(agreement.id(), list.side(), list.product(), position++, deck);
                }
            }
        }
        return table;
    }

    private static BookTable commitments(List<Agreement> agreements) {
        BookTable table =
                BookTable.of(
                        "commitment",
                        "AGREEMENT",
                        "position",
                        "side",
                        "minutes",
                        "destination",
                        "shortfall_rate");
        for (Agreement agreement : agreements) {
            int position = 0;
            for (Commitment commitment : agreement.commitments()) {
                table.row(
                        agreement.id(),
                        position++,
                        commitment.side(),
                        commitment.minutes(),
                        commitment.destination(),
                        commitment.shortfallRate());
            }
        }
        return table;
    }

    private static BookTable decks(List<Deck> decks) {
        return BookTable.of(
                "deck_version",
                decks,
                column("DECK", Deck::id),
                column("file", Deck::file),
                column("currency", Deck::currency),
                column("holidays", deck -> new TreeSet<>(deck.holidays())));
    }

    private static BookTable windows(List<Deck> decks) {
        BookTable table =
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
            int position = 0;
            for (Deck.BandWindow window : inOrder(deck.windows())) {
                table.row(
                        deck.id(),
                        position++,
                        window.band(),
                        dayBits(window.days()),
                        window.fromMinute(),
                        window.endMinute(),
                        window.holidays());
            }
        }
        return table;
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
        return BookTable.of(
                "deck_row",
                rows,
                column("DECK", DeckRow::deck),
                column("code", DeckRow::code),
                column("RATE_LINE", row -> RateLine.of(row).key()),
                column("setup", DeckRow::setup),
                column("minimum_seconds", DeckRow::minimumSeconds),
                column("increment_seconds", DeckRow::incrementSeconds),
                column("effective", DeckRow::effective),
                column("expires", DeckRow::expires),
                column("blocked", DeckRow::blocked));
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
        return BookTable.of(
                "quality_target",
                targets,
                column("destination", QualityTarget::destination),
                column("asr_min", QualityTarget::asrMinPercent),
                column("mos_min", QualityTarget::mosMin),
                column("acd_min", QualityTarget::acdMinSeconds),
                column("pdd_max", QualityTarget::pddMaxMillis));
    }

    private static BookTable fxRates(List<FxRate> rates) {
        return BookTable.of(
                "fx_rate",
                rates,
                column("day", FxRate::date),
                column("base", FxRate::base),
                column("quote", FxRate::quote),
                column("rate", FxRate::rate));
    }
}
