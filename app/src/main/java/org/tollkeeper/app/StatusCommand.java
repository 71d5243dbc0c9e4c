package org.tollkeeper.app;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.store.Stages;
import org.tollkeeper.model.DeliveryFinding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Show files, runs, the totals equation, open suspense and periods.")
final class StatusCommand extends Subcommand {

    @Option(
            names = "--through",
            paramLabel = "DATE",
            description =
                    "Look for missing files and calls until this day"
                            + " (default: yesterday where the company is).")
    private @Nullable LocalDate through;

    @Mixin private Limits limits = new Limits();

    @Override
    public Integer call() {
        try (Session session = open()) {
            List<DeliveryFinding> deliveries =
                    new Stages(session.database()).deliveries(through, session.clock());
            print(StatusPage.of(session.database(), deliveries).answer());
            return limits.check(session.database(), () -> deliveries, err());
        }
    }
}
