package org.tollkeeper.app;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// The program: reads the command line and runs one command.
///
/// Only a command that needs Spring starts it, so that `--help` answers at once.
@Command(
        name = "tollkeeper",
        description = "Billing and rating engine for wholesale voice carriers.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            NightlyCommand.class,
            LoadCommand.class,
            CollectCommand.class,
            MediateCommand.class,
            RateCommand.class,
            RerateCommand.class,
            SettleCommand.class,
            InvoiceCommand.class,
            ReconcileCommand.class,
            RemediateCommand.class,
            RecycleCommand.class,
            SuspenseCommand.class,
            ExportCommand.class,
            ExplainCommand.class,
            StatusCommand.class
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Tollkeeper.Version.class,
        exitCodeOnInvalidInput = ExitCode.WRONG_USAGE,
        exitCodeOnExecutionException = ExitCode.FAILED,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed, nothing half-published",
            "2:wrong usage or invalid book",
            "3:done, but more open suspense or sequence gaps than allowed",
            "4:another run holds the lock",
            "5:the totals do not balance"
        })
public final class Tollkeeper implements Runnable {

    @Mixin private Place place = new Place();

    @Spec private CommandSpec spec = CommandSpec.create();

    private Tollkeeper() {}

    public static void main(String[] args) {
        Runtime.getRuntime().addShutdownHook(new Thread(Complaint::silence));
        System.exit(commandLine().execute(args));
    }

    /// The command line, ready to execute; a test gives it writers of its own.
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Tollkeeper());
        commandLine.registerConverter(LocalDate.class, Tollkeeper::date);
        commandLine.setParameterExceptionHandler(Complaint::wrongUsage);
        commandLine.setExecutionExceptionHandler(Complaint::failure);
        return commandLine;
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "'%s' is no date; expected one such as 2024-06-30".formatted(text));
        }
    }

    /// Where the command works and how it answers.
    Place place() {
        return place;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command.");
    }

    /// The version the build wrote into the jar's manifest.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String built = Tollkeeper.class.getPackage().getImplementationVersion();
            return new String[] {"tollkeeper " + (built == null ? "(not packaged)" : built)};
        }
    }
}
