package org.tollkeeper.bench.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/// Puts results into a page, between two marks that bear their name; what stood there goes, the
/// rest of the page stays.
public final class ResultsPage {

    private ResultsPage() {}

    /// Writes figures, when and on what they were measured.
    ///
    /// @param section the heading that they go under when they are new
    /// @param mark what the marks say
    /// @param subject what was measured, a sentence
    public static void write(
            Path page, String section, String mark, String subject, List<String> figures)
            throws IOException {
        String begin = "<!-- " + mark + " -->";
        String end = "<!-- end -->";
        String text = Files.exists(page) ? Files.readString(page) : "# Performance\n";
        String block =
                """
                %s
                %s Measured %s on %s.

                %s
                %s\
                """
                        .formatted(
                                begin,
                                subject,
                                Instant.now().truncatedTo(ChronoUnit.MINUTES),
                                machine(),
                                String.join("\n", figures),
                                end);
        int from = text.indexOf(begin);
        if (from < 0) {
            text = append(text, "\n## " + section + "\n", block);
        } else {
            int to = text.indexOf(end, from) + end.length();
            text = text.substring(0, from) + block + text.substring(to);
        }
        Files.createDirectories(page.getParent());
        Files.writeString(page, text);
    }

    /// Puts a block at the end of a section, which is made where it is missing.
    private static String append(String text, String heading, String block) {
        int section = text.indexOf(heading);
        if (section < 0) {
            return text.stripTrailing() + "\n" + heading + "\n" + block + "\n";
        }
        int next = text.indexOf("\n## ", section + heading.length());
        int to = next < 0 ? text.length() : next;
        return text.substring(0, to).stripTrailing() + "\n\n" + block + "\n" + text.substring(to);
    }

    private static String machine() throws IOException {
        String model = first(Path.of("/proc/cpuinfo"), "model name").replaceFirst(".*:\\s*", "");
        String memory = first(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "");
        String load = first(Path.of("/proc/loadavg"), "");
        return "%d cores (%s), %d GB of memory, %s %s, Java %s; load before the end %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        model.isEmpty() ? "unknown model" : model,
                        memory.isEmpty() ? 0 : Long.parseLong(memory) / 1_000_000,
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("java.version"),
                        load.isEmpty() ? "unknown" : load.split(" ", -1)[0]);
    }

    private static String first(Path file, String start) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(file)) {
            return List.copyOf(lines.filter(line -> line.startsWith(start)).limit(1).toList())
                    .stream()
                    .findFirst()
                    .orElse("");
        }
    }
}
