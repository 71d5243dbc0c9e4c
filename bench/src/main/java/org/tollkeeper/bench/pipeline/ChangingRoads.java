package org.tollkeeper.bench.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.tollkeeper.bench.pipeline.RoadFigures.Road;

/// The roads that bring the past up to date: `remediate` of the whole day from its files, and
/// `rate` from the stored calls.
final class ChangingRoads {

    private final Server server;
    private final Program program;
    private final Path work;
    private final long firstMs;

    /// @param firstMs what mediation and rating took in the first night
    ChangingRoads(Server server, Program program, Path work, long firstMs) {
        this.server = server;
        this.program = program;
        this.work = work;
        this.firstMs = firstMs;
    }

    /// A dry run under the book that the calls were taken in under: nothing differs.
    List<Road> remediate() throws Exception {
        boolean[] nothingChanged = new boolean[1];
        Work cost =
                server.measure(() -> nothingChanged[0] = dryRun().says("nothingChanged", "true"));
        UnequalSums.require("remediation found nothing to change", nothingChanged[0], true);
        return List.of(remediated("remediate", "remediate, dry run: nothing differs", cost));
    }

    /// Loads a book with other prices, and a dry run: every charge differs.
    List<Road> remediateUnder(Path otherBook) throws Exception {
        Work load = server.measure(() -> program.run("load", "--book", otherBook.toString()));
        Work cost = server.measure(() -> dryRun());
        return List.of(
                Road.timed("loadOther", "load of a book with other prices", load, ""),
                remediated("remediateOther", "remediate, dry run: every charge differs", cost));
    }

    private Program.Ended dryRun() throws Exception {
        return program.run(
                "remediate",
                "--from",
                Size.LAST_DAY.toString(),
                "--to",
                Size.LAST_DAY.toString(),
                "--reason",
                "benchmark",
                "--out",
                work.resolve("difference").toString(),
                "--json");
    }

    private Road remediated(String key, String title, Work cost) {
        return new Road(
                key,
                title,
                cost,
                RoadFigures.ratio(cost.wallMs(), firstMs),
                "× mediate + rate",
                "≤ 3");
    }

    /// Rates under the book with other prices, and copies the same charges once more.
    List<Road> rateAgain() throws Exception {
        Work cost = server.measure(() -> program.run("rate"));
        Work floor = Floor.ofLastCharges(server, work.resolve("floor")).measure();
        return List.of(
                new Road(
                        "rateAgain",
                        "rate from stored calls, every price changed",
                        cost,
                        RoadFigures.ratio(cost.wallMs(), floor.wallMs()),
                        "× floor",
                        "≤ 1.3"),
                new Road(
                        "rateAgainCpu",
                        "· CPU",
                        null,
                        RoadFigures.ratio(allCpuMs(cost), allCpuMs(floor)),
                        "× floor",
                        ""),
                Road.timed("rateFloor", "· floor of its charges", floor, ""));
    }

    private static long allCpuMs(Work work) {
        return work.cpuMs() + work.serverCpuMs();
    }
}
