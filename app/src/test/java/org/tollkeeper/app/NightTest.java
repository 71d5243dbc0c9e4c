package org.tollkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseLocation;
import org.tollkeeper.db.RunLock;

/// The whole road, driven by the command line.
class NightTest {

    @TempDir private Path folder;
    private Path book = Path.of("");
    private Path inbox = Path.of("");
    private Path out = Path.of("");
    private Program program = Program.in(Path.of(""));

    @BeforeEach
    void settle_in() throws Exception {
        book = SmallBook.copyTo(folder.resolve("book"));
        inbox = SmallInbox.write(folder.resolve("inbox"), 7, 4, 300);
        out = folder.resolve("out");
        program = program(folder.resolve("home"));
    }

    /// The program on a fresh database.
    Program program(Path home) throws Exception {
        return Program.in(home);
    }

    private Database database() {
        return Database.open(
                DatabaseLocation.parse(program.database(), program.home()), program.environment());
    }

    private Program.Outcome nightly(Object... more) throws Exception {
        Object[] arguments = {
            "nightly",
            "--book",
            book,
            "--inbox",
            inbox,
            "--out",
            out,
            "--through",
            SmallBook.THROUGH
        };
        Object[] all = new Object[arguments.length + more.length];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return program.run(all);
    }

    @Test
    void a_second_night_changes_nothing() throws Exception {
        Program.Outcome first = nightly();
        assertThat(first.exitCode()).as(first.err()).isZero();
        Map<String, String> files = Exports.fingerprintsBelow(out);
        Map<String, Long> rows = rowCounts();

        Program.Outcome second = nightly();

        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(Exports.fingerprintsBelow(out)).isEqualTo(files);
        assertThat(rowCounts()).isEqualTo(rows);
    }

    @Test
    void a_night_in_pieces_ends_where_one_night_ends() throws Exception {
        Program.Outcome whole = nightly();
        assertThat(whole.exitCode()).as(whole.err()).isZero();
        Map<String, String> expected = Exports.of(program, folder);
        Path pieces = folder.resolve("pieces");
        Program piecemeal = program(folder.resolve("piecemeal"));
        for (Path file : Exports.filesBelow(inbox)) {
            Path to = pieces.resolve(inbox.relativize(file).toString());
            Files.createDirectories(to.getParent());
            Files.copy(file, to);
            Program.Outcome outcome =
                    piecemeal.run(
                            "nightly",
                            "--book",
                            book,
                            "--inbox",
                            pieces,
                            "--out",
                            folder.resolve("pieces-out"),
                            "--through",
                            SmallBook.THROUGH);
            assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        }
        assertThat(Exports.of(piecemeal, folder)).isEqualTo(expected);
    }

    @Test
    void run_json_names_every_other_file_and_the_quarantined_ones() throws Exception {
        Files.write(inbox.resolve("ork1/ork1-0009.csv.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
        Program.Outcome night = nightly();
        assertThat(night.exitCode()).as(night.err()).isZero();
        String run = Files.readString(out.resolve("run.json"));
        assertThat(run).contains("ork1-0009.csv.gz", "\"balanced\": true");
        for (String file : Exports.fingerprintsBelow(out).keySet()) {
            if (!file.equals("run.json")) {
                assertThat(run).contains("\"" + file + "\": \"");
            }
        }
        assertThat(run).doesNotContain("\"agree\": false");
        assertThat(program.run("status").out()).contains("1 quarantined", "ork1-0009.csv.gz");
    }

    @Test
    void more_suspense_than_allowed_is_told_by_the_exit_code() throws Exception {
        Program.Outcome night = nightly("--max-suspense", "0");
        assertThat(night.exitCode()).as(night.err()).isEqualTo(3);
        assertThat(program.run("status", "--max-suspense", "100000").exitCode()).isZero();
    }

    @Test
    void more_missing_files_than_allowed_are_told_by_the_exit_code() throws Exception {
        Files.move(inbox.resolve("ork1/ork1-0002.csv"), inbox.resolve("ork1/ork1-0005.csv"));
        Program.Outcome night = nightly("--max-gaps", "2");
        assertThat(night.exitCode()).as(night.err()).isEqualTo(3);
        assertThat(night.err()).contains("3 files missing");
        assertThat(program.run("status", "--max-gaps", "3").exitCode()).isZero();
    }

    @Test
    void an_invalid_book_is_refused_with_file_line_and_column() throws Exception {
        Files.writeString(
                book.resolve("trunks.csv"),
                Files.readString(book.resolve("trunks.csv")) + "ork1,swan,SWAN,both,,,,\n");
        Program.Outcome night = nightly();
        assertThat(night.exitCode()).as(night.err()).isEqualTo(2);
        assertThat(night.err()).contains("trunks.csv", "SWAN").doesNotContain("\tat ");
        assertThat(program.run("load", "--check", "--book", book).exitCode()).isEqualTo(2);
    }

    @Test
    void a_second_run_at_once_finds_the_lock_held() throws Exception {
        try (Database database = database();
                var lock = RunLock.tryAcquire(database)) {
            assertThat(lock).isNotNull();
            Program.Outcome second = nightly();
            assertThat(second.exitCode()).isEqualTo(4);
            assertThat(second.err()).contains("holds the lock since");
        }
    }

    @Test
    void issued_invoices_are_numbered_and_stay() throws Exception {
        assertThat(nightly().exitCode()).isZero();
        Program.Outcome issued = program.run("invoice", "--period", "2024-05", "--issue");
        assertThat(issued.exitCode()).as(issued.err()).isZero();
        assertThat(issued.out()).contains("NQ-2024-000001");
        Program.Outcome again = program.run("invoice", "--period", "2024-05", "--issue");
        assertThat(again.out()).contains("issued      nothing");

        assertThat(nightly().exitCode()).isZero();

        List<String> numbers =
                Files.readAllLines(out.resolve("invoices/index.csv")).stream()
                        .map(line -> line.substring(0, line.indexOf(',')))
                        .filter(number -> number.startsWith("NQ-"))
                        .toList();
        assertThat(numbers).isNotEmpty();
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo("NQ-2024-%06d".formatted(i + 1));
        }
        assertThat(out.resolve("invoices/draft-LARK-2024-2024-05-01.pdf")).doesNotExist();
        assertThat(program.run("status").out()).contains("issued", "NQ-2024-000001");
    }

    @Test
    void a_call_is_explained_on_both_sides() throws Exception {
        assertThat(nightly().exitCode()).isZero();
        String charge =
                Exports.of(program, folder)
                        .getOrDefault("charges", "")
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElseThrow();
        String[] fields = charge.split(",", -1);
        Program.Outcome explained = program.run("explain", fields[0] + "/" + fields[1]);
        assertThat(explained.exitCode()).as(explained.err()).isZero();
        assertThat(explained.out()).contains(fields[6], fields[7], fields[19]);
        assertThat(program.run("explain", "no-such-call").exitCode()).isEqualTo(1);
    }

    @Test
    void an_inbox_that_is_not_there_is_wrong_usage() throws Exception {
        inbox = folder.resolve("nowhere");
        Program.Outcome night = nightly();
        assertThat(night.exitCode()).as(night.err()).isEqualTo(2);
        assertThat(night.err()).contains("--inbox", "nowhere");
    }

    /// How many rows each table of the schema holds, but for the history of runs.
    private Map<String, Long> rowCounts() throws Exception {
        Map<String, Long> counts = new TreeMap<>();
        try (Database database = database();
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            String tables =
                    "select string_agg(format('select %L, count(*) from %I', tablename, tablename),"
                            + " ' union all ') from pg_tables where schemaname = 'public'"
                            + " and tablename <> 'run'";
            String counting;
            try (ResultSet row = statement.executeQuery(tables)) {
                row.next();
                counting = row.getString(1);
            }
            try (ResultSet row = statement.executeQuery(counting)) {
                while (row.next()) {
                    counts.put(row.getString(1), row.getLong(2));
                }
            }
        }
        return counts;
    }
}
