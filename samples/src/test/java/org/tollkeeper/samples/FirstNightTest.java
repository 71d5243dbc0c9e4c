package org.tollkeeper.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The first night of `first-night`, on a fresh home folder: what the program makes of the inbox is
/// what the sample's own arithmetic says.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstNightTest {

    private static final Path FOLDER = Path.of("first-night");

    private Path out = FOLDER;
    private Program program = new Program(FOLDER);
    private final Map<String, List<CSVRecord>> exports = new TreeMap<>();

    @BeforeAll
    void first_night(@TempDir Path home) throws IOException, InterruptedException {
        out = home.resolve("out");
        program = new Program(home);
        night();
        for (String what : List.of("calls", "charges", "duplicates", "suspense", "statements")) {
            exports.put(what, Program.rows(program.export(what)));
        }
    }

    @Test
    void every_record_of_every_file_has_the_fate_it_should() throws Exception {
        Map<String, Integer> calls = filesOf("calls", row -> true);
        Map<String, Integer> unanswered = filesOf("calls", row -> row.get("connect_at").isEmpty());
        Map<String, Integer> duplicates = filesOf("duplicates", row -> true);
        Map<String, Integer> suspended =
                filesOf("suspense", row -> row.get("stage").equals("mediation"));
        List<String> found = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (CSVRecord file : forecast("files")) {
            if (file.get("outcome").equals("read")) {
                Path path =
                        FOLDER.resolve("inbox")
                                .resolve(file.get("switch"))
                                .resolve(file.get("file"));
                String digest = sha256(FirstNight.read(path).getBytes(StandardCharsets.UTF_8));
                expected.add(line(file, "file", "calls", "unanswered", "duplicates", "suspended"));
                found.add(
                        String.join(
                                ",",
                                file.get("file"),
                                String.valueOf(calls.getOrDefault(digest, 0)),
                                String.valueOf(unanswered.getOrDefault(digest, 0)),
                                String.valueOf(duplicates.getOrDefault(digest, 0)),
                                String.valueOf(suspended.getOrDefault(digest, 0))));
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void records_and_charges_are_suspended_for_the_reasons_they_should() throws Exception {
        SortedMap<String, Integer> found =
                count(rows("suspense"), row -> line(row, "stage", "side", "reason"));
        SortedMap<String, Integer> expected = new TreeMap<>();
        for (CSVRecord fault : forecast("faults")) {
            expected.put(
                    line(fault, "stage", "side", "reason"), Integer.valueOf(fault.get("count")));
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void charges_add_up_to_the_forecast() throws Exception {
        SortedMap<String, BigDecimal> found = new TreeMap<>();
        for (CSVRecord charge : rows("charges")) {
            String key = line(charge, "agreement", "side", "destination", "rate");
            found.merge(key, new BigDecimal(charge.get("amount")), BigDecimal::add);
        }
        SortedMap<String, BigDecimal> expected = new TreeMap<>();
        for (CSVRecord row : forecast("traffic")) {
            String key = line(row, "agreement", "side", "destination", "rate");
            expected.merge(key, new BigDecimal(row.get("amount")), BigDecimal::add);
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void statements_have_the_lines_of_the_forecast() throws Exception {
        List<String> expected =
                forecast("traffic").stream()
                        .filter(row -> row.get("period_from").equals("2024-06-01"))
                        .map(row ->
                                line(
                                        row,
                                        "agreement",
                                        "side",
                                        "destination",
                                        "rate",
                                        "calls",
                                        "actual_seconds",
                                        "billed_seconds",
                                        "amount"))
                        .toList();
        List<String> found =
                rows("statements").stream()
                        .filter(row -> row.get("line").equals("traffic"))
                        .map(row ->
                                line(
                                        row,
                                        "agreement",
                                        "side",
                                        "destination",
                                        "rate",
                                        "calls",
                                        "actual_seconds",
                                        "billed_seconds",
                                        "traffic_amount"))
                        .toList();
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void each_side_owes_what_it_should() throws Exception {
        SortedMap<String, String> found = new TreeMap<>();
        for (CSVRecord row : rows("statements")) {
            if (row.get("line").equals("total")) {
                found.put(line(row, "agreement", "side"), row.get("due_amount"));
            }
        }
        SortedMap<String, String> expected = new TreeMap<>();
        for (CSVRecord row : forecast("settlement")) {
            if (row.get("period_from").equals("2024-06-01")) {
                expected.put(row.get("agreement") + ",sell", row.get("sell_due"));
                expected.put(row.get("agreement") + ",buy", row.get("buy_due"));
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void the_documents_and_statements_are_those_of_the_forecast() throws Exception {
        assertThat(Files.readString(out.resolve("invoices/index.csv")))
                .isEqualTo(Files.readString(FOLDER.resolve("expected/invoices-index.csv")));
        assertThat(Files.readString(program.home().resolve("statements.csv")))
                .isEqualTo(Files.readString(FOLDER.resolve("expected/statements.csv")));
    }

    @Test
    void a_second_night_changes_nothing() throws Exception {
        SortedMap<String, String> before = state();
        night();
        assertThat(state()).isEqualTo(before);
    }

    /// The digests of the output folder, the page about the run included.
    private SortedMap<String, String> state() throws IOException, NoSuchAlgorithmException {
        SortedMap<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(out.relativize(file).toString(), sha256(Files.readAllBytes(file)));
            }
        }
        return digests;
    }

    private List<CSVRecord> rows(String export) {
        return exports.getOrDefault(export, List.of());
    }

    /// How many rows of an export that fit each file has, by the digest of the file.
    private SortedMap<String, Integer> filesOf(String export, Predicate<CSVRecord> fits) {
        return count(rows(export).stream().filter(fits).toList(), row -> row.get("file"));
    }

    private void night() throws IOException, InterruptedException {
        program.run(
                "nightly",
                "--book",
                FOLDER.resolve("book").toString(),
                "--inbox",
                FOLDER.resolve("inbox").toString(),
                "--out",
                out.toString(),
                "--through",
                "2024-06-30");
    }

    private static List<CSVRecord> forecast(String name) throws IOException {
        return Program.rows(FOLDER.resolve("expected").resolve(name + ".csv"));
    }

    private static SortedMap<String, Integer> count(
            List<CSVRecord> rows, Function<CSVRecord, String> key) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        rows.forEach(row -> counts.merge(key.apply(row), 1, Integer::sum));
        return counts;
    }

    private static String line(CSVRecord row, String... columns) {
        List<String> cells = new ArrayList<>();
        for (String column : columns) {
            cells.add(row.get(column));
        }
        return String.join(",", cells);
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
