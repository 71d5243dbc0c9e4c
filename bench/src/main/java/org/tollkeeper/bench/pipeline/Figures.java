package org.tollkeeper.bench.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What the runs of one benchmark came to: medians, and ratios within a run before their median.
///
/// @param calls accepted in each night
/// @param runs on an empty database
/// @param loaded nights on a database that holds thirty earlier days; may be empty
/// @param profile of one more night; null when none was asked for
public record Figures(
        long calls,
        long records,
        long bytes,
        List<Run> runs,
        List<Night.Measured> loaded,
        @Nullable Profile profile) {

    private static final long NIGHT_SECONDS = 4 * 3600;
    private static final long TERABYTE = 1_000_000_000_000L;
    private static final long DAYS_A_MONTH = 30;

    /// A night, and what the same rows took without it.
    ///
    /// @param rival null when it was left out
    record Run(Night.Measured night, Work floor, @Nullable Work rival) {}

    private static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }

    long median(ToLongFunction<Run> figure) {
        return median(runs.stream().map(figure::applyAsLong).toList());
    }

    long loadedWallMs() {
        return median(loaded.stream().map(night -> night.work().wallMs()).toList());
    }

    long wallMs() {
        return median(run -> run.night().work().wallMs());
    }

    long callsPerSecond() {
        return calls * 1000 / Math.max(1, wallMs());
    }

    long storedBytes() {
        return median(run -> run.night().storedBytes());
    }

    /// Night ÷ floor, in thousandths.
    long floorPermille() {
        return median(run -> permille(run.night().work().wallMs(), run.floor().wallMs()));
    }

    /// CPU time of the night ÷ that of the floor, program and server together, in thousandths.
    long floorCpuPermille() {
        return median(run -> permille(cpuMs(run.night().work()), cpuMs(run.floor())));
    }

    /// Rival ÷ night, in thousandths; 0 when the rival was left out.
    long rivalPermille() {
        return median(run -> {
            Work rival = run.rival();
            return rival == null ? 0 : permille(rival.wallMs(), run.night().work().wallMs());
        });
    }

    /// Night on a loaded database ÷ on an empty one, in thousandths; 0 when there was none.
    long loadedPermille() {
        return permille(loadedWallMs(), wallMs());
    }

    private static long permille(long part, long whole) {
        return part * 1000 / Math.max(1, whole);
    }

    private static long cpuMs(Work work) {
        return work.cpuMs() + work.serverCpuMs();
    }

    /// The median wall time of each step of the night.
    Map<String, Long> stageMs() {
        return stageMs(runs.stream().map(Run::night).toList());
    }

    private static Map<String, Long> stageMs(List<Night.Measured> nights) {
        Map<String, List<Long>> all = new LinkedHashMap<>();
        for (Night.Measured night : nights) {
            night.stageMs()
                    .forEach((stage, ms) ->
                            all.computeIfAbsent(stage, s -> new ArrayList<>()).add(ms));
        }
        Map<String, Long> medians = new LinkedHashMap<>();
        all.forEach((stage, values) -> medians.put(stage, median(values)));
        return medians;
    }

    /// Thousandths as a decimal, such as 1.234.
    static String decimal(long permille) {
        return "%d.%03d".formatted(permille / 1000, permille % 1000);
    }

    /// One JSON object; members are added, never renamed.
    public String json() {
        StringBuilder json = new StringBuilder("{");
        member(json, "calls", calls);
        member(json, "records", records);
        member(json, "runs", runs.size());
        member(json, "callsPerSecond", callsPerSecond());
        member(json, "floorRatio", decimal(floorPermille()));
        member(json, "floorCpuRatio", decimal(floorCpuPermille()));
        member(json, "rivalRatio", decimal(rivalPermille()));
        member(json, "loadedRatio", decimal(loadedPermille()));
        member(json, "heapPeakBytes", median(run -> run.night().heapPeakBytes()));
        member(json, "residentPeakBytes", median(run -> run.night().residentPeakBytes()));
        member(json, "walBytes", median(run -> run.night().work().walBytes()));
        member(json, "storedBytes", storedBytes());
        member(json, "nightMs", wallMs());
        member(json, "nightCpuMs", median(run -> run.night().work().cpuMs()));
        member(json, "nightServerCpuMs", median(run -> run.night().work().serverCpuMs()));
        member(json, "floorMs", median(run -> run.floor().wallMs()));
        member(json, "floorServerCpuMs", median(run -> run.floor().serverCpuMs()));
        member(json, "floorWalBytes", median(run -> run.floor().walBytes()));
        member(json, "rivalMs", median(run -> rivalMs(run.rival())));
        member(json, "loadedMs", loadedWallMs());
        Sums sums = runs.getFirst().night().sums();
        member(json, "talkMs", sums.talkMs());
        StringBuilder stages = new StringBuilder("{");
        stageMs().forEach((stage, ms) -> member(stages, stage, ms));
        json.append("\"stageMs\":").append(close(stages)).append(',');
        StringBuilder money = new StringBuilder("{");
        sums.money()
                .forEach((currency, of) -> {
                    StringBuilder one = new StringBuilder("{");
                    member(one, "charges", of.chargeCount());
                    member(one, "billedSeconds", of.billedSeconds());
                    member(one, "nanos", of.nanos());
                    money.append('"').append(currency).append("\":");
                    money.append(close(one)).append(',');
                });
        json.append("\"money\":").append(close(money)).append(',');
        return close(json);
    }

    static void member(StringBuilder json, String name, Object value) {
        json.append('"').append(name).append("\":").append(value).append(',');
    }

    static String close(StringBuilder json) {
        if (json.charAt(json.length() - 1) == ',') {
            json.setLength(json.length() - 1);
        }
        return json.append('}').toString();
    }

    private static long rivalMs(@Nullable Work rival) {
        return rival == null ? 0 : rival.wallMs();
    }

    /// What was measured, in a sentence.
    public String headline(Pipeline.Options options) {
        return """
        %,d calls in %,d records (%,d MB) over %d day(s), decks of %,d codes, seed %d; medians of %d \
        runs.\
        """
                .formatted(
                        calls,
                        records,
                        bytes / 1_000_000,
                        options.size().days(),
                        options.size().codes(),
                        options.size().seed(),
                        runs.size());
    }

    /// All that was measured, as tables for people, in Markdown.
    public List<String> tables() {
        List<String> lines = new ArrayList<>(table());
        lines.add("");
        lines.addAll(threads());
        if (profile != null) {
            lines.add("");
            lines.addAll(profile.tables());
        }
        return lines;
    }

    /// The figures as a table for people, in Markdown.
    private List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add("| | wall s | calls/s | program CPU s | PostgreSQL CPU s | WAL MB |");
        lines.add("|---|---:|---:|---:|---:|---:|");
        lines.add(row("nightly, empty database", run -> run.night().work()));
        addStages(lines, stageMs());
        if (!loaded.isEmpty()) {
            long ms = loadedWallMs();
            lines.add(
                    "| nightly, 30 earlier days | %s | %,d | | | |"
                            .formatted(seconds(ms), calls * 1000 / Math.max(1, ms)));
            addStages(lines, stageMs(loaded));
        }
        lines.add(row("floor (a)", Run::floor));
        if (runs.getFirst().rival() != null) {
            lines.add(
                    row(
                            "rival (b)",
                            run -> {
                                Work rival = run.rival();
                                return rival == null ? new Work(0, 0, 0, 0) : rival;
                            }));
        }
        lines.add("");
        lines.add("| ratio or peak | |");
        lines.add("|---|---:|");
        lines.add("| nightly ÷ floor, wall | %s |".formatted(decimal(floorPermille())));
        lines.add("| nightly ÷ floor, CPU | %s |".formatted(decimal(floorCpuPermille())));
        if (rivalPermille() > 0) {
            lines.add("| rival ÷ nightly, wall | %s |".formatted(decimal(rivalPermille())));
        }
        if (loadedPermille() > 0) {
            lines.add("| loaded ÷ empty, wall | %s |".formatted(decimal(loadedPermille())));
        }
        lines.add(
                "| JVM heap peak, MB | %,d |"
                        .formatted(median(run -> run.night().heapPeakBytes()) / 1_000_000));
        lines.add(
                "| resident peak, JVM and PostgreSQL, MB | %,d |"
                        .formatted(median(run -> run.night().residentPeakBytes()) / 1_000_000));
        lines.add("| on disk, a call, bytes | %,d |".formatted(storedBytes() / calls));
        return lines;
    }

    /// What the program's threads do, as a table for people, in Markdown.
    private List<String> threads() {
        List<String> lines = new ArrayList<>();
        lines.add("| the program's threads | CPU s |");
        lines.add("|---|---:|");
        List<Map<String, Long>> nights = runs.stream().map(run -> run.night().threadMs()).toList();
        for (String work : ThreadTimes.works(nights)) {
            long ms = median(run -> run.night().threadMs().getOrDefault(work, 0L));
            lines.add("| %s | %s |".formatted(work, seconds(ms)));
        }
        return lines;
    }

    private void addStages(List<String> lines, Map<String, Long> stages) {
        stages.forEach((stage, ms) ->
                lines.add(
                        "| · %s | %s | %,d | | | |"
                                .formatted(stage, seconds(ms), calls * 1000 / Math.max(1, ms))));
    }

    /// Where the machine ends, extrapolated from these runs.
    public List<String> growth() {
        long nightly = callsPerSecond() * NIGHT_SECONDS;
        long perCall = Math.max(1, storedBytes() / calls);
        List<String> lines = new ArrayList<>();
        lines.add("| extrapolated | |");
        lines.add("|---|---:|");
        lines.add("| calls that a night of four hours takes in | %,d |".formatted(nightly));
        for (long daily : List.of(1_000_000L, 5_000_000L, 20_000_000L)) {
            lines.add(
                    "| months that 1 TB holds, at %,d calls a day | %,d |"
                            .formatted(daily, TERABYTE / (perCall * daily * DAYS_A_MONTH)));
        }
        return lines;
    }

    private String row(String name, Function<Run, Work> of) {
        long ms = median(run -> of.apply(run).wallMs());
        return "| %s | %s | %,d | %s | %s | %,d |"
                .formatted(
                        name,
                        seconds(ms),
                        calls * 1000 / Math.max(1, ms),
                        seconds(median(run -> of.apply(run).cpuMs())),
                        seconds(median(run -> of.apply(run).serverCpuMs())),
                        median(run -> of.apply(run).walBytes()) / 1_000_000);
    }

    static String seconds(long ms) {
        return "%d.%02d".formatted(ms / 1000, ms % 1000 / 10);
    }
}
