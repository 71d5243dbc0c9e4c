package org.tollkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is held back, listed and given up.
class SuspenseTest {

    @TempDir private Path folder;

    @Test
    void a_trunk_nobody_knows_is_listed_with_its_money_and_written_off() throws Exception {
        Program program = Program.in(folder.resolve("home"));
        Program.Outcome night =
                program.run(
                        "nightly",
                        "--book",
                        SmallBook.copyTo(folder.resolve("book")),
                        "--inbox",
                        SmallInbox.write(folder.resolve("inbox"), 7, 4, 300),
                        "--out",
                        folder.resolve("out"),
                        "--through",
                        SmallBook.THROUGH);
        assertThat(night.exitCode()).as(night.err()).isZero();

        Program.Outcome listed = program.run("suspense", "--trunk", "nowhere", "--json");
        assertThat(listed.exitCode()).as(listed.err()).isZero();
        assertThat(listed.out())
                .contains("\"reason\": \"UNKNOWN_TRUNK\"", "\"trunk\": \"nowhere\"")
                .containsPattern("\"estimate\": [0-9]+\\.[0-9]{2}")
                .doesNotContain("MALFORMED");
        assertThat(program.run("suspense").out()).contains("UNKNOWN_TRUNK", "NO_RATE");
        assertThat(program.run("suspense", "--write-off", "all of it").exitCode()).isEqualTo(2);
        assertThat(program.run("suspense", "--record", "17").exitCode()).isEqualTo(2);

        Program.Outcome written =
                program.run("suspense", "--trunk", "nowhere", "--write-off", "a test of the NOC");
        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(program.run("suspense", "--trunk", "nowhere").out())
                .isEqualTo("Nothing is held back.\n");
        assertThat(Exports.of(program, folder).getOrDefault("suspense", ""))
                .doesNotContain("UNKNOWN_TRUNK");
        assertThat(program.run("status").out()).contains("of the suspended are written off");
        assertThat(program.run("recycle", "--trunk", "nowhere").exitCode()).isZero();
    }
}
