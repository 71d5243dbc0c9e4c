package org.tollkeeper.bench.pipeline;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Book;

/// The benchmark of the whole pipeline: generates, then measures night, floor and rival in turn on
/// the same PostgreSQL and disk, and holds every run to the plain twin's sums.
public final class Pipeline {

    private final Path root;
    private final Path work;
    private final Options options;
    private final PrintStream err;
    private final Market market;
    private final Traffic traffic;
    private final Path book;

    /// What to do.
    ///
    /// @param runs nights on an empty database
    /// @param loadedRuns nights on a loaded one; 0 = none
    /// @param historyCalls of the thirty earlier days together
    /// @param withRival whether the rival runs too
    /// @param withProfile whether one more night is profiled
    public record Options(
            Size size,
            int runs,
            int loadedRuns,
            long historyCalls,
            boolean withRival,
            boolean withProfile) {}

    /// @param root the project's folder, which holds the launcher
    /// @param work a folder that the benchmark may fill and empty
    public Pipeline(Path root, Path work, Options options, PrintStream err) {
        this.root = root;
        this.work = work;
        this.options = options;
        this.err = err;
        this.market = new Market(options.size());
        this.traffic = new Traffic(options.size(), market);
        this.book = work.resolve("book");
    }

    /// Runs it.
    ///
    /// @throws UnequalSums when a night, or the rival, does not come to what it should
    public Figures run() throws Exception {
        say("generating %,d calls…".formatted(options.size().calls()));
        Folders.empty(work);
        market.write(book);
        CdrFiles files = new CdrFiles(work.resolve("inbox"));
        traffic.write(options.size().nightDays(), options.size().calls(), files);
        Path staged = work.resolve("staged.tsv");
        if (options.withRival()) {
            try (StagedRecords records = new StagedRecords(staged)) {
                traffic.write(options.size().nightDays(), options.size().calls(), records);
            }
        }
        say("the plain twin's sums…");
        Book read = Market.read(book);
        Sums expected = TwinSums.of(read, traffic, options.size());

        say("loading the book, and a first night that is not measured…");
        Path fresh = work.resolve("home-fresh");
        try (Server server = Server.of(fresh)) {
            new Night(root, work, server, fresh, book).prepare();
        }
        List<Figures.Run> runs = new ArrayList<>();
        for (int i = 0; i < options.runs(); i++) {
            runs.add(run(i + 1, fresh, read, staged, expected));
        }
        List<Night.Measured> loaded = options.loadedRuns() == 0 ? List.of() : loaded(fresh, read);
        Figures figures =
                new Figures(
                        expected.callCount(),
                        files.recordCount(),
                        files.byteCount(),
                        runs,
                        loaded,
                        options.withProfile() ? profile(fresh) : null);
        Folders.empty(work);
        return figures;
    }

    private Profile profile(Path fresh) throws Exception {
        say("one more night, profiled…");
        Path home = work.resolve("home");
        Folders.copy(fresh, home);
        Folders.empty(work.resolve("out"));
        try (Server server = Server.of(home)) {
            return new Night(root, work, server, home, book)
                    .profile(work.resolve("inbox"), Size.LAST_DAY);
        }
    }

    private Figures.Run run(int number, Path fresh, Book read, Path staged, Sums expected)
            throws Exception {
        Path home = work.resolve("home");
        Folders.copy(fresh, home);
        Folders.empty(work.resolve("out"));
        try (Server server = Server.of(home)) {
            Night night = new Night(root, work, server, home, book);
            say("run %d: nightly…".formatted(number));
            Night.Measured measured = night.run(work.resolve("inbox"), Size.LAST_DAY);
            UnequalSums.require("the night", measured.sums(), expected);
            say("run %d: %,d ms; floor…".formatted(number, measured.work().wallMs()));
            Work floor = Floor.ofNight(server, work.resolve("floor")).measure();
            say("run %d: floor %,d ms".formatted(number, floor.wallMs()));
            @Nullable Work rival = null;
            if (options.withRival()) {
                say("run %d: rival…".formatted(number));
                Rival.Measured other = new Rival(server, market, read, staged).measure();
                rival = other.work();
                say("run %d: rival %,d ms".formatted(number, rival.wallMs()));
                try (Connection connection = server.connect("tollkeeper")) {
                    UnequalSums.require("the rival", other.sums(), Rival.ofNight(connection));
                }
            }
            return new Figures.Run(measured, floor, rival);
        }
    }

    private List<Night.Measured> loaded(Path fresh, Book read) throws Exception {
        say(
                "loading %,d calls of %d earlier days…"
                        .formatted(options.historyCalls(), Size.HISTORY_DAYS));
        Path inbox = work.resolve("inbox-before");
        traffic.write(options.size().historyDays(), options.historyCalls(), new CdrFiles(inbox));
        TwinSums twin = new TwinSums(read);
        traffic.write(options.size().historyDays(), options.historyCalls(), twin);
        traffic.write(options.size().nightDays(), options.size().calls(), twin);
        Sums expected = twin.finish();
        Path before = work.resolve("home-loaded");
        Folders.copy(fresh, before);
        Folders.empty(work.resolve("out"));
        try (Server server = Server.of(before)) {
            new Night(root, work, server, before, book)
                    .run(inbox, options.size().historyDays().getLast());
        }
        Path written = work.resolve("out-before");
        Folders.copy(work.resolve("out"), written);
        List<Night.Measured> nights = new ArrayList<>();
        for (int i = 0; i < options.loadedRuns(); i++) {
            Path home = work.resolve("home");
            Folders.copy(before, home);
            Folders.copy(written, work.resolve("out"));
            try (Server server = Server.of(home)) {
                say("loaded run %d: nightly…".formatted(i + 1));
                Night.Measured measured =
                        new Night(root, work, server, home, book)
                                .run(work.resolve("inbox"), Size.LAST_DAY);
                say("loaded run %d: %,d ms".formatted(i + 1, measured.work().wallMs()));
                UnequalSums.require("the night on a loaded database", measured.sums(), expected);
                nights.add(measured);
            }
        }
        return nights;
    }

    private void say(String message) {
        err.println(message);
        err.flush();
    }
}
