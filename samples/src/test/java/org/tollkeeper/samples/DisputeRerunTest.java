package org.tollkeeper.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The story of `dispute-rerun`: what the program finds and proposes is what the sample's own
/// arithmetic says.
class DisputeRerunTest {

    private static final Path FOLDER = Path.of("dispute-rerun");

    @Test
    void made_again_every_file_has_the_same_text() throws IOException {
        for (Map.Entry<String, String> text : DisputeRerun.texts(FOLDER).entrySet()) {
            assertThat(Files.readString(FOLDER.resolve(text.getKey())).equals(text.getValue()))
                    .as(
                            "%s is as DisputeRerun makes it; run `java samples/src/main/java/"
                                    + "org/tollkeeper/samples/DisputeRerun.java` from the root",
                            text.getKey())
                    .isTrue();
        }
    }

    @Test
    void three_days_under_a_wrong_prefix_are_put_right(@TempDir Path home) throws Exception {
        Program program = new Program(home);
        program.run(
                "nightly",
                "--book",
                FOLDER.resolve("book").toString(),
                "--inbox",
                FOLDER.resolve("inbox").toString(),
                "--out",
                home.resolve("out").toString(),
                "--through",
                "2024-03-31");
        program.run("invoice", "--period", "2024-03", "--issue");
        assertThat(charges(program)).isEqualTo(expected("before"));
        program.run("load", "--book", FOLDER.resolve("book-mended").toString());

        assertThat(remediate(program)).contains("Nothing was published");
        assertThat(charges(program)).isEqualTo(expected("before"));

        Path difference = home.resolve("difference");
        assertThat(remediate(program, "--apply", "--out", difference.toString()))
                .contains("Published by run", "QW-2024-000001");
        assertThat(charges(program)).isEqualTo(expected("after"));
        List<String> proposals = new ArrayList<>();
        for (CSVRecord row : Program.rows(difference.resolve("proposals.csv"))) {
            proposals.add(
                    String.join(
                            ",",
                            row.get("document"),
                            row.get("line"),
                            row.get("destination"),
                            row.get("from"),
                            row.get("to"),
                            row.get("difference")));
        }
        assertThat(proposals)
                .containsExactlyInAnyOrderElementsOf(
                        Files.readAllLines(FOLDER.resolve("expected/corrections.csv")).stream()
                                .skip(1)
                                .toList());
    }

    private static String remediate(Program program, String... more) throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "remediate",
                                "--from",
                                "2024-03-04",
                                "--to",
                                "2024-03-06",
                                "--switch",
                                "ams1",
                                "--reason",
                                "Neptun's tech prefix is 2288"));
        words.addAll(List.of(more));
        return program.run(words.toArray(String[]::new));
    }

    /// Calls and amount by side and destination.
    private static SortedMap<String, String> charges(Program program) throws Exception {
        SortedMap<String, Integer> calls = new TreeMap<>();
        SortedMap<String, BigDecimal> amounts = new TreeMap<>();
        Path file = program.home().resolve("charges.csv");
        program.run(
                "export",
                "charges",
                "--from",
                "2024-03-01",
                "--to",
                "2024-03-31",
                "--out",
                file.toString());
        for (CSVRecord row : Program.rows(file)) {
            String key = row.get("side") + "," + row.get("destination");
            calls.merge(key, 1, Integer::sum);
            amounts.merge(key, new BigDecimal(row.get("amount")), BigDecimal::add);
        }
        SortedMap<String, String> charges = new TreeMap<>();
        calls.forEach((key, count) -> charges.put(key, count + " " + amounts.get(key)));
        return charges;
    }

    private static SortedMap<String, String> expected(String when) throws IOException {
        SortedMap<String, String> charges = new TreeMap<>();
        for (CSVRecord row : Program.rows(FOLDER.resolve("expected/charges.csv"))) {
            if (!row.get("calls_" + when).equals("0")) {
                charges.put(
                        row.get("side") + "," + row.get("destination"),
                        row.get("calls_" + when) + " " + row.get("amount_" + when));
            }
        }
        return charges;
    }
}
