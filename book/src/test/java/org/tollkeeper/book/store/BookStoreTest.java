package org.tollkeeper.book.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.book.BookCopy;
import org.tollkeeper.book.BookReport;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.TestDatabase;
import org.tollkeeper.db.book.StoredBook;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.DeckRow;

class BookStoreTest {

    private static final Instant KNOWN_AT = Instant.parse("2024-07-01T02:00:00Z");

    @TempDir private Path folder;
    private Database database;
    private Connection connection;
    private BookCopy copy;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh();
        connection = database.connect();
        copy = BookCopy.in(folder);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void a_book_read_back_says_what_was_stored() throws SQLException {
        BookLoad.Loaded loaded = load();
        assertThat(loaded.version()).isEqualTo(1);
        Book stored = StoredBook.read(connection, 1);
        assertThat(stored.company()).isEqualTo(loaded.book().company());
        assertThat(stored.carriers()).containsExactlyInAnyOrderElementsOf(loaded.book().carriers());
        assertThat(stored.switches()).containsExactlyInAnyOrderElementsOf(loaded.book().switches());
        assertThat(stored.trunks()).containsExactlyInAnyOrderElementsOf(loaded.book().trunks());
        assertThat(stored.agreements())
                .containsExactlyInAnyOrderElementsOf(loaded.book().agreements());
        assertThat(stored.decks())
                .extracting("id", "file", "currency", "holidays")
                .containsExactlyInAnyOrderElementsOf(
                        loaded.book().decks().stream()
                                .map(deck ->
                                        tuple(
                                                deck.id(),
                                                deck.file(),
                                                deck.currency(),
                                                deck.holidays()))
                                .toList());
        assertThat(stored.decks().getLast().windows())
                .containsExactlyInAnyOrderElementsOf(loaded.book().decks().getFirst().windows());
        assertThat(stored.deckRows()).extracting(DeckRow::id).doesNotHaveDuplicates();
        assertThat(stored.deckRows().stream().map(BookStoreTest::withoutId))
                .containsExactlyInAnyOrderElementsOf(loaded.book().deckRows());
        assertThat(stored.testNumbers()).isEqualTo(loaded.book().testNumbers());
        assertThat(stored.origins()).isEqualTo(loaded.book().origins());
        assertThat(stored.nanpStates()).isEqualTo(loaded.book().nanpStates());
        assertThat(stored.risk()).isEqualTo(loaded.book().risk());
        assertThat(stored.targets()).containsExactlyInAnyOrderElementsOf(loaded.book().targets());
        assertThat(stored.fxRates()).containsExactlyInAnyOrderElementsOf(loaded.book().fxRates());
        assertThat(BookDigest.of(stored)).isEqualTo(BookDigest.of(loaded.book()));
    }

    @Test
    void the_same_book_again_changes_no_row() throws SQLException {
        load();
        Map<String, Long> before = rowCounts();
        BookLoad.Loaded again = load();
        assertThat(again.changes()).isEmpty();
        assertThat(again.version()).isEqualTo(1);
        assertThat(rowCounts()).isEqualTo(before);
        assertThat(before).containsEntry("deck_row", 16L).containsEntry("book_version", 1L);
    }

    @Test
    void files_that_said_the_newest_version_are_not_read_again() throws SQLException {
        load();
        assertThat(loadUnlessRead()).isEqualTo(new BookLoad.Unread(1));
        copy.replace("carriers.csv", "Newark", "Hoboken");
        assertThat(loadUnlessRead())
                .isInstanceOfSatisfying(
                        BookLoad.Loaded.class, loaded -> assertThat(loaded.version()).isEqualTo(2));
        assertThat(loadUnlessRead()).isEqualTo(new BookLoad.Unread(2));
        copy.replace("carriers.csv", "Hoboken", "Newark");
        assertThat(loadUnlessRead())
                .as("the files of a version that is not the newest")
                .isInstanceOfSatisfying(
                        BookLoad.Loaded.class, loaded -> assertThat(loaded.version()).isEqualTo(3));
        copy.replace("company.yaml", "EUR", "EURO");
        assertThat(loadUnlessRead()).isInstanceOf(BookLoad.Refused.class);
        copy.replace("company.yaml", "EURO", "EUR");
        copy.write("decks/forgotten.csv", "code,destination,rate,setup,minimum,increment\n");
        assertThat(loadUnlessRead()).isInstanceOf(BookLoad.Refused.class);
    }

    @Test
    void the_same_said_in_another_order_is_the_same_book() throws SQLException {
        load();
        Random random = new Random(7);
        for (String file :
                List.of("trunks.csv", "decks/north-sell.csv", "origins.csv", "carriers.csv")) {
            copy.write(file, shuffled(copy.read(file), random));
        }
        copy.replace("testnumbers.csv", "\uFEFF", "");
        assertThat(load().version()).isEqualTo(1);
    }

    @Test
    void a_change_is_a_new_version_that_holds_only_the_difference() throws SQLException {
        load();
        copy.replace("decks/north-sell.csv", "44,UK,0.0600", "44,UK,0.060")
                .replace("carriers.csv", "Newark", "Hoboken")
                .append("testnumbers.csv", "4930\n");
        BookLoad.Loaded second = load();
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.changes())
                .filteredOn(change -> change.added() + change.closed() > 0)
                .containsExactly(
                        new TableChange("carrier_version", 1, 1),
                        new TableChange("deck_row", 1, 1),
                        new TableChange("test_number", 1, 0));
    }

    @Test
    void an_earlier_version_is_read_as_it_was() throws SQLException {
        load();
        Book first = StoredBook.read(connection, 1);
        copy.replace("decks/north-sell.csv", "44,UK,0.0600", "44,UK,0.0700")
                .replace("agreements.yaml", "to: 2024-06-30", "to: 2024-05-31")
                .replace("agreements.yaml", "from: 2024-07-01", "from: 2024-06-01")
                .replace("trunks.csv", "bri1,SOUTH,EAST,both,,,2024-04-01,,\n", "")
                .delete("risk.csv");
        load();
        Book second = StoredBook.read(connection, 2);
        assertThat(StoredBook.read(connection, 1)).isEqualTo(first);
        assertThat(second.risk()).isEmpty();
        assertThat(second.trunks()).hasSize(first.trunks().size() - 1);
        assertThat(second.agreements()).isNotEqualTo(first.agreements());
        // Rows that did not change keep their numbers: charges refer to them.
        assertThat(second.deckRows())
                .filteredOn(row -> first.deckRows().contains(row))
                .hasSize(first.deckRows().size() - 1);
    }

    @Test
    void an_agreement_may_end_with_the_last_year_of_four_digits() throws SQLException {
        copy.replace("agreements.yaml", "carrier: EAST,", "carrier: EAST, to: 9999-12-31,");
        load();
        assertThat(StoredBook.agreements(connection, 1).getFirst().to()).isEqualTo("9999-12-31");
    }

    @Test
    void what_comes_back_gets_its_old_name_but_a_new_row() throws SQLException {
        load();
        Book first = StoredBook.read(connection, 1);
        copy.replace("carriers.csv", "Newark", "Hoboken");
        load();
        copy.replace("carriers.csv", "Hoboken", "Newark");
        assertThat(load().version()).isEqualTo(3);
        assertThat(StoredBook.read(connection, 3)).isEqualTo(first);
        assertThat(rowCounts()).containsEntry("carrier", 3L).containsEntry("carrier_version", 5L);
    }

    @Test
    void a_refused_book_changes_nothing() throws SQLException {
        load();
        Map<String, Long> before = rowCounts();
        copy.replace("company.yaml", "EUR", "EURO");
        BookLoad refused = BookLoad.load(connection, folder, KNOWN_AT);
        assertThat(refused)
                .isInstanceOfSatisfying(
                        BookLoad.Refused.class,
                        refusal ->
                                assertThat(BookReport.of(refusal.reading()))
                                        .contains("company.yaml:6:11", "'EURO'"));
        assertThat(rowCounts()).isEqualTo(before);
    }

    @Test
    void a_deck_of_a_hundred_thousand_codes_is_loaded_and_changed() throws SQLException {
        StringBuilder rows = new StringBuilder("code,destination,rate,setup,minimum,increment\n");
        for (int i = 0; i < 100_000; i++) {
            rows.append(1_000_000 + i)
                    .append(",Destination ")
                    .append(i / 50)
                    .append(",0.")
                    .append(1000 + i % 97)
                    .append(",,60,6\n");
        }
        copy.write("decks/north-cli.csv", rows.toString());
        long startNanos = System.nanoTime();
        load();
        long loadedNanos = System.nanoTime();
        copy.replace("decks/north-cli.csv", "1000000,Destination 0,0.1000", "1000000,Paris,0.1");
        List<TableChange> changes = load().changes();
        System.out.printf(
                "100,000 codes loaded in %d ms, one of them changed in %d ms%n",
                (loadedNanos - startNanos) / 1_000_000,
                (System.nanoTime() - loadedNanos) / 1_000_000);
        assertThat(changes).contains(new TableChange("deck_row", 1, 1));
        assertThat(StoredBook.read(connection, 2).deckRows())
                .filteredOn(row -> row.deck().equals("NORTH-CLI"))
                .hasSize(100_000);
        assertThat(
                        StoredBook.deckRows(
                                connection,
                                2,
                                List.of("NORTH-CLI"),
                                List.of("1", "100000", "1000000", "1000001")))
                .extracting(DeckRow::code, DeckRow::destination)
                .containsExactly(tuple("1000000", "Paris"), tuple("1000001", "Destination 0"));
    }

    private BookLoad loadUnlessRead() throws SQLException {
        BookLoad load = BookLoad.loadUnlessRead(connection, folder, KNOWN_AT);
        connection.commit();
        return load;
    }

    private BookLoad.Loaded load() throws SQLException {
        BookLoad load = BookLoad.load(connection, folder, KNOWN_AT);
        assertThat(load).isInstanceOf(BookLoad.Loaded.class);
        connection.commit();
        return (BookLoad.Loaded) load;
    }

    /// The rows of a CSV file and its columns, both in another order.
    private static String shuffled(String csv, Random random) {
        List<String> lines = new ArrayList<>(csv.lines().filter(l -> !l.isEmpty()).toList());
        if (!csv.contains("\"")) {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < lines.getFirst().split(",", -1).length; i++) {
                order.add(i);
            }
            Collections.shuffle(order, random);
            lines.replaceAll(line -> {
                List<String> cells = Arrays.asList(line.split(",", -1));
                return String.join(",", order.stream().map(cells::get).toList());
            });
        }
        Collections.shuffle(lines.subList(1, lines.size()), random);
        return String.join("\n", lines) + "\n";
    }

    private static DeckRow withoutId(DeckRow row) {
        return new DeckRow(
                0,
                row.deck(),
                row.code(),
                row.destination(),
                row.ratePerMinute(),
                row.setup(),
                row.minimumSeconds(),
                row.incrementSeconds(),
                row.effective(),
                row.expires(),
                row.band(),
                row.tierFromMinutes(),
                row.origin(),
                row.jurisdiction(),
                row.blocked());
    }

    /// How many rows each table of the schema has.
    private Map<String, Long> rowCounts() throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet row =
                    statement.executeQuery(
                            "select relname from pg_class where relkind = 'r'"
                                    + " and relnamespace = 'public'::regnamespace")) {
                while (row.next()) {
                    tables.add(row.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet row =
                        statement.executeQuery("select count(*) from \"" + table + '"')) {
                    row.next();
                    counts.put(table, row.getLong(1));
                }
            }
        }
        return counts;
    }
}
