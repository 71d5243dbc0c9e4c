package org.tollkeeper.bench.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.tollkeeper.db.run.DayLeaves;

/// The floor: the rows a night, or its rating alone, wrote, prepared as binary COPY, and copied
/// once more into the same tables with the same indexes and constraints, made at the same point, on
/// one connection. Nothing is decoded, looked up or priced; this is what the database alone takes.
final class Floor {

    private static final String DATABASE = "floor";
    private static final int BLOCK_BYTES = 256 * 1024;

    /// Tables with a leaf a day, in the order in which a night fills them.
    private static final List<String> DAILY = List.of("call", "fingerprint", "charge");

    /// Tables whose rows are of a slice.
    private static final List<String> OF_SLICES =
            List.of("call_sum", "charge_part", "charge_suspense", "traffic_sum");

    /// Tables whose rows are of a file.
    private static final List<String> OF_FILES = List.of("suspense", "duplicate", "filtered");

    private final Server server;
    private final Path folder;
    private final String slices;
    private final List<String> daily;
    private final List<String> ofSlices;
    private final List<String> ofFiles;
    private final List<Prepared> prepared = new ArrayList<>();

    /// @param day null for a table that is one piece
    private record Prepared(String table, @Nullable LocalDate day, Path rows) {}

    private Floor(
            Server server,
            Path folder,
            String slices,
            List<String> daily,
            List<String> ofSlices,
            List<String> ofFiles) {
        this.server = server;
        this.folder = folder;
        this.slices = slices;
        this.daily = daily;
        this.ofSlices = ofSlices;
        this.ofFiles = ofFiles;
    }

    /// The floor of all that is there, which is what the first night wrote.
    static Floor ofNight(Server server, Path folder) {
        return new Floor(server, folder, "(select id from slice)", DAILY, OF_SLICES, OF_FILES);
    }

    /// The floor of the charges of the last run that wrote some.
    static Floor ofLastCharges(Server server, Path folder) {
        return new Floor(
                server,
                folder,
                "(select id from slice where run = (select max(run) from slice where kind > 1))",
                List.of("charge"),
                List.of("charge_part", "charge_suspense", "traffic_sum"),
                List.of());
    }

    /// Measures it; the database must be idle.
    Work measure() throws Exception {
        Files.createDirectories(folder);
        prepare();
        server.create(DATABASE, "tollkeeper");
        try (Connection connection = server.connect(DATABASE)) {
            empty(connection);
        }
        Work work;
        try (Connection connection = server.connect(DATABASE)) {
            work = server.measure(() -> copy(connection));
        }
        server.drop(DATABASE);
        for (Prepared piece : prepared) {
            Files.delete(piece.rows());
        }
        prepared.clear();
        return work;
    }

    private void prepare() throws SQLException, IOException {
        String where = " where slice in " + slices;
        String files = " where file in (select id from cdr_file)";
        try (Connection connection = server.connect("tollkeeper")) {
            for (String table : daily) {
                for (String leaf : leaves(connection, table)) {
                    LocalDate day =
                            LocalDate.parse(
                                    leaf.substring(table.length() + 1),
                                    DateTimeFormatter.BASIC_ISO_DATE);
                    prepare(connection, table, day, leaf, "charge".equals(table) ? where : "");
                }
            }
            for (String table : ofSlices) {
                prepare(connection, table, null, table, where);
            }
            for (String table : ofFiles) {
                prepare(connection, table, null, table, files);
            }
        }
    }

    private void prepare(
            Connection connection,
            String table,
            @Nullable LocalDate day,
            String source,
            String where)
            throws SQLException, IOException {
        Path rows = folder.resolve(source + ".rows");
        try (OutputStream out = Files.newOutputStream(rows)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "copy (select * from %s%s) to stdout (format binary)"
                                    .formatted(source, where),
                            out);
        }
        prepared.add(new Prepared(table, day, rows));
    }

    private static List<String> leaves(Connection connection, String table) throws SQLException {
        List<String> leaves = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                select inhrelid::regclass::text from pg_inherits
                                where inhparent = '%s'::regclass order by 1\
                                """
                                        .formatted(table))) {
            while (row.next()) {
                leaves.add(row.getString(1));
            }
        }
        return leaves;
    }

    private void empty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : daily) {
                for (String leaf : leaves(connection, table)) {
                    statement.execute("drop table " + leaf);
                }
            }
            for (String table : ofSlices) {
                statement.execute("truncate " + table);
            }
            for (String table : ofFiles) {
                statement.execute("truncate " + table);
            }
        }
        connection.commit();
    }

    private void copy(Connection connection) throws SQLException, IOException {
        for (Prepared piece : prepared) {
            String target = piece.table();
            LocalDate day = piece.day();
            DayLeaves leaves = new DayLeaves(connection, target);
            if (day != null) {
                target = leaves.load(day);
            }
            try (InputStream rows = Files.newInputStream(piece.rows())) {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "copy "
                                        + target
                                        + " from stdin (format binary"
                                        + (day == null ? ")" : ", freeze true)"),
                                rows,
                                BLOCK_BYTES);
            }
            leaves.attachAll();
            connection.commit();
        }
    }
}
