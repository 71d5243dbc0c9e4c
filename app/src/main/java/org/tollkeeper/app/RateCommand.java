package org.tollkeeper.app;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.store.OpenRun;
import org.tollkeeper.app.store.Stages;
import org.tollkeeper.app.terminal.Answer;
import org.tollkeeper.app.terminal.Progress;
import org.tollkeeper.rating.store.Rating;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rate",
        description =
                "Turn calls into charges: what is new or stale, and the days named in any case.")
final class RateCommand extends Subcommand {

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "First UTC day of connect to rate again.")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", description = "The last, inclusive.")
    private @Nullable LocalDate to;

    @Mixin private Limits limits = new Limits();

    @Override
    public Integer call() {
        if ((from == null) != (to == null)) {
            throw wrongUsage("--from and --to go together");
        }
        if (from != null && to != null && from.isAfter(to)) {
            throw wrongUsage("--from " + from + " is after --to " + to);
        }
        try (Session session = open();
                OpenRun run = session.begin("rate");
                Progress progress = session.progress("rate", "calls")) {
            Rating.Result result =
                    new Stages(session.database()).rate(run.run(), from, to, progress);
            run.done();
            print(answer(new Answer(), result));
            return limits.check(session.database(), session::deliveries, err());
        }
    }

    static Answer answer(Answer answer, Rating.Result result) {
        return answer.put("calls", result.callCount())
                .put("charges", result.chargeCount())
                .put("suspended", result.suspendedCount())
                .put("slicesPublished", result.publishedSliceCount())
                .put("slicesRetired", result.retiredSliceCount())
                .line(
                        "rated       %,d calls read: %,d charges, %,d suspended; %,d slices published, %,d replaced"
                                .formatted(
                                        result.callCount(),
                                        result.chargeCount(),
                                        result.suspendedCount(),
                                        result.publishedSliceCount(),
                                        result.retiredSliceCount()));
    }
}
