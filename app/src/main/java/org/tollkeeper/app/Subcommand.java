package org.tollkeeper.app;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.terminal.Answer;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.db.DatabaseLocation;
import org.tollkeeper.settlement.PeriodName;
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

    /// Refuses a folder that is not there.
    final void requireFolder(String option, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw wrongUsage("%s %s: there is no such folder".formatted(option, folder));
        }
    }

    /// Reads the name of a period.
    final PeriodName periodName(String text) {
        try {
            return PeriodName.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrongUsage("--period: " + e.getMessage());
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
