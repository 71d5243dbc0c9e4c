package org.tollkeeper.app;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.store.OpenRun;
import org.tollkeeper.app.terminal.Answer;
import org.tollkeeper.app.terminal.Progress;
import org.tollkeeper.mediation.file.Archive;
import org.tollkeeper.mediation.store.Mediation;
import org.tollkeeper.mediation.store.Totals;
import org.tollkeeper.model.Stage;
import org.tollkeeper.model.SuspenseReason;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "recycle", description = "Offer suspended records to mediation again.")
final class RecycleCommand extends Subcommand {

    @Option(
            names = "--reason",
            paramLabel = "CODE",
            description = "Only records held back for this reason, such as UNKNOWN_TRUNK.")
    private @Nullable String reason;

    @Mixin private Limits limits = new Limits();

    @Override
    public Integer call() {
        SuspenseReason only = reason == null ? null : reason(reason);
        try (Session session = open();
                OpenRun run = session.begin("recycle");
                Progress progress = session.progress("recycle", "records")) {
            Totals totals =
                    new Mediation(session.database(), new Archive(session.archive()))
                            .recycle(run.run(), only, progress::more);
            run.done();
            print(answer(new Answer(), totals));
            return limits.check(session.database(), session::deliveries, err());
        }
    }

    private SuspenseReason reason(String name) {
        List<SuspenseReason> reasons =
                Arrays.stream(SuspenseReason.values())
                        .filter(each -> each.stage() == Stage.MEDIATION)
                        .toList();
        return reasons.stream()
                .filter(each -> each.label().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        wrongUsage(
                                "--reason: no record is held back for '%s'; expected one of %s"
                                        .formatted(name, labels(reasons))));
    }

    private static String labels(List<SuspenseReason> reasons) {
        return String.join(", ", reasons.stream().map(SuspenseReason::label).toList());
    }

    static Answer answer(Answer answer, Totals totals) {
        var all =
                new org.tollkeeper.app.store.Totals(
                        totals.read(),
                        totals.reopened(),
                        totals.calls(),
                        totals.joined(),
                        totals.duplicates(),
                        totals.suspended(),
                        totals.filtered());
        return answer.put("totals", all.values()).line("records     " + all.equation());
    }
}
