package org.tollkeeper.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.bench.pipeline.Figures;
import org.tollkeeper.bench.pipeline.Guard;
import org.tollkeeper.bench.pipeline.Pipeline;
import org.tollkeeper.bench.pipeline.ResultsPage;
import org.tollkeeper.bench.pipeline.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        description =
                "Runs a whole night over generated files, and beside it, on the same PostgreSQL and"
                        + " disk, the floor (COPY of the same rows) and the rival (set-based SQL).",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed, or slower against the floor than --guard allows",
            "2:wrong usage",
            "5:the sums are not those of the plain rules"
        })
final class PipelineCommand implements Callable<Integer> {

    @Option(names = "--calls", defaultValue = "1m", description = "Calls of the night: 200k, 5m.")
    private String calls = "1m";

    @Option(names = "--days", defaultValue = "1", description = "Setup days they spread over.")
    private int days = 1;

    @Option(names = "--codes", defaultValue = "100k", description = "Dial codes of each deck.")
    private String codes = "100k";

    @Option(names = "--runs", defaultValue = "3", description = "Runs on an empty database.")
    private int runs = 3;

    @Option(
            names = "--loaded-runs",
            defaultValue = "3",
            description = "Nights on a database that holds 30 earlier days; 0 = none.")
    private int loadedRuns = 3;

    @Option(
            names = "--history",
            description = "Calls of the 30 earlier days together (default: three times --calls).")
    private @Nullable String history;

    @Option(names = "--no-rival", description = "Leave the rival out.")
    private boolean withoutRival;

    @Option(names = "--seed", defaultValue = "1", description = "Of every random choice.")
    private long seed = 1;

    @Option(
            names = "--work",
            description = "Folder to fill and empty again (default: a temporary one).")
    private @Nullable Path work;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(
            names = "--record",
            description = "Write the results into docs/performance.md, under this name.")
    private @Nullable String record;

    @Option(
            names = "--guard",
            description =
                    "Fail when night ÷ floor is worse than twice the ratio recorded in this file.")
    private @Nullable Path guard;

    @Option(names = "--record-guard", description = "Record the ratio for --guard in this file.")
    private @Nullable Path recordGuard;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Path root = Path.of(System.getProperty("tollkeeper.root", "."));
        long callCount = number("--calls", calls);
        Size size = new Size(seed, callCount, days, Math.toIntExact(number("--codes", codes)));
        Pipeline.Options options =
                new Pipeline.Options(
                        size,
                        runs,
                        loadedRuns,
                        history == null ? 3 * callCount : number("--history", history),
                        !withoutRival);
        Path folder = work == null ? Files.createTempDirectory("tollkeeper-bench") : work;
        PrintStream out = System.out;
        Figures figures;
        try {
            figures = new Pipeline(root, folder, options, System.err).run();
        } catch (Pipeline.UnequalSums e) {
            System.err.println(e.getMessage());
            return 5;
        }
        if (json) {
            out.println(figures.json());
        } else {
            figures.table().forEach(out::println);
        }
        if (record != null) {
            ResultsPage.write(root.resolve("docs/performance.md"), record, figures, options);
        }
        if (recordGuard != null) {
            Guard.record(recordGuard, figures);
        }
        if (guard != null) {
            return Guard.check(guard, figures, System.err) ? 0 : 1;
        }
        return 0;
    }

    private long number(String option, String text) {
        String digits = text.toLowerCase(Locale.ROOT).replaceAll("[km]$", "");
        if (!digits.matches("\\d{1,9}")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s: '%s' is no count; expected one such as 200k or 5m"
                            .formatted(option, text));
        }
        long unit =
                switch (text.charAt(text.length() - 1)) {
                    case 'k', 'K' -> 1_000;
                    case 'm', 'M' -> 1_000_000;
                    default -> 1;
                };
        return Long.parseLong(digits) * unit;
    }
}
