package org.tollkeeper.mediation.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tollkeeper.mediation.decoder.CsvReader;
import org.tollkeeper.model.Switch;
import org.tollkeeper.model.Trunk;

/// Whole nights with a known end: books and inboxes whose exports were worked out by other means.
/// They lie in the folder that `TOLLKEEPER_CASES` names, one folder a case, with `book`, `inbox`
/// and `expected`; without it the test is skipped.
class FinishedCasesTest {

    @TempDir Path folder;

    static Stream<Path> cases() throws IOException {
        String place = System.getenv("TOLLKEEPER_CASES");
        if (place == null || !Files.isDirectory(Path.of(place))) {
            return Stream.of(Path.of("no TOLLKEEPER_CASES"));
        }
        try (Stream<Path> entries = Files.list(Path.of(place))) {
            return entries.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_night_comes_out_as_it_was_worked_out(Path night) throws IOException {
        assumeTrue(Files.isDirectory(night.resolve("inbox")), "TOLLKEEPER_CASES is not set");
        try (Bench bench = new Bench(folder, book(night.resolve("book")))) {
            bench.now = Instant.now();
            Mediated mediated = bench.mediate(night.resolve("inbox"));
            assertThat(mediated.totals().balance()).isTrue();
            assertThat(mediated.quarantined()).isEmpty();
            Path expected = night.resolve("expected");
            assertThat(bench.calls()).isEqualTo(Files.readString(expected.resolve("calls.csv")));
            assertThat(bench.duplicates())
                    .isEqualTo(Files.readString(expected.resolve("duplicates.csv")));
            assertThat(bench.suspense())
                    .isEqualTo(
                            Files.readAllLines(expected.resolve("suspense.csv")).stream()
                                    .filter(line -> !line.contains(",rating,"))
                                    .collect(joining("\n", "", "\n")));
            Mediated again = bench.mediate(night.resolve("inbox"));
            assertThat(again.totals()).isEqualTo(Totals.NONE);
            assertThat(again.filesRead()).isZero();
        }
    }

    static TestBook book(Path folder) throws IOException {
        Set<String> tests = new HashSet<>();
        Path testNumbers = folder.resolve("testnumbers.csv");
        if (Files.exists(testNumbers)) {
            rows(testNumbers).forEach(row -> tests.add(text(row, "number")));
        }
        List<Trunk> trunks = new ArrayList<>();
        for (Map<String, String> row : rows(folder.resolve("trunks.csv"))) {
            trunks.add(
                    new Trunk(
                            text(row, "switch"),
                            text(row, "trunk"),
                            text(row, "carrier"),
                            TestBook.direction(text(row, "direction")),
                            text(row, "strip"),
                            text(row, "add"),
                            date(text(row, "from")),
                            date(text(row, "to")),
                            text(row, "product")));
        }
        return new TestBook(switches(folder.resolve("switches.yaml")), trunks, tests);
    }

    private static String text(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }

    private static @Nullable LocalDate date(String text) {
        return text.isEmpty() ? null : LocalDate.parse(text);
    }

    /// Switches written as a list of flat maps.
    private static List<Switch> switches(Path file) throws IOException {
        List<Map<String, String>> maps = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("- ")) {
                maps.add(new HashMap<>());
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                maps.getLast()
                        .put(
                                line.substring(2, colon).strip(),
                                line.substring(colon + 1).strip().replace("\"", ""));
            }
        }
        return maps.stream()
                .map(map ->
                        new Switch(
                                text(map, "id"),
                                text(map, "format"),
                                ZoneId.of(map.getOrDefault("timeZone", "UTC")),
                                map.getOrDefault("files", "*"),
                                text(map, "sequence"),
                                text(map, "countryCode"),
                                text(map, "nationalPrefix"),
                                text(map, "internationalPrefix"),
                                List.of(),
                                ""))
                .toList();
    }

    private static List<Map<String, String>> rows(Path file) throws IOException {
        CsvReader reader =
                new CsvReader(new ByteArrayInputStream(Files.readAllBytes(file)), UTF_8, ',', '"');
        List<String> header = reader.next();
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> row = reader.next(); row != null; row = reader.next()) {
            Map<String, String> map = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                map.put(requireNonNull(header).get(i), row.get(i));
            }
            rows.add(map);
        }
        return rows;
    }
}
