package org.tollkeeper.app;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Set;
import org.tollkeeper.app.store.LockedException;
import org.tollkeeper.app.store.NoBookException;
import org.tollkeeper.db.DatabaseException;
import org.tollkeeper.mediation.decoder.MappingException;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// What the program says on standard error when a command does not do its work, and the exit code
/// that goes with it. Stack traces are for who sets `TOLLKEEPER_TRACE=1`.
final class Complaint {

    // Asked for often enough to be answered by name.
    private static final Set<String> NOT_YET =
            Set.of("deck", "serve", "backup", "restore", "verify");

    private static volatile boolean silent;

    private Complaint() {}

    /// From now on the program is being stopped, and what breaks in it breaks for that reason.
    static void silence() {
        silent = true;
    }

    /// A command line that cannot be read: what is wrong, and the one line that shows how it goes.
    static int wrongUsage(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("error: " + sentenceOf(wrong));
        Help help = command.getHelp();
        err.print("usage: " + help.synopsis("usage: ".length()));
        err.println("more:  %s --help".formatted(command.getCommandSpec().qualifiedName()));
        err.flush();
        return ExitCode.WRONG_USAGE;
    }

    /// A command that broke.
    static int failure(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof ParameterException wrong) {
            return wrongUsage(wrong, new String[0]);
        }
        PrintWriter err = command.getErr();
        if (silent) {
            err.println("stopped; what was not published is rolled back");
            err.flush();
            return ExitCode.FAILED;
        }
        if (failure instanceof RefusedInputException) {
            err.print(failure.getMessage());
        } else {
            err.println("error: " + sentenceOf(failure));
        }
        if ("1".equals(System.getenv("TOLLKEEPER_TRACE"))) {
            failure.printStackTrace(err);
        }
        err.flush();
        return switch (failure) {
            case LockedException _ -> ExitCode.LOCKED;
            case RefusedInputException _ -> ExitCode.WRONG_USAGE;
            case MappingException _ -> ExitCode.WRONG_USAGE;
            default -> ExitCode.FAILED;
        };
    }

    // Exceptions of ours are written for people; of all others the kind says more than the text.
    private static String sentenceOf(Exception failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case LockedException _ -> String.valueOf(message);
            case DatabaseException _ -> String.valueOf(message);
            case NoBookException _ -> String.valueOf(message);
            case MappingException _ -> String.valueOf(message);
            case UncheckedIOException _ -> String.valueOf(message);
            default ->
                    "%s: %s (TOLLKEEPER_TRACE=1 shows where)"
                            .formatted(failure.getClass().getSimpleName(), message);
        };
    }

    private static String sentenceOf(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && NOT_YET.contains(unmatched.getUnmatched().getFirst())) {
            return "the command '%s' is not available yet"
                    .formatted(unmatched.getUnmatched().getFirst());
        }
        return firstLineOf(String.valueOf(wrong.getMessage()));
    }

    private static String firstLineOf(String text) {
        return text.lines().findFirst().orElse("");
    }
}
