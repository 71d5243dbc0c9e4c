package org.tollkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The habits of the source tree that no compiler checks.
class TidyTest {

    /// Files that may compute in floating point: metrics and charts, never money, time or volume.
    private static final Set<String> FLOATING_POINT_ALLOWED = Set.of();

    private static final Pattern COMMENT_OR_TEXT =
            Pattern.compile(
                    "//[^\n]*|/\\*(?s:.*?)\\*/"
                            + "|\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\])'");
    private static final Pattern FLOATING_POINT =
            Pattern.compile("\\b(?:float|double|Float|Double|\\d+\\.\\d+[fFdD]?)\\b");
    private static final Pattern NAMED_PATH =
            Pattern.compile("`([\\w.-]+(?:/[\\w.-]+)*(?:/|\\.md))`");
    private static final Pattern NAMED_NESTED = Pattern.compile("`([\\w.-]+(?:/[\\w.-]+)+)`");

    private final SourceTree tree = SourceTree.here();

    @Test
    void production_code_has_no_floating_point() {
        List<String> found =
                tree.productionSources().stream()
                        .filter(file -> FLOATING_POINT.matcher(codeOf(file)).find())
                        .map(Path::toString)
                        .filter(file -> !FLOATING_POINT_ALLOWED.contains(file))
                        .toList();
        assertThat(found).isEmpty();
    }

    @Test
    void every_package_is_null_marked() {
        Set<Path> unmarked = new TreeSet<>();
        for (Path file : tree.productionSources()) {
            Path info = file.resolveSibling("package-info.java");
            if (!Files.exists(tree.root().resolve(info)) || !codeOf(info).contains("@NullMarked")) {
                unmarked.add(info);
            }
        }
        assertThat(unmarked).isEmpty();
    }

    @Test
    void every_path_named_in_the_architecture_page_exists() {
        Path page = Path.of("ARCHITECTURE.md");
        assumeTrue(Files.exists(tree.root().resolve(page)), "no ARCHITECTURE.md");
        String text = tree.read(page);
        List<String> missing = new ArrayList<>();
        for (Pattern pattern : List.of(NAMED_PATH, NAMED_NESTED)) {
            pattern.matcher(text)
                    .results()
                    .map(match -> match.group(1))
                    .filter(path -> !Files.exists(tree.root().resolve(path)))
                    .forEach(missing::add);
        }
        assertThat(missing).isEmpty();
    }

    private String codeOf(Path file) {
        return COMMENT_OR_TEXT.matcher(tree.read(file)).replaceAll(" ");
    }
}
