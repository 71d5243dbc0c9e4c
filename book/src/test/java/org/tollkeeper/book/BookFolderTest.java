package org.tollkeeper.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Commitment;
import org.tollkeeper.model.Cycle;
import org.tollkeeper.model.Deck;
import org.tollkeeper.model.DeckList;
import org.tollkeeper.model.DeckRow;
import org.tollkeeper.model.Excess;
import org.tollkeeper.model.ExpectedFiles;
import org.tollkeeper.model.Measure;
import org.tollkeeper.model.Pickup;
import org.tollkeeper.model.Settlement;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.Switch;
import org.tollkeeper.model.Tax;

class BookFolderTest {

    private static Book valid(Path folder) {
        BookReading reading = BookFolder.read(folder);
        assertThat(BookReport.of(reading)).doesNotContain("error");
        return ((BookReading.Valid) reading).book();
    }

    @Test
    void texts_are_read_as_they_stand() {
        Book book = valid(BookCopy.original());
        assertThat(book.company().address()).containsExactly("2 Quay Street", "Bristol BS1 4DJ");
        assertThat(book.carriers().getFirst().name()).isEqualTo("Northern \"Lines\" AS, Oslo");
        assertThat(book.trunks().getLast().trunk()).isEqualTo("trunk, \"7\"");
        assertThat(book.testNumbers()).containsExactly("442079460000");
        assertThat(book.nanpStates()).hasSize(2);
        assertThat(book.origins().get("EEA")).containsExactly("47", "49");
        assertThat(book.risk()).containsEntry("882", "satellite, dear");
        assertThat(book.targets().getLast().asrMinPercent()).isEqualTo("40.5");
        assertThat(book.targets().getLast().pddMaxMillis()).isNull();
    }

    @Test
    void pickups_have_defaults_and_no_secrets() {
        assertThat(valid(BookCopy.original()).pickups())
                .containsExactly(
                        new Pickup(
                                "acme-east",
                                "bri1",
                                "sftp.acme.example",
                                2222,
                                "tollkeeper",
                                List.of("SHA256:" + "A".repeat(43)),
                                "/etc/tollkeeper/acme",
                                "",
                                "/export/cdr",
                                "*.csv.gz",
                                "done",
                                60,
                                500));
    }

    @Test
    void numbers_keep_the_digits_they_are_written_with() {
        Book book = valid(BookCopy.original());
        assertThat(book.fxRates().getFirst().rate()).isEqualTo("1.0850");
        assertThat(book.deckRows().getFirst().ratePerMinute()).isEqualTo(new BigDecimal("0.0600"));
        assertThat(book.agreements().getFirst().tax().percent()).isEqualTo("20.0");
    }

    @Test
    void a_switch_has_its_texts_and_its_mapping_as_json() {
        List<Switch> switches = valid(BookCopy.original()).switches();
        Switch first = switches.getFirst();
        assertThat(first.countryCode()).isEqualTo("44");
        assertThat(first.internationalPrefix()).isEqualTo("00");
        assertThat(first.shortCodes()).containsExactly("112", "911");
        assertThat(first.sequence()).isEqualTo("cdr-(\\d+)\\.csv");
        assertThat(switches.getLast().files()).isEqualTo("*");
        assertThat(switches.getLast().timeZone()).hasToString("UTC");
        assertThat(switches.getLast().mapping())
                .isEqualTo(
                        """
                        {"delimiter":";","columns":{"Ref":"call_id","a \\"b\\"":"called",\
                        "02":"setup_at"},"header":true,"skipLines":1,"quote":null,\
                        "answeredValues":[1,"Y"]}\
                        """);
    }

    @Test
    void a_switch_may_say_which_files_it_should_write() {
        List<Switch> switches = valid(BookCopy.original()).switches();
        assertThat(switches.getFirst().expectedFiles()).isNull();
        assertThat(switches.getLast().expectedFiles())
                .isEqualTo(
                        new ExpectedFiles(
                                1,
                                60,
                                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.SATURDAY),
                                "_(\\d{10})",
                                true));
    }

    @Test
    void an_agreement_is_read_in_full() {
        Agreement agreement = valid(BookCopy.original()).agreements().getFirst();
        assertThat(agreement.deckLists())
                .containsExactly(
                        new DeckList(Side.SELL, "premium", List.of("NORTH-CLI", "NORTH-SELL")),
                        new DeckList(Side.SELL, "standard", List.of("NORTH-SELL")),
                        new DeckList(Side.BUY, "", List.of("NORTH-BUY")));
        assertThat(agreement.settlement())
                .isEqualTo(
                        new Settlement.Imbalance(
                                new BigDecimal("1.20"),
                                Excess.ALL_TRAFFIC,
                                Measure.ACTUAL,
                                new BigDecimal("0.0030"),
                                new BigDecimal("100"),
                                2));
        assertThat(agreement.commitments())
                .containsExactly(
                        new Commitment(
                                Side.SELL,
                                new BigDecimal("1000"),
                                "UK Mobile",
                                new BigDecimal("0.0040")),
                        new Commitment(
                                Side.BUY, new BigDecimal("500.5"), "", new BigDecimal("0.01")));
        assertThat(agreement.routingNumber()).isTrue();
        assertThat(agreement.chargeDecimals()).isEqualTo(4);
    }

    @Test
    void absent_keys_of_an_agreement_have_their_meaning() {
        Agreement agreement = valid(BookCopy.original()).agreements().get(1);
        assertThat(agreement.to()).isNull();
        assertThat(agreement.cycle()).isEqualTo(Cycle.MONTHLY);
        assertThat(agreement.dueDays()).isEqualTo(30);
        assertThat(agreement.settlement()).isEqualTo(new Settlement.SenderKeepsAll());
        assertThat(agreement.netting()).isFalse();
        assertThat(agreement.duration().label()).isEqualTo("up");
        assertThat(agreement.chargeDecimals()).isEqualTo(6);
        assertThat(agreement.chargeRounding().label()).isEqualTo("half-up");
        assertThat(agreement.tiers().label()).isEqualTo("graduated");
        assertThat(agreement.bands().label()).isEqualTo("by-start");
        assertThat(agreement.lateUsage().label()).isEqualTo("correct");
        assertThat(agreement.tax()).isEqualTo(Tax.NONE);
    }

    @Test
    void windows_of_bands_are_minutes_of_weekdays() {
        Deck deck = valid(BookCopy.original()).decks().getFirst();
        assertThat(deck.holidays())
                .containsExactly(LocalDate.of(2024, 5, 17), LocalDate.of(2024, 12, 25));
        assertThat(deck.windows())
                .containsExactly(
                        new Deck.BandWindow(
                                "peak",
                                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                                480,
                                1200,
                                false),
                        new Deck.BandWindow(
                                "night", EnumSet.allOf(DayOfWeek.class), 1320, 1440, null),
                        new Deck.BandWindow("night", EnumSet.allOf(DayOfWeek.class), 0, 360, null),
                        new Deck.BandWindow(
                                "festive", EnumSet.of(DayOfWeek.SUNDAY), 480, 1200, true));
    }

    @Test
    void columns_of_a_deck_stand_in_any_order_and_may_be_left_out() {
        List<DeckRow> rows =
                valid(BookCopy.original()).deckRows().stream()
                        .filter(row -> row.deck().equals("NORTH-BUY"))
                        .toList();
        assertThat(rows.getFirst())
                .isEqualTo(
                        new DeckRow(
                                0,
                                "NORTH-BUY",
                                "44",
                                "UK",
                                new BigDecimal("0.05"),
                                BigDecimal.ZERO,
                                1,
                                1,
                                LocalDateTime.of(2024, 1, 1, 12, 30),
                                LocalDateTime.of(2025, 1, 1, 0, 0),
                                "",
                                BigDecimal.ZERO,
                                "",
                                null,
                                false));
    }

    @Test
    void a_blocked_row_needs_no_rate() {
        assertThat(valid(BookCopy.original()).deckRows())
                .filteredOn(DeckRow::blocked)
                .extracting(DeckRow::code)
                .containsExactly("881");
    }

    @Test
    void optional_files_may_be_missing(@TempDir Path folder) {
        BookCopy copy = BookCopy.in(folder);
        copy.replace("decks/north-sell.csv", "night,,EEA", "night,,");
        List.of("testnumbers", "origins", "nanp", "fx", "targets", "risk")
                .forEach(name -> copy.delete(name + ".csv"));
        Book book = valid(folder);
        assertThat(book.testNumbers()).isEmpty();
        assertThat(book.fxRates()).isEmpty();
    }

    /// Books of a folder outside the repository, named by `TOLLKEEPER_BOOKS`.
    @Test
    void books_found_elsewhere_are_valid() throws IOException {
        String folder = System.getenv("TOLLKEEPER_BOOKS");
        assumeTrue(folder != null, "TOLLKEEPER_BOOKS names no folder with books");
        List<Path> books = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(Path.of(folder))) {
            paths.filter(path -> path.endsWith("company.yaml"))
                    .forEach(path -> books.add(path.getParent()));
        }
        assertThat(books).isNotEmpty().allSatisfy(BookFolderTest::valid);
    }
}
