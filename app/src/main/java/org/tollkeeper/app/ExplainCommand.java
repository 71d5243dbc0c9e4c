package org.tollkeeper.app;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.store.Stages;
import org.tollkeeper.app.terminal.Answer;
import org.tollkeeper.rating.store.ExplainedCall;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        description = "Tell why a call costs what it costs, on both sides, step by step.")
final class ExplainCommand extends Subcommand {

    @Parameters(
            paramLabel = "CALL",
            description =
                    "The call's id as its switch wrote it; SWITCH/ID or SWITCH/ID/LEG where"
                            + " several calls share it.")
    private String call = "";

    @Option(
            names = "--as-known-at",
            paramLabel = "INSTANT",
            description =
                    "Explain under the book as it was known then, such as 2024-06-01T00:00:00Z.")
    private @Nullable Instant knownAt;

    @Override
    public Integer call() {
        try (Session session = open()) {
            List<ExplainedCall> calls = new Stages(session.database()).explain(call, knownAt);
            if (calls.isEmpty()) {
                err().printf(
                                "error: there is no call '%s'; if its record is held back or a duplicate,"
                                        + " the exports suspense and duplicates name it%n",
                                call);
                err().flush();
                return ExitCode.FAILED;
            }
            Answer answer =
                    new Answer().put("calls", calls.stream().map(ExplainedCall::fields).toList());
            calls.forEach(each -> answer.line(each.text()));
            print(answer);
            return ExitCode.DONE;
        }
    }
}
