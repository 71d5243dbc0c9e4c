package org.tollkeeper.bench.pipeline;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.tollkeeper.bench.pipeline.RoadFigures.Road;

/// A thousand documents: a night of few calls for many carriers, each of which is drafted an
/// invoice and an expected one, as PDF with the call detail beside it.
final class DocumentsRoad {

    private static final int CARRIERS = 500;
    private static final long CALLS = 100_000;
    private static final long DOCUMENTS = 2 * CARRIERS;

    private final Path root;
    private final Path work;
    private final Size size;

    /// @param of the other roads; seed and codes are taken from it
    DocumentsRoad(Path root, Path work, Size of) {
        this.root = root;
        this.work = work;
        this.size = new Size(of.seed(), CALLS, of.days(), of.codes(), CARRIERS);
    }

    List<Road> measure() throws Exception {
        Path book = work.resolve("book");
        Path inbox = work.resolve("inbox");
        Path home = work.resolve("home");
        Market market = new Market(size);
        market.write(book);
        Traffic traffic = new Traffic(size, market);
        traffic.write(size.nightDays(), size.calls(), new CdrFiles(inbox));
        Sums expected = TwinSums.of(Market.read(book), traffic, size);
        try (Server server = Server.of(home)) {
            Night night = new Night(root, work, server, home, book);
            night.prepare();
            Night.Measured measured = night.run(inbox, Size.LAST_DAY);
            UnequalSums.require("the night of documents", measured.sums(), expected);
            UnequalSums.require(
                    "documents",
                    count(server, "select count(*) from document where to_publication is null"),
                    DOCUMENTS);
            return roads(server, measured);
        }
    }

    private static List<Road> roads(Server server, Night.Measured measured) throws SQLException {
        long lineCount =
                count(
                        server,
                        """
                        select count(*) from document_line l join document d on d.id = l.document
                        where d.to_publication is null\
                        """);
        long draftMs = measured.stageMs().getOrDefault("draft", 0L);
        long writeMs = measured.stageMs().getOrDefault("write", 0L);
        List<Road> roads = new ArrayList<>();
        roads.add(
                new Road(
                        "documents",
                        "%,d documents, drafted and written".formatted(DOCUMENTS),
                        Work.wall(draftMs + writeMs),
                        BigDecimal.valueOf(lineCount),
                        "lines",
                        "< 60 s"));
        roads.add(Road.timed("documentsDraft", "· draft", Work.wall(draftMs), ""));
        roads.add(Road.timed("documentsWrite", "· write", Work.wall(writeMs), ""));
        roads.add(
                Road.timed(
                        "documentsNight",
                        "· the whole night, %,d calls".formatted(CALLS),
                        measured.work(),
                        ""));
        return roads;
    }

    private static long count(Server server, String query) throws SQLException {
        try (Connection connection = server.connect("tollkeeper");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
