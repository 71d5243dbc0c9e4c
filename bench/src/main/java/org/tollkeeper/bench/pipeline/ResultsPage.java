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

    /// Writes the figures, when and on what they were measured.
    public static void write(Path page, String name, Figures figures, Pipeline.Options options)
            throws IOException {
        String begin = "<!-- measured: " + name + " -->";
        String end = "<!-- end -->";
        String text = Files.exists(page) ? Files.readString(page) : "# Performance\n";
        String block =
                begin
                        + "\n"
                        + headline(figures, options)
                        + "\n\n"
                        + String.join("\n", figures.table())
                        + "\n\n"
                        + String.join("\n", figures.growth())
                        + "\n"
                        + end;
        int from = text.indexOf(begin);
        if (from < 0) {
            text = text.stripTrailing() + "\n\n" + block + "\n";
        } else {
            int to = text.indexOf(end, from) + end.length();
            text = text.substring(0, from) + block + text.substring(to);
        }
        Files.createDirectories(page.getParent());
        Files.writeString(page, text);
    }

    private static String headline(Figures figures, Pipeline.Options options) throws IOException {
        return """
        %,d calls in %,d records (%,d MB) over %d day(s), decks of %,d codes, seed %d; medians of %d \
        runs. Measured %s on %s.\
        """
                .formatted(
                        figures.calls(),
                        figures.records(),
                        figures.bytes() / 1_000_000,
                        options.size().days(),
                        options.size().codes(),
                        options.size().seed(),
                        figures.runs().size(),
                        Instant.now().truncatedTo(ChronoUnit.MINUTES),
                        machine());
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
