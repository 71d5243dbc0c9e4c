package org.tollkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A past period mediated and rated again under a mended book.
class RemediateTest {

    private static final List<String[]> MENDINGS =
            List.of(
                    new String[] {"ork1,lark,LARK,both,,,,", "ork1,lark,WREN,both,,,,"},
                    new String[] {"ork1,tern,TERN,in,,,,\n", ""},
                    new String[] {"ham1,lark,LARK,both,,,,", "ham1,lark,LARK,both,0044,0049,,"},
                    new String[] {
                        "ham1,tern,TERN,both,,,,",
                        "ham1,tern,TERN,both,,,,2024-05-20\nham1,tern,LARK,both,,,2024-05-21,"
                    },
                    new String[] {
                        "ham1,192.0.2.7,WREN,both,,,,",
                        "ham1,192.0.2.7,WREN,both,,,2024-05-03,2024-05-28"
                    });

    @TempDir private Path folder;
    private Path book = Path.of("");
    private Path inbox = Path.of("");
    private Program program = Program.in(Path.of(""));

    @BeforeEach
    void settle_in() throws Exception {
        book = SmallBook.copyTo(folder.resolve("book"));
        inbox = SmallInbox.write(folder.resolve("inbox"), 11, 4, 250);
        program = Program.in(folder.resolve("home"));
        succeed(nightly(program));
    }

    @Test
    void piece_by_piece_a_mended_book_leads_to_what_a_fresh_start_gives() throws Exception {
        long seed = Long.getLong("seed", 5);
        mend(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        Map<String, String> before = Exports.of(program, folder);
        succeed(program.run("load", "--book", book));

        Program.Outcome dry = remediate("1999-01-01", "2100-12-31");
        assertThat(dry.out()).as("seed %d", seed).contains("Nothing was published");
        assertThat(Exports.of(program, folder)).as("seed %d", seed).isEqualTo(before);

        succeed(remediate("1999-01-01", "2100-12-31", "--carrier", "LARK", "--apply"));
        succeed(remediate("2024-05-01", "2024-05-15", "--apply"));
        succeed(remediate("2024-05-16", "2024-07-31", "--switch", "ork1", "--apply"));
        succeed(remediate("2024-05-16", "2024-07-31", "--switch", "ham1", "--apply"));
        Program.Outcome last = remediate("1999-01-01", "2100-12-31", "--apply");

        assertThat(last.out()).as("seed %d", seed).contains("Nothing changes.");
        Program fresh = Program.in(folder.resolve("fresh"));
        succeed(nightly(fresh));
        assertThat(Exports.of(program, folder))
                .as("seed %d", seed)
                .isEqualTo(Exports.of(fresh, folder));
        String status = program.run("status", "--json").out();
        assertThat(status).contains("\"balanced\": true").doesNotContain("\"balanced\": false");
    }

    @Test
    void issued_invoices_stay_and_their_corrections_are_proposed() throws Exception {
        succeed(program.run("invoice", "--period", "2024-05", "--issue"));
        mend(MENDINGS.get(0));
        succeed(program.run("load", "--book", book));

        Program.Outcome dry = remediate("2024-05-01", "2024-05-31", "--json");
        assertThat(dry.exitCode()).as(dry.err()).isZero();
        assertThat(dry.out())
                .contains("\"applied\": false", "\"document\": \"NQ-2024-0000")
                .contains("\"field\": \"ingress_carrier\"");
        Path out = folder.resolve("difference");
        Program.Outcome applied = remediate("2024-05-01", "2024-05-31", "--apply", "--out", out);
        succeed(applied);
        assertThat(applied.out()).contains("Issued invoices to correct", "Published by run");
        assertThat(Files.readString(out.resolve("proposals.csv")))
                .contains("NQ-2024-0000", ",LARK,");
        assertThat(Files.readString(out.resolve("calls.csv")))
                .startsWith("change,switch,call_id,leg_id,setup_at,field,from,to,duration_ms\n")
                .contains(",ingress_carrier,LARK,WREN,");
        assertThat(program.run("invoice", "--period", "2024-05").out())
                .contains("corrections of issued documents proposed");
    }

    @Test
    void a_day_that_is_no_day_and_a_carrier_nobody_knows_are_wrong_usage() throws Exception {
        assertThat(remediate("2024-05-31", "2024-05-01").exitCode()).isEqualTo(2);
        assertThat(remediate("2024-05-01", "2024-05-31", "--carrier", "HERON").exitCode())
                .isEqualTo(2);
    }

    private Program.Outcome nightly(Program on) throws Exception {
        return on.run(
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

    private Program.Outcome remediate(String from, String to, Object... more) throws Exception {
        List<Object> words = new ArrayList<>();
        words.addAll(List.of("remediate", "--from", from, "--to", to, "--reason", "mended"));
        words.addAll(List.of(more));
        return program.run(words.toArray());
    }

    private static void succeed(Program.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    private void mend(RandomGenerator random) throws IOException {
        mend(MENDINGS.get(random.nextInt(MENDINGS.size())));
        for (String[] mending : MENDINGS) {
            if (random.nextBoolean()) {
                mend(mending);
            }
        }
        Files.writeString(
                book.resolve("testnumbers.csv"), "number\n44207946000" + random.nextInt(2) + "\n");
    }

    private void mend(String[] mending) throws IOException {
        Path trunks = book.resolve("trunks.csv");
        Files.writeString(trunks, Files.readString(trunks).replace(mending[0], mending[1]));
    }
}
