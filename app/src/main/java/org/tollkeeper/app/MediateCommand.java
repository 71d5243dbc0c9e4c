package org.tollkeeper.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tollkeeper.app.store.OpenRun;
import org.tollkeeper.app.terminal.Answer;
import org.tollkeeper.app.terminal.Progress;
import org.tollkeeper.mediation.file.Archive;
import org.tollkeeper.mediation.store.Mediated;
import org.tollkeeper.mediation.store.Mediation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "mediate", description = "Turn the new files of the inbox into calls.")
final class MediateCommand extends Subcommand {

    @Option(
            names = "--inbox",
            required = true,
            paramLabel = "DIR",
            description = "The folder with a folder for each switch.")
    private Path inbox = Path.of("");

    @Mixin private Limits limits = new Limits();

    @Override
    public Integer call() {
        requireFolder("--inbox", inbox);
        try (Session session = open();
                OpenRun run = session.begin("mediate")) {
            Mediated mediated = mediate(session, run, inbox);
            run.done();
            print(answer(new Answer(), mediated));
            return limits.check(session.database(), session::deliveries, err());
        }
    }

    /// Mediates an inbox for a run.
    static Mediated mediate(Session session, OpenRun run, Path inbox) {
        try (Progress progress = session.progress("mediate", "records")) {
            return new Mediation(session.database(), new Archive(session.archive()))
                    .mediate(run.run(), inbox, progress::more);
        }
    }

    static Answer answer(Answer answer, Mediated mediated) {
        Map<String, Object> files = new LinkedHashMap<>();
        files.put("read", mediated.filesRead());
        files.put("repeated", mediated.filesRepeated());
        files.put("unchanged", mediated.filesUnchanged());
        files.put("quarantined", mediated.quarantined().size());
        files.put("leftForNextTime", mediated.leftForNextTime());
        files.put("strangers", mediated.strangers());
        answer.put("files", files)
                .line(
                        "mediated    %,d files read, %,d repeated, %,d as they were, %,d quarantined"
                                .formatted(
                                        mediated.filesRead(),
                                        mediated.filesRepeated(),
                                        mediated.filesUnchanged(),
                                        mediated.quarantined().size()));
        for (Mediated.Quarantined file : mediated.quarantined()) {
            answer.line("            quarantined: %s: %s".formatted(file.path(), file.reason()));
        }
        for (String path : mediated.leftForNextTime()) {
            answer.line("            still being written, left for next time: " + path);
        }
        for (String path : mediated.strangers()) {
            answer.line("            belongs to no switch of the book: " + path);
        }
        return RecycleCommand.answer(answer, mediated.totals());
    }
}
