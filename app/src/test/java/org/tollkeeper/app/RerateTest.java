package org.tollkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.DatabaseLocation;

/// A price that was wrong for a month: looked at, then corrected, in a period that is invoiced.
class RerateTest {

    private static final List<String> MAY = List.of("--from", "2024-04-30", "--to", "2024-06-01");

    @TempDir private Path folder;

    @Test
    void a_back_dated_price_is_previewed_applied_and_proposed_as_a_correction() throws Exception {
        Path book = SmallBook.copyTo(folder.resolve("book"));
        Path inbox = SmallInbox.write(folder.resolve("inbox"), 7, 2, 300);
        Program program = Program.in(folder.resolve("home"));
        done(nightly(program, book, inbox));
        done(program.run("invoice", "--period", "2024-05", "--issue"));
        done(nightly(program, book, inbox));
        backDateTheFirstBook(program);
        Map<String, String> before = Exports.of(program, folder);
        assertThat(rerate(program)).contains("Every charge comes out as it stands.");

        Path deck = book.resolve("decks/lark-sell.csv");
        Files.writeString(
                deck, Files.readString(deck).replace("49,Germany,0.0052", "49,Germany,0.0062"));
        done(program.run("load", "--book", book));

        String preview = rerate(program, "--carrier", "LARK");
        assertThat(preview)
                .contains(
                        "agreement  side  destination  why",
                        "LARK-2024  sell  Germany      another rate",
                        "statement  LARK-2024 sell",
                        "2 corrections would be proposed",
                        "Nothing was changed; --apply publishes it.")
                .doesNotContain("WREN", "India");
        assertThat(rerate(program, "--destination", "India", "--json"))
                .contains("\"cause\": \"rate\"", "\"applied\": false");
        assertThat(rerate(program, "--carrier", "TERN")).contains("comes out as it stands");
        assertThat(rerate(program, "--as-known-at", "2024-06-15T00:00:00Z"))
                .contains("under version 1 of the book as known at", "comes out as it stands");
        assertThat(Exports.of(program, folder)).isEqualTo(before);

        assertThat(rerate(program, "--carrier", "LARK", "--apply"))
                .contains("2 corrections proposed", "Published.");
        Map<String, String> applied = Exports.of(program, folder);
        assertThat(applied.get("charges")).isNotEqualTo(before.get("charges"));
        assertThat(applied.get("ledger")).isEqualTo(before.get("ledger"));
        assertThat(rerate(program)).contains("Every charge comes out as it stands.");
        assertThat(rerate(program, "--as-known-at", "2024-06-15T00:00:00Z"))
                .contains("another rate", "this is what would have been charged");
        Program.Outcome night = nightly(program, book, inbox);
        done(night);
        assertThat(night.out()).contains("2 corrections of issued documents proposed");
        assertThat(Exports.of(program, folder)).isEqualTo(applied);

        Program.Outcome unknown =
                program.run(
                        "rerate", "--carrier", "X", "--from", "2024-05-01", "--to", "2024-05-02");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("there is no carrier X");
    }

    private Program.Outcome nightly(Program program, Path book, Path inbox) throws Exception {
        return program.run(
                "nightly",
                "--book",
                book,
                "--inbox",
                inbox,
                "--out",
                folder.resolve("out"),
                "--through",
                SmallBook.THROUGH);
    }

    private static String rerate(Program program, String... more) throws Exception {
        Object[] arguments = new Object[1 + MAY.size() + more.length];
        arguments[0] = "rerate";
        System.arraycopy(MAY.toArray(), 0, arguments, 1, MAY.size());
        System.arraycopy(more, 0, arguments, 1 + MAY.size(), more.length);
        Program.Outcome outcome = program.run(arguments);
        done(outcome);
        return outcome.out();
    }

    private static void done(Program.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    /// The program's clock stands still, so the first book is moved into its past.
    private static void backDateTheFirstBook(Program program) throws Exception {
        try (Database database =
                        Database.open(
                                DatabaseLocation.parse(program.database(), program.home()),
                                program.environment());
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("update book_version set known_at = '2024-06-01' where version = 1");
            connection.commit();
        }
    }
}
