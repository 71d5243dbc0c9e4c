package org.tollkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseLocation;

/// A night leaves out what it knows to come to the same again. Whatever went before, it ends as one
/// that has forgotten all it knew, and says the same.
class IdleNightTest {

    private static final List<String> MAY = List.of("--from", "2024-05-01", "--to", "2024-05-31");

    @TempDir private Path folder;
    private Path book = Path.of("");
    private Path inbox = Path.of("");
    private Program program = Program.in(Path.of(""));
    private Database database;

    @BeforeEach
    void settle_in() throws Exception {
        book = SmallBook.copyTo(folder.resolve("book"));
        inbox = SmallInbox.write(folder.resolve("inbox"), 13, 3, 150);
        Files.move(inbox.resolve("ham1/ham1-0001.csv.gz"), folder.resolve("late.gz"));
        program = Program.in(folder.resolve("home"));
        // Its server goes on between commands.
        database =
                Database.open(
                        DatabaseLocation.parse(program.database(), program.home()),
                        program.environment());
        succeed(nightly());
    }

    @AfterEach
    void leave() {
        database.close();
    }

    @Test
    void a_night_that_knows_ends_as_one_that_has_forgotten() throws Exception {
        compare("nothing");
        Files.move(folder.resolve("late.gz"), inbox.resolve("ham1/ham1-0001.csv.gz"));
        compare("late calls");
        mend("decks/lark-sell.csv", "49,Germany,0.0052", "49,Germany,0.0062");
        compare("a new price");
        mend("decks/lark-sell.csv", "49,Germany,0.0062", "49,Germany,0.0072");
        succeed(program.run("load", "--book", book));
        run("rerate", List.of("--carrier", "LARK", "--apply"));
        compare("charges rated again");
        succeed(program.run("invoice", "--period", "2024-05", "--issue"));
        compare("issued invoices");
        mend("trunks.csv", "lark,LARK", "lark,WREN");
        succeed(program.run("load", "--book", book));
        run("remediate", List.of("--reason", "mended", "--apply"));
        compare("calls of another carrier");
        mend("company.yaml", "name: ", "name: New ");
        compare("another name");
    }

    @Test
    void files_that_were_deleted_or_changed_are_written_again() throws Exception {
        Map<String, String> before = contents();
        for (Path file : Exports.filesBelow(out())) {
            if (file.toString().endsWith(".csv")) {
                Files.writeString(file, "mine");
            } else if (!file.endsWith("run.json")) {
                Files.delete(file);
            }
        }
        succeed(nightly());
        assertThat(contents()).isEqualTo(before);
    }

    /// Holds a night, and one with nothing new, against one that has forgotten what it knew.
    private void compare(String after) throws Exception {
        succeed(nightly());
        Program.Outcome idle = nightly();
        succeed(idle);
        assertThat(idle.out())
                .as("after %s", after)
                .contains("0 charges, 0 suspended; 0 slices published", "0 files new or changed");
        Map<String, String> known = files();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "delete from rated_book; delete from laid_out_file; delete from laid_out;"
                            + " delete from book_destinations");
            connection.commit();
        }
        assertThat(nightly().out()).as("after %s", after).isEqualTo(idle.out());
        assertThat(files()).as("after %s", after).isEqualTo(known);
    }

    private void mend(String file, String from, String to) throws Exception {
        String text = Files.readString(book.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(book.resolve(file), text.replace(from, to));
    }

    private void run(String command, List<String> more) throws Exception {
        List<Object> words = new ArrayList<>(List.of(command));
        words.addAll(MAY);
        words.addAll(more);
        succeed(program.run(words.toArray()));
    }

    private Program.Outcome nightly() throws Exception {
        return program.run(
                "nightly",
                "--book",
                book,
                "--inbox",
                inbox,
                "--out",
                out(),
                "--through",
                SmallBook.THROUGH);
    }

    private Path out() {
        return folder.resolve("out");
    }

    /// The files of the night save `run.json`, which tells of the run.
    private Map<String, String> files() throws Exception {
        Map<String, String> files = Exports.fingerprintsBelow(out());
        files.remove("run.json");
        return files;
    }

    private Map<String, String> contents() throws Exception {
        Map<String, String> contents = new TreeMap<>();
        files().forEach((name, print) -> contents.put(name, print.replaceFirst("^\\S+ ", "")));
        return contents;
    }

    private static void succeed(Program.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }
}
