package org.tollkeeper.app;

import org.tollkeeper.app.store.OpenRun;
import org.tollkeeper.app.terminal.Answer;
import org.tollkeeper.app.terminal.Progress;
import org.tollkeeper.mediation.file.Archive;
import org.tollkeeper.mediation.store.Mediation;
import org.tollkeeper.mediation.store.SuspenseFilter;
import org.tollkeeper.mediation.store.Totals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "recycle", description = "Offer suspended records to mediation again.")
final class RecycleCommand extends Subcommand {

    @Mixin private SuspenseOptions options = new SuspenseOptions();

    @Mixin private Limits limits = new Limits();

    @Override
    public Integer call() {
        SuspenseFilter meant = options.recordFilter(this);
        try (Session session = open();
                OpenRun run = session.begin("recycle");
                Progress progress = session.progress("recycle", "records")) {
            Totals totals =
                    new Mediation(session.database(), new Archive(session.archive()))
                            .recycle(run.run(), meant, progress::more);
            run.done();
            print(answer(new Answer(), totals));
            return limits.check(session.database(), session::deliveries, err());
        }
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
