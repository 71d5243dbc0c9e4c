package org.tollkeeper.bench.pipeline;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `./tollkeeper nightly` as a user starts it, in a process of its own, watched from outside.
final class Night {

    private static final Pattern HEAP_BEFORE = Pattern.compile(" (\\d+)([KMG])->\\d+[KMG]\\(");
    private static final Pattern HEAP_AT_EXIT =
            Pattern.compile("(?:total|reserved) .*used (\\d+)K");

    private final Path work;
    private final Server server;
    private final Path home;
    private final Path book;
    private final Program program;

    /// What a night cost.
    ///
    /// @param stageMs wall time of each step, by its name
    /// @param heapPeakBytes of the JVM, as its collector saw it
    /// @param residentPeakBytes of the JVM and PostgreSQL together
    /// @param threadMs CPU time of the program by what its threads do
    /// @param storedBytes by which the database and the archive of raw files grew
    record Measured(
            Work work,
            Map<String, Long> stageMs,
            long heapPeakBytes,
            long residentPeakBytes,
            Map<String, Long> threadMs,
            long storedBytes,
            Sums sums) {}

    Night(Path root, Path work, Server server, Path home, Path book) {
        this.work = work;
        this.server = server;
        this.home = home;
        this.book = book;
        this.program = new Program(root, work, home, server);
    }

    /// Runs a night over an inbox.
    Measured run(Path inbox, LocalDate through) throws Exception {
        List<Program.Ended> ended = new ArrayList<>();
        long storedBefore = storedBytes();
        Work cost =
                server.measure(() ->
                        ended.add(program.run(command(book, inbox, work.resolve("out"), through))));
        try (Connection connection = server.connect("tollkeeper")) {
            return new Measured(
                    cost,
                    stages(connection),
                    heapPeakBytes(program.heapLog()),
                    ended.getFirst().residentPeakBytes(),
                    ended.getFirst().threadMs(),
                    storedBytes() - storedBefore,
                    sums(connection));
        }
    }

    /// Runs a night and tells where its Java code spends its time.
    Profile profile(Path inbox, LocalDate through) throws Exception {
        Path recording = work.resolve("night.jfr");
        program.setOptions(Profile.option(recording));
        var _ = program.run(command(book, inbox, work.resolve("out"), through));
        program.setOptions("");
        return Profile.read(recording);
    }

    /// The command line of a night, without the home folder.
    static String[] command(Path book, Path inbox, Path out, LocalDate through) {
        return new String[] {
            "nightly",
            "--book",
            book.toString(),
            "--inbox",
            inbox.toString(),
            "--out",
            out.toString(),
            "--through",
            through.toString(),
            "--json"
        };
    }

    private long storedBytes() throws IOException, SQLException {
        Path archive = home.resolve("archive");
        long files = 0;
        if (Files.exists(archive)) {
            try (Stream<Path> all = Files.walk(archive)) {
                for (Path path : all.filter(Files::isRegularFile).toList()) {
                    files += Files.size(path);
                }
            }
        }
        return files + server.databaseBytes("tollkeeper");
    }

    /// Loads the book, and runs a night over nothing, so that what is made once is there.
    void prepare() throws Exception {
        load();
        Path nothing = work.resolve("inbox-empty");
        Files.createDirectories(nothing.resolve("sw1"));
        run(nothing, Size.LAST_DAY.minusMonths(2));
    }

    /// Loads the book alone.
    void load() throws Exception {
        program.run("load", "--book", book.toString());
    }

    /// What the visible calls and charges come to.
    Sums sums() throws SQLException {
        try (Connection connection = server.connect("tollkeeper")) {
            return sums(connection);
        }
    }

    private static long heapPeakBytes(Path log) throws IOException {
        long peak = 0;
        try (Stream<String> lines = Files.lines(log)) {
            for (String line : (Iterable<String>) lines::iterator) {
                Matcher before = HEAP_BEFORE.matcher(line);
                if (before.find()) {
                    long unit =
                            switch (before.group(2)) {
                                case "K" -> 1L << 10;
                                case "M" -> 1L << 20;
                                default -> 1L << 30;
                            };
                    peak = Math.max(peak, Long.parseLong(before.group(1)) * unit);
                }
            }
        }
        try (Stream<String> lines = Files.lines(log)) {
            long atExit =
                    lines.filter(line -> line.contains("generation") || line.contains("tenured"))
                            .map(HEAP_AT_EXIT::matcher)
                            .filter(Matcher::find)
                            .mapToLong(found -> Long.parseLong(found.group(1)) << 10)
                            .sum();
            return Math.max(peak, atExit);
        }
    }

    private static Map<String, Long> stages(Connection connection) throws SQLException {
        Map<String, Long> stages = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                select step_name,
                                       (extract(epoch from end_time - start_time) * 1000)::bigint
                                from batch.step_execution
                                where job_execution_id =
                                    (select max(job_execution_id) from batch.job_execution)
                                order by step_execution_id\
                                """)) {
            while (row.next()) {
                stages.put(row.getString(1), row.getLong(2));
            }
        }
        return stages;
    }

    private static Sums sums(Connection connection) throws SQLException {
        Map<String, Sums.Money> money = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                select v.currency, count(*), sum(h.billed_seconds),
                                       sum(h.charge_nanos)
                                from live_charge h
                                join agreement_version v on v.agreement = h.agreement
                                    and v.known_to = 2147483647
                                group by v.currency\
                                """)) {
            while (row.next()) {
                BigDecimal nanos = row.getBigDecimal(4);
                money.put(
                        row.getString(1),
                        new Sums.Money(row.getLong(2), row.getLong(3), nanos.toBigIntegerExact()));
            }
        }
        try (PreparedStatement select =
                        connection.prepareStatement(
                                """
                                select count(*), coalesce(sum(c.duration_ms), 0)
                                from call c
                                where c.slice in (select id from live_slice where kind = 1)\
                                """);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Sums(row.getLong(1), row.getLong(2), money);
        }
    }
}
