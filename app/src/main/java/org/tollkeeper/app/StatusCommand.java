package org.tollkeeper.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        description = "Show files, runs, the totals equation, open suspense and periods.")
final class StatusCommand extends Subcommand {

    @Mixin private Limits limits = new Limits();

    @Override
    public Integer call() {
        try (Session session = open()) {
            print(StatusPage.of(session.database()).answer());
            return limits.check(session.database(), err());
        }
    }
}
