package org.tollkeeper.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The faults of `book-errors.txt`, which says how it is read.
class BookErrorsTest {

    @TempDir private Path temp;

    /// Spoils a copy of the valid book.
    ///
    /// @param steps lines of the file
    /// @param errors that must come of it
    private record Fault(List<String> steps, List<String> errors) {

        void doTo(BookCopy copy) {
            for (String step : steps) {
                int colon = step.indexOf(':');
                String file = colon < 0 ? step.substring(2) : step.substring(0, colon);
                String text = colon < 0 ? "" : unescaped(step.substring(colon + 1).stripLeading());
                switch (step.charAt(0)) {
                    case '-' -> copy.delete(file);
                    case '=' -> copy.write(file.substring(2), text);
                    case '+' -> copy.append(file.substring(2), text);
                    default -> {
                        String[] parts = (text + " ").split(" => ?", 2);
                        copy.replace(file, parts[0], parts[1].stripTrailing());
                    }
                }
            }
        }

        private static String unescaped(String text) {
            return text.replace("\\n", "\n").replace("\\\\", "\\");
        }
    }

    private static List<Fault> faults() throws IOException {
        List<Fault> faults = new ArrayList<>();
        for (String block : resource("/book-errors.txt").split("\n\n+", -1)) {
            List<String> lines = block.lines().filter(line -> !line.startsWith("#")).toList();
            List<String> steps = lines.stream().filter(line -> !line.startsWith("  ")).toList();
            if (!steps.isEmpty()) {
                List<String> errors = lines.subList(steps.size(), lines.size());
                faults.add(new Fault(steps, errors.stream().map(String::strip).toList()));
            }
        }
        return faults;
    }

    @TestFactory
    Stream<DynamicTest> every_fault_is_named_with_its_place() throws IOException {
        return faults().stream()
                .map(fault ->
                        DynamicTest.dynamicTest(
                                String.join(", ", fault.steps), () -> check(fault)));
    }

    private void check(Fault fault) {
        BookCopy copy = BookCopy.in(temp.resolve("book" + fault.hashCode()));
        fault.doTo(copy);
        assertThat(copy.errors().stream().map(BookError::toString))
                .containsExactlyElementsOf(fault.errors);
    }

    @Test
    void a_byte_that_is_not_utf_8_is_named() {
        BookCopy copy = BookCopy.in(temp.resolve("bytes"));
        copy.writeBytes("risk.csv", new byte[] {'c', '\n', 'd', (byte) 0xe9});
        assertThat(copy.errors())
                .containsExactly(
                        new BookError(
                                "risk.csv",
                                2,
                                2,
                                "the byte 0xe9",
                                "UTF-8 text",
                                "save the file as UTF-8"));
    }

    @Test
    void a_folder_that_is_not_there_is_refused() {
        assertThat(BookFolder.read(temp.resolve("none")))
                .isInstanceOfSatisfying(
                        BookReading.Invalid.class,
                        invalid -> assertThat(invalid.errors()).hasSize(1));
    }

    @Test
    void the_report_names_place_finding_expectation_and_remedy() {
        BookCopy copy = BookCopy.in(temp.resolve("report"));
        copy.replace("decks/north-sell.csv", "44,UK,0.0600", "44,UK,0.06.00")
                .replace("decks/east-sell.csv", "6,6,,,,,,interstate", "1,60,,,,,,interstate");
        assertThat(BookReport.of(BookFolder.read(copy.folder())))
                .isEqualTo(
                        """
                        error    decks/north-sell.csv:2:7
                                 found    rate '0.06.00'
                                 expected a decimal such as 0.0125, at least 0, of at most 18 digits
                                 do       write digits with a point; no sign, exponent or separator

                        warning  decks/east-sell.csv:2:27
                                 found    a minimum of 1 s below the increment of 60 s
                                 so       check that they are not swapped

                        warning  decks/north-sell.csv:7:25
                                 found    code 47 without a price in festive and night, and the like in another row
                                 so       calls to it in those hours are suspended as NO_RATE

                        The book is refused: 1 error and 2 warnings.
                        """);
    }

    @Test
    void a_product_means_nothing_where_all_decks_are_plain_lists() {
        BookCopy copy = BookCopy.in(temp.resolve("product"));
        copy.append("trunks.csv", "nyc1,PLAIN,EAST,in,,,,,premium\n");
        assertThat(copy.errors()).isEmpty();
    }

    @Test
    void what_is_seldom_meant_is_a_warning() {
        BookCopy copy = BookCopy.in(temp.resolve("warnings"));
        copy.replace("agreements.yaml", "buy: [NORTH-BUY]", "buy: [NORTH-BUY, NORTH-BUY]")
                .replace("agreements.yaml", "category: S", "category: E")
                .replace("agreements.yaml", "sell: [NORTH-SELL]", "netting: false")
                .replace("trunks.csv", ",premium", ",")
                .append("carriers.csv", "WEST,West Ltd,,,,,,,\n")
                .append("decks.yaml", "- {id: SPARE, file: north-buy.csv, currency: EUR}\n")
                .append("targets.csv", "Atlantis,50,,,\n")
                .append("origins.csv", "47,NORDIC\n");
        assertThat(BookFolder.read(copy.folder()).warnings().stream().map(BookWarning::toString))
                .contains(
                        "agreements.yaml:1:1: no agreement with WEST: its calls cannot be priced",
                        "agreements.yaml:23:31: 20.0 percent of tax in category E:"
                                + " EN 16931 wants a rate above 0 for S and 0 for all others",
                        "carriers.csv:6:18: no country for WEST:"
                                + " invoices to it lack a part that e-invoicing demands",
                        "decks.yaml:16:8: the deck 'SPARE' in no agreement:"
                                + " no call is priced by it",
                        "targets.csv:4:1: the destination 'Atlantis' of no deck:"
                                + " the target is never compared with calls",
                        "trunks.csv:2:28: no product for a trunk of NORTH:"
                                + " its agreements have decks by product only:"
                                + " these calls find none");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # rows appended to the deck             | place and finding
                    61,A,0.10,,,,,,peak,,,,; 61,A,0.10,,,,,,offpeak,,,,; 61,A,0.1,,,,,,festive,,,, | 11:16: code 61 without a price in night
                    61,A,0.10,,,,,,peak,,,,; 61,A,0.05,,,,,,,,,,         |
                    61,A,0.10,,,,,,peak,,EEA,,; 61,A,0.05,,,,,,,,,,      | 11:16: code 61 without a price in festive and night and offpeak
                    61,A,0.10; 612,A,0.10,,,,,,,500,,,                   | 12:18: code 612 with its first tier from 500 min on
                    61,A,0.10,,,,,,,,,,; 61,A,0.05,,,,,2024-06-01,,500,,, | 12:15: the last tier of code 61, from 500 min on, ends before the first
                    61,A,0.10,,,,,2024-06-01,,,,,; 61,A,0.05,,,,,2024-06-01,,500,,, |
                    61,A,0.10,,,,,,,,,,; 61,A,0.11,,,,,,,500,,,          | 12:6: the tier of code 61 from 500 min on is dearer than the one below
                    61,A,0.010,,,,,,,,,,; 61,A,0.051,,,,2024-06-01,,,,,, | 12:6: the rate of code 61 leaps from 0.010 to 0.051
                    61,A,0.010,,,,,,,,,,; 61,A,0.050,,,,2024-06-01,,,,,, |
                    61,A,0.05,,,,,,,,,,; 61,A,0.005,,,,2024-06-01,,,,,,  | 12:6: the rate of code 61 leaps from 0.05 to 0.005
                    61,A,0,,,,,,,,,,; 61,A,0.5,,,,2024-06-01,,,,,,       |
                    61,A,0.05,,1,60,,,,,,,; 62,A,0.05,,1,60,,,,,,,       | 11:12: a minimum of 1 s below the increment of 60 s, and the like in another row
                    61,A,0.05,,60,1,,,,,,,                               |
                    """)
    void a_price_that_is_seldom_meant_is_a_warning(String rows, @Nullable String warning) {
        BookCopy copy = BookCopy.in(temp.resolve("deck" + rows.hashCode()));
        copy.replace(
                        "decks/north-sell.csv",
                        "47,Norway,0.0200,,1,1,,,peak",
                        "47,Norway,0.0200,,1,1,,,")
                .replace("decks/north-sell.csv", ",night,,EEA", ",,,EEA");
        for (String row : rows.split("; ", -1)) {
            copy.append(
                    "decks/north-sell.csv",
                    row + ",".repeat(12 - row.replaceAll("[^,]", "").length()) + "\n");
        }
        List<String> found =
                BookFolder.read(copy.folder()).warnings().stream()
                        .filter(each -> each.place().file().equals("decks/north-sell.csv"))
                        .map(each ->
                                each.place().line()
                                        + ":"
                                        + each.place().column()
                                        + ": "
                                        + each.found())
                        .toList();
        assertThat(found).isEqualTo(warning == null ? List.of() : List.of(warning));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(BookErrorsTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
