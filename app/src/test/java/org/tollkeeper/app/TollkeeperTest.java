package org.tollkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
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

    private int run(String... args) {
        CommandLine commandLine = Tollkeeper.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }
}
