package org.tollkeeper.bench.pipeline;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tollkeeper.app.store.Stages;
import org.tollkeeper.bench.pipeline.RoadFigures.Road;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseLocation;

/// The roads that only read: `export` of all charges, `explain` of one call.
final class ReadingRoads {

    private static final int EXPLAINED = 20;
    private static final int WARMING = 10;

    private final Server server;
    private final Program program;
    private final Path work;
    private final Path home;

    ReadingRoads(Server server, Program program, Path work, Path home) {
        this.server = server;
        this.program = program;
        this.work = work;
        this.home = home;
    }

    /// Exports all charges.
    ///
    /// @param chargeCount how many there are
    /// @param startMs how long the program takes to start
    List<Road> export(long chargeCount, long startMs) throws Exception {
        Path file = work.resolve("charges.csv");
        List<Work> costs = new ArrayList<>();
        for (int i = 0; i < Roads.TIMES; i++) {
            long[] rowCount = new long[1];
            costs.add(
                    server.measure(() -> {
                        rowCount[0] =
                                program.run(
                                                "export",
                                                "charges",
                                                "--from",
                                                Size.LAST_DAY.minusDays(1).toString(),
                                                "--to",
                                                Size.LAST_DAY.plusDays(1).toString(),
                                                "--out",
                                                file.toString(),
                                                "--json")
                                        .number("rows");
                    }));
            UnequalSums.require("the export of charges", rowCount[0], chargeCount);
            Files.delete(file);
        }
        Work cost = RoadFigures.median(costs);
        long withoutStartMs = cost.wallMs() - startMs;
        return List.of(
                new Road(
                        "export",
                        "export of %,d charges".formatted(chargeCount),
                        cost,
                        perSecond(chargeCount, cost.wallMs()),
                        "rows/s",
                        "≥ 400,000 rows/s"),
                new Road(
                        "exportWithoutStart",
                        "· without the time to the first line of `status`",
                        Work.wall(withoutStartMs),
                        perSecond(chargeCount, withoutStartMs),
                        "rows/s",
                        ""));
    }

    private static BigDecimal perSecond(long rowCount, long ms) {
        return BigDecimal.valueOf(rowCount * 1000 / Math.max(1, ms));
    }

    /// Explains calls, one after the other in this program, and each by a command.
    List<Road> explain(long seed) throws Exception {
        List<String> calls = calls(seed);
        List<Long> millis = new ArrayList<>();
        try (Database database = Database.open(new DatabaseLocation.Embedded(home))) {
            Stages stages = new Stages(database);
            for (int i = 0; i < calls.size(); i++) {
                long begun = System.nanoTime();
                int found = stages.explain(calls.get(i), null).size();
                long ms = (System.nanoTime() - begun) / 1_000_000;
                UnequalSums.require("calls explained", found, 1);
                if (i >= WARMING) {
                    millis.add(ms);
                }
            }
        }
        List<Work> commands = new ArrayList<>();
        for (int i = 0; i < Roads.TIMES; i++) {
            String call = calls.get(i);
            commands.add(server.measure(() -> program.run("explain", call)));
        }
        return List.of(
                Road.counted(
                        "explain",
                        "explain of one of %d calls, program up".formatted(EXPLAINED),
                        BigDecimal.valueOf(millis.stream().sorted().toList().get(EXPLAINED / 2)),
                        "ms",
                        "< 200 ms"),
                Road.timed(
                        "explainCommand", "· the whole command", RoadFigures.median(commands), ""));
    }

    /// Some answered calls.
    private List<String> calls(long seed) throws SQLException {
        List<String> calls = new ArrayList<>();
        try (Connection connection = server.connect("tollkeeper");
                PreparedStatement select =
                        connection.prepareStatement(
                                """
                                select call_id from live_call where connect_ms is not null
                                order by hashtextextended(call_id, ?) limit ?\
                                """)) {
            select.setLong(1, seed);
            select.setInt(2, WARMING + EXPLAINED);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    calls.add(row.getString(1));
                }
            }
        }
        return calls;
    }
}
