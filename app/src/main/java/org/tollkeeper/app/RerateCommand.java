package org.tollkeeper.app;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.store.OpenRun;
import org.tollkeeper.app.store.Rerating;
import org.tollkeeper.app.terminal.Progress;
import org.tollkeeper.rating.store.Selection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "rerate",
        description =
                "Show what rating past days again under the book would change, and why; --apply"
                        + " does it.")
final class RerateCommand extends Subcommand {

    @Option(names = "--carrier", paramLabel = "ID", description = "Only this carrier's charges.")
    private @Nullable String carrier;

    @Option(
            names = "--deck",
            paramLabel = "ID",
            description = "Only carriers and sides whose agreements have this deck.")
    private @Nullable String deck;

    @Option(
            names = "--destination",
            paramLabel = "NAME",
            description = "Only carriers and sides whose decks have this destination.")
    private @Nullable String destination;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "DATE",
            description = "First UTC day of connect.")
    private LocalDate from = LocalDate.EPOCH;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DATE",
            description = "The last, inclusive.")
    private LocalDate to = LocalDate.EPOCH;

    @Option(
            names = "--as-known-at",
            paramLabel = "INSTANT",
            description =
                    "What would have been charged with the book as it was known then, such as"
                            + " 2024-06-01T00:00:00Z.")
    private @Nullable Instant knownAt;

    @Option(names = "--apply", description = "Publish the changes.")
    private boolean apply;

    @Override
    public Integer call() {
        if (from.isAfter(to)) {
            throw wrongUsage("--from " + from + " is after --to " + to);
        }
        if (apply && knownAt != null) {
            throw wrongUsage("--as-known-at only looks back; what it shows cannot be applied");
        }
        Selection selection = new Selection(carrier, deck, destination, from, to);
        try (Session session = open()) {
            Rerating rerating = new Rerating(session.database(), selection, knownAt);
            @Nullable String unknown = rerating.whatIsUnknown();
            if (unknown != null) {
                throw wrongUsage(unknown);
            }
            Rerating.Outcome outcome = rate(session, rerating);
            print(new RerateReport(selection, knownAt, outcome, apply).answer());
            return ExitCode.DONE;
        }
    }

    private Rerating.Outcome rate(Session session, Rerating rerating) {
        try (OpenRun run = session.begin(apply ? "rerate --apply" : "rerate");
                Progress progress = session.progress("rerate", "calls")) {
            Rerating.Outcome outcome =
                    apply
                            ? rerating.apply(run.run(), progress)
                            : rerating.preview(run.run(), progress);
            run.done();
            return outcome;
        }
    }
}
