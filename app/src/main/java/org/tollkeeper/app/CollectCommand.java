package org.tollkeeper.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.store.OpenRun;
import org.tollkeeper.app.terminal.Answer;
import org.tollkeeper.app.terminal.Progress;
import org.tollkeeper.mediation.collect.SftpFolder;
import org.tollkeeper.mediation.store.Collected;
import org.tollkeeper.mediation.store.Collection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "collect",
        description = "Fetch new files from the pickups of the book into the inbox.")
final class CollectCommand extends Subcommand {

    @Option(
            names = "--inbox",
            required = true,
            paramLabel = "DIR",
            description = "The folder with a folder for each switch.")
    private Path inbox = Path.of("");

    @Override
    public Integer call() {
        requireFolder("--inbox", inbox);
        try (Session session = open();
                OpenRun run = session.begin("collect")) {
            Collected collected = collect(session, run, inbox);
            run.done();
            print(answer(new Answer(), collected));
            return collected.isComplete() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    /// Collects into an inbox for a run, and says on standard error what could not be had.
    static Collected collect(Session session, OpenRun run, Path inbox) {
        try (Progress progress = session.progress("collect", "bytes")) {
            Collected collected =
                    new Collection(
                                    session.database(),
                                    pickup -> SftpFolder.open(pickup, System::getenv))
                            .collect(run.run(), inbox, progress::more);
            for (Collected.Visit visit : collected.visits()) {
                visit.refused().forEach(text -> session.err().println("collect: " + text));
                if (visit.failure() != null) {
                    session.err().println("collect: " + visit.failure());
                }
            }
            return collected;
        }
    }

    static Answer answer(Answer answer, Collected collected) {
        List<Map<String, @Nullable Object>> pickups =
                collected.visits().stream().map(CollectCommand::values).toList();
        answer.put("collected", pickups);
        for (Collected.Visit visit : collected.visits()) {
            answer.line(
                    "collected   %s: %,d files, %,d bytes, %,d left for next time, %,d refused"
                            .formatted(
                                    visit.pickup(),
                                    visit.fileCount(),
                                    visit.byteCount(),
                                    visit.leftCount(),
                                    visit.refused().size()));
            visit.refused().forEach(text -> answer.line("            refused: " + text));
            if (visit.failure() != null) {
                answer.line("            failed: " + visit.failure());
            }
        }
        return answer;
    }

    private static Map<String, @Nullable Object> values(Collected.Visit visit) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("pickup", visit.pickup());
        values.put("address", visit.address());
        values.put("files", visit.fileCount());
        values.put("bytes", visit.byteCount());
        values.put("leftForNextTime", visit.leftCount());
        values.put("refused", visit.refused());
        values.put("failure", visit.failure());
        return values;
    }
}
