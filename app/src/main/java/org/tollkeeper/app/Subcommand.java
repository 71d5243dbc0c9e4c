package org.tollkeeper.app;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.terminal.Answer;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.db.DatabaseLocation;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// One command of the program: reads its options, lets a stage work, answers.
abstract class Subcommand implements Callable<Integer> {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Tollkeeper program;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    final Place place() {
        return program.place();
    }

    /// Opens the database and all else the command works with; the caller closes it.
    final Session open() {
        return Session.open(location(), place());
    }

    private DatabaseLocation location() {
        try {
            return DatabaseLocation.parse(place().databaseUrl(), place().home());
        } catch (DatabaseException e) {
            throw wrongUsage(e.getMessage());
        }
    }

    /// An option whose value makes no sense.
    final ParameterException wrongUsage(@Nullable String message) {
        return new ParameterException(spec.commandLine(), String.valueOf(message));
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /// Prints the answer in the form that was asked for.
    final void print(Answer answer) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(answer.print(place().json()));
        out.flush();
    }
}
