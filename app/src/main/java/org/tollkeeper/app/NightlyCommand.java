package org.tollkeeper.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.job.NightlyJob;
import org.tollkeeper.app.store.OpenRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "nightly",
        description =
                "The main job: load the book, mediate what is new, rate, settle and draft what"
                        + " ended, reconcile, write the output folder. Run twice, the second"
                        + " changes nothing.")
final class NightlyCommand extends Subcommand {

    @Option(
            names = "--book",
            required = true,
            paramLabel = "DIR",
            description = "The folder of the book.")
    private Path book = Path.of("");

    @Option(
            names = "--inbox",
            required = true,
            paramLabel = "DIR",
            description = "The folder with a folder for each switch.")
    private Path inbox = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder for documents, statements, reports and run.json.")
    private Path out = Path.of("");

    @Option(
            names = "--through",
            paramLabel = "DATE",
            description =
                    "Settle the periods that ended on or before this day"
                            + " (default: yesterday where the company is).")
    private @Nullable LocalDate through;

    @Mixin private Limits limits = new Limits();

    @Override
    public Integer call() throws Exception {
        requireFolder("--book", book);
        requireFolder("--inbox", inbox);
        requireWritable();
        try (Session session = open();
                OpenRun run = session.begin("nightly")) {
            Night night = new Night(session, run, book, inbox, out, through);
            NightlyJob.run(session.database().dataSource(), run.run().id(), night.steps());
            run.done();
            print(night.answer());
            if (!night.disagreements().isEmpty()) {
                night.disagreements().forEach(each -> err().println("out of balance: " + each));
                err().flush();
                return ExitCode.OUT_OF_BALANCE;
            }
            return limits.check(session.database(), night::deliveries, err());
        }
    }

    // Before any work, not after all of it.
    private void requireWritable() {
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw wrongUsage("--out %s: no such folder can be made: %s".formatted(out, e));
        }
        if (!Files.isWritable(out)) {
            throw wrongUsage("--out %s: the folder cannot be written to".formatted(out));
        }
    }
}
