package org.tollkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tollkeeper.model.Stage;
import org.tollkeeper.model.SuspenseReason;

/// What is held back, listed and given up.
class SuspenseTest {

    @TempDir private Path folder;

    @Test
    void a_trunk_nobody_knows_is_listed_with_its_money_and_written_off() throws Exception {
        Program program = afterANight();
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

    @Test
    void every_reason_of_mediation_can_be_written_off_and_none_of_rating() throws Exception {
        Program program = afterANight();
        assertThat(program.run("suspense", "--reason", "INCOMPLETE_CALL").out())
                .contains("INCOMPLETE_CALL")
                .doesNotContain("BAD_NUMBER");
        String record =
                held(program).stream()
                        .filter(row -> row.endsWith(",INCOMPLETE_CALL"))
                        .findFirst()
                        .map(row -> row.split(",", -1))
                        .map(fields -> fields[1] + ":" + fields[2])
                        .orElseThrow();
        assertThat(program.run("suspense", "--record", record, "--write-off", "torn").out())
                .startsWith("written off 1 records: torn");
        for (SuspenseReason reason : SuspenseReason.values()) {
            Program.Outcome written =
                    program.run("suspense", "--reason", reason.label(), "--write-off", "a test");
            if (reason.stage() == Stage.MEDIATION) {
                assertThat(written.exitCode()).as(written.err()).isZero();
            } else {
                assertThat(written.exitCode()).isEqualTo(2);
                assertThat(written.err())
                        .contains(reason.label() + " holds back no record", "a rate of 0");
            }
        }
        assertThat(held(program)).isNotEmpty().allMatch(row -> row.contains(",rating,"));
        assertThat(program.run("suspense", "--reason", "NO_RATE").out()).contains("NO_RATE");
        assertThat(program.run("suspense", "--switch", "ork1", "--write-off", "all").out())
                .startsWith("written off 0 records: all")
                .contains("sides of calls stay held back; for each: mend its agreement or deck");
        assertThat(program.run("recycle", "--reason", "NO_RATE").exitCode()).isEqualTo(2);
        List<String> sides = held(program);
        night(program);
        assertThat(held(program)).isEqualTo(sides);
    }

    private List<String> held(Program program) throws Exception {
        return Exports.of(program, folder).getOrDefault("suspense", "").lines().skip(1).toList();
    }

    private Program afterANight() throws Exception {
        SmallBook.copyTo(folder.resolve("book"));
        SmallInbox.write(folder.resolve("inbox"), 7, 4, 300);
        Program program = Program.in(folder.resolve("home"));
        night(program);
        return program;
    }

    /// A night that ends well, its totals in balance.
    private void night(Program program) throws Exception {
        Program.Outcome night =
                program.run(
                        "nightly",
                        "--book",
                        folder.resolve("book"),
                        "--inbox",
                        folder.resolve("inbox"),
                        "--out",
                        folder.resolve("out"),
                        "--through",
                        SmallBook.THROUGH);
        assertThat(night.exitCode()).as(night.err()).isZero();
    }
}
