package org.tollkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TollkeeperTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void help_lists_the_options_every_command_takes_and_the_exit_codes() {
        assertThat(run("--help")).isEqualTo(0);
        assertThat(out.toString())
                .contains("--database=URL", "--home=DIR", "--json", "another run holds the lock");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void a_missing_command_is_wrong_usage() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).startsWith("error: Missing command.");
    }

    @Test
    void an_unknown_option_is_wrong_usage() {
        assertThat(run("--colour")).isEqualTo(2);
        assertThat(err.toString()).contains("--colour");
    }

    @ParameterizedTest
    @CsvSource({
        "deck,deck import sheet.csv --deck A",
        "serve,serve --port 8080",
        "backup,backup file",
        "restore,restore file",
        "verify,verify"
    })
    void a_command_still_to_come_is_named_as_such(String name, String line) {
        assertThat(run(line.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("error: the command '%s' is not available yet".formatted(name));
    }

    @Test
    void a_carriers_calls_are_still_to_come() {
        assertThat(run("reconcile --agreement A --period 2024-06 --vendor-cdr f".split(" ", -1)))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("error: --vendor-cdr is not available yet");
    }

    @Test
    void the_carriers_totals_are_asked_for() {
        assertThat(run("reconcile --agreement A --period 2024-06".split(" ", -1))).isEqualTo(2);
        assertThat(err.toString()).contains("'--vendor-summary=FILE'");
    }

    @Test
    void an_export_is_not_written_over_a_folder(@TempDir Path folder) {
        String line = "export calls --from 2024-06-01 --to 2024-06-30 --out " + folder;
        assertThat(run(line.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString()).contains("is a folder; expected a file");
        assertThat(folder).isDirectory();
    }

    private int run(String... args) {
        CommandLine commandLine = Tollkeeper.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }
}
