package org.tollkeeper.bench.pipeline;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tollkeeper.bench.pipeline.RoadFigures.Road;

/// The benchmark of the other roads through the program, on a database that one night has filled: a
/// night with nothing new, export, `explain`, remediation, rating again; and last, on a database of
/// its own, a thousand documents.
///
/// Each is a command as a user starts it. The server runs already, unless a road says otherwise.
public final class Roads {

    /// How often a road is measured that leaves all as it was.
    static final int TIMES = 3;

    private static final int DEARER = 1;

    private final Path root;
    private final Path work;
    private final Size size;
    private final PrintStream err;
    private final Path home;
    private final Path book;
    private final Path inbox;
    private final List<Road> roads = new ArrayList<>();

    /// @param root the project's folder, which holds the launcher
    /// @param work a folder that the benchmark may fill and empty
    public Roads(Path root, Path work, Size size, PrintStream err) {
        this.root = root;
        this.work = work;
        this.size = size;
        this.err = err;
        this.home = work.resolve("home");
        this.book = work.resolve("book");
        this.inbox = work.resolve("inbox");
    }

    /// Runs it.
    ///
    /// @throws UnequalSums when a road does not come to what it should
    public RoadFigures run() throws Exception {
        say("generating %,d calls…".formatted(size.calls()));
        Folders.empty(work);
        Market market = new Market(size);
        market.write(book);
        Path dearerBook = work.resolve("book-dearer");
        Folders.copy(book, dearerBook);
        market.writeDecks(dearerBook, DEARER);
        Traffic traffic = new Traffic(size, market);
        traffic.write(size.nightDays(), size.calls(), new CdrFiles(inbox));
        say("the plain twin's sums, at both prices…");
        Sums expected = TwinSums.of(Market.read(book), traffic, size);
        Sums dearer = TwinSums.of(Market.read(dearerBook), traffic, size);

        long firstMs;
        try (Server server = Server.of(home)) {
            firstMs = firstNight(server, expected);
            nothingNew(server, expected);
        }
        startingTheServer();
        try (Server server = Server.of(home)) {
            Program program = new Program(root, work, home, server);
            long startMs = start(program);
            say("export and explain…");
            ReadingRoads reading = new ReadingRoads(server, program, work, home);
            add(reading.export(expected.chargeCount(), startMs));
            add(reading.explain(size.seed()));
            say("remediate, and rate again…");
            ChangingRoads changing = new ChangingRoads(server, program, work, firstMs);
            Night night = new Night(root, work, server, home, book);
            add(changing.remediate());
            add(changing.remediateUnder(dearerBook));
            UnequalSums.require("what stands after dry runs", night.sums(), expected);
            add(changing.rateAgain());
            UnequalSums.require("rating again", night.sums(), dearer);
        }
        say("documents…");
        Folders.empty(work);
        add(new DocumentsRoad(root, work, size).measure());
        Folders.empty(work);
        return new RoadFigures(size, roads);
    }

    /// The time of its mediation and rating together, which later roads are compared with.
    private long firstNight(Server server, Sums expected) throws Exception {
        Night night = new Night(root, work, server, home, book);
        say("loading the book, and a night over nothing that is not measured…");
        night.prepare();
        say("first night…");
        Night.Measured first = night.run(inbox, Size.LAST_DAY);
        UnequalSums.require("the first night", first.sums(), expected);
        Map<String, Long> stages = first.stageMs();
        say("  stages, ms: " + stages);
        add(List.of(Road.timed("firstNight", "first night", first.work(), "")));
        long sum = 0;
        for (String stage : List.of("mediate", "rate")) {
            long ms = stages.getOrDefault(stage, 0L);
            sum += ms;
            add(List.of(Road.timed(stage, "· " + stage, Work.wall(ms), "")));
        }
        return sum;
    }

    private void nothingNew(Server server, Sums expected) throws Exception {
        say("nights with nothing new…");
        Night night = new Night(root, work, server, home, book);
        List<Work> costs = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            Night.Measured again = night.run(inbox, Size.LAST_DAY);
            UnequalSums.require("a night with nothing new", again.sums(), expected);
            say("  stages, ms: " + again.stageMs());
            costs.add(again.work());
        }
        add(
                List.of(
                        Road.timed(
                                "nothingNew",
                                "a night with nothing new",
                                RoadFigures.median(costs),
                                "< 3 s")));
    }

    /// The same night and the start, when the program has PostgreSQL to start and to stop.
    private void startingTheServer() throws Exception {
        Program alone = new Program(root, work, home, null);
        List<Work> nights = new ArrayList<>();
        List<Work> starts = new ArrayList<>();
        String[] night = Night.command(book, inbox, work.resolve("out"), Size.LAST_DAY);
        for (int i = 0; i < TIMES; i++) {
            nights.add(Work.wall(alone.run(night).wallMs()));
            starts.add(Work.wall(alone.run("status").firstOutputMs()));
        }
        add(
                List.of(
                        Road.timed(
                                "nothingNewCold",
                                "· PostgreSQL started and stopped by it",
                                RoadFigures.median(nights),
                                ""),
                        Road.timed(
                                "startCold",
                                "first line of `status`, PostgreSQL started by it",
                                RoadFigures.median(starts),
                                "")));
    }

    private long start(Program program) throws Exception {
        List<Work> starts = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            starts.add(Work.wall(program.run("status").firstOutputMs()));
        }
        Work start = RoadFigures.median(starts);
        add(List.of(Road.timed("start", "first line of `status`", start, "< 1.5 s")));
        return start.wallMs();
    }

    private void add(List<Road> measured) {
        roads.addAll(measured);
        measured.forEach(road -> say("  " + road.row()));
    }

    private void say(String message) {
        err.println(message);
        err.flush();
    }
}
