package org.tollkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every worked example of the trade's rules stands in the tests of some stage with the figures it
/// must come to, or the table says why no agreement can express it.
class WorkedExamplesTableTest {

    private static final Path TABLE =
            Path.of("rating/src/test/resources/org/tollkeeper/rating/worked-examples.csv");

    /// A row of a test's table, a text of its own or a line of a text block: its first cell is the
    /// example's id.
    private static final Pattern ROW =
            Pattern.compile(
                    "(?m)\"(E\\d+\\.\\d+)[ ,][^\"]*\"(?:\\s*\\+\\s*\"[^\"]*\")?"
                            + "|^\\s*(E\\d+\\.\\d+)\\s*\\|[^\n]*");

    private final SourceTree sources = SourceTree.here();

    @Test
    void every_example_is_a_row_or_says_why_not() {
        Map<String, List<String>> rows = rows();
        List<String> wrong = new ArrayList<>();
        for (String line : sources.read(TABLE).lines().skip(1).toList()) {
            String[] cells = line.split(",", -1);
            List<String> found = rows.getOrDefault(cells[0], List.of());
            if (!cells[2].isEmpty()) {
                if (!found.isEmpty()) {
                    wrong.add(cells[0] + " is a row, yet it is said that none can express it");
                }
            } else if (found.stream().noneMatch(row -> hasAll(row, cells[1].split(" ", -1)))) {
                wrong.add(cells[0] + " is no row with the figures " + cells[1] + ": " + found);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new HashMap<>();
        for (Path source : sources.javaFiles("src/test/java")) {
            Matcher row = ROW.matcher(sources.read(source));
            while (row.find()) {
                String id = row.group(1) != null ? row.group(1) : row.group(2);
                rows.computeIfAbsent(id, any -> new ArrayList<>()).add(row.group());
            }
        }
        return rows;
    }

    private static boolean hasAll(String row, String[] figures) {
        for (String figure : figures) {
            boolean number = figure.matches("-?[0-9.]+");
            if (number ? !hasNumber(row, new BigDecimal(figure)) : !hasWord(row, figure)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasWord(String row, String word) {
        return row.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
    }

    /// Whether a number of the row, rounded as the example is, is the example's.
    private static boolean hasNumber(String row, BigDecimal figure) {
        Matcher number = Pattern.compile("(?<![\\w.])-?\\d+(\\.\\d+)?").matcher(row);
        while (number.find()) {
            BigDecimal found = new BigDecimal(number.group());
            if (found.setScale(Math.max(0, figure.scale()), RoundingMode.HALF_UP).compareTo(figure)
                    == 0) {
                return true;
            }
        }
        return false;
    }
}
