package org.tollkeeper.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.bench.pipeline.Figures;
import org.tollkeeper.bench.pipeline.Guard;
import org.tollkeeper.bench.pipeline.Pipeline;
import org.tollkeeper.bench.pipeline.ResultsPage;
import org.tollkeeper.bench.pipeline.UnequalSums;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin private Settings settings = new Settings();

    @Option(names = "--days", defaultValue = "1", description = "Setup days they spread over.")
    private int days = 1;

    @Option(names = "--runs", defaultValue = "3", description = "Runs on an empty database.")
    private int runs = 3;

    @Option(
            names = "--loaded-runs",
            defaultValue = "3",
            description = "Nights on a database that holds 30 earlier days; 0 = none.")
    private int loadedRuns = 3;

    @Option(
            names = "--history",
            converter = Counts.class,
            description = "Calls of the 30 earlier days together (default: three times --calls).")
    private @Nullable Long history;

    @Option(names = "--no-rival", description = "Leave the rival out.")
    private boolean withoutRival;

    @Option(names = "--profile", description = "Profile one more night by the Flight Recorder.")
    private boolean withProfile;

    @Option(
            names = "--guard",
            description =
                    "Fail when night ÷ floor is worse than twice the ratio recorded in this file.")
    private @Nullable Path guard;

    @Option(names = "--record-guard", description = "Record the ratio for --guard in this file.")
    private @Nullable Path recordGuard;

    @Override
    public Integer call() throws Exception {
        Pipeline.Options options =
                new Pipeline.Options(
                        settings.size(days),
                        runs,
                        loadedRuns,
                        history == null ? 3 * settings.calls() : history,
                        !withoutRival,
                        withProfile);
        PrintStream out = System.out;
        Figures figures;
        try {
            figures = new Pipeline(Settings.root(), settings.folder(), options, System.err).run();
        } catch (UnequalSums e) {
            System.err.println(e.getMessage());
            return 5;
        }
        if (settings.isJson()) {
            out.println(figures.json());
        } else {
            figures.tables().forEach(out::println);
        }
        String name = settings.record();
        if (name != null) {
            List<String> lines = new ArrayList<>(figures.tables());
            lines.add("");
            lines.addAll(figures.growth());
            ResultsPage.write(
                    Settings.page(),
                    "Measured",
                    "measured: " + name,
                    figures.headline(options),
                    lines);
        }
        if (recordGuard != null) {
            Guard.record(recordGuard, figures);
        }
        if (guard != null) {
            return Guard.check(guard, figures, System.err) ? 0 : 1;
        }
        return 0;
    }
}
