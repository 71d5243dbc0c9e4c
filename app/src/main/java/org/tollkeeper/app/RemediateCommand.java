package org.tollkeeper.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.store.BookNames;
import org.tollkeeper.app.store.OpenRun;
import org.tollkeeper.app.store.Remediating;
import org.tollkeeper.app.store.Stages;
import org.tollkeeper.mediation.store.RemediationScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "remediate",
        description = {
            "Mediate and rate a past period again from the archived raw files, under today's book,"
                    + " and show what changes.",
            "Nothing is published without --apply."
        })
final class RemediateCommand extends Subcommand {

    @Option(
            names = "--from",
            required = true,
            paramLabel = "DATE",
            description = "First UTC day of setup.")
    private LocalDate from = LocalDate.MIN;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DATE",
            description = "The last, inclusive.")
    private LocalDate to = LocalDate.MAX;

    @Option(names = "--switch", paramLabel = "ID", description = "Only calls of this switch.")
    private @Nullable String switchId;

    @Option(
            names = "--carrier",
            paramLabel = "ID",
            description = "Only calls that are this carrier's before or after.")
    private @Nullable String carrier;

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why; it stands with the run.")
    private String reason = "";

    @Option(names = "--apply", description = "Publish the difference, all of it at once.")
    private boolean apply;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also write the difference into this folder, as CSV.")
    private @Nullable Path out;

    @Mixin private Limits limits = new Limits();

    @Override
    public Integer call() throws IOException {
        if (from.isAfter(to)) {
            throw wrongUsage("--from " + from + " is after --to " + to);
        }
        if (reason.isBlank()) {
            throw wrongUsage("--reason: say why; it is kept with the run");
        }
        try (Session session = open()) {
            refuseStrangers(session);
            Remediating.Difference difference;
            int runNumber;
            try (OpenRun run = session.begin("remediate", reason)) {
                runNumber = run.run().id();
                difference =
                        new Remediating(
                                        session,
                                        run.run(),
                                        new RemediationScope(from, to, switchId, carrier))
                                .remediate(apply, out == null ? null : out.resolve("calls.csv"));
                run.done();
            }
            RemediationPage page = new RemediationPage(difference);
            if (out != null) {
                page.write(out);
            }
            print(
                    page.answer(
                            runNumber,
                            apply,
                            "%s to %s%s%s"
                                    .formatted(
                                            from,
                                            to,
                                            switchId == null ? "" : ", switch " + switchId,
                                            carrier == null ? "" : ", carrier " + carrier),
                            reason));
            return apply ? check(session) : ExitCode.DONE;
        }
    }

    private int check(Session session) {
        List<String> disagreements = new Stages(session.database()).disagreements();
        disagreements.forEach(err()::println);
        err().flush();
        return disagreements.isEmpty()
                ? limits.check(session.database(), session::deliveries, err())
                : ExitCode.OUT_OF_BALANCE;
    }

    private void refuseStrangers(Session session) {
        if (switchId != null && !BookNames.hasSwitch(session.database(), switchId)) {
            throw wrongUsage("--switch: the book never had a switch '%s'".formatted(switchId));
        }
        if (carrier != null && !BookNames.hasCarrier(session.database(), carrier)) {
            throw wrongUsage("--carrier: the book never had a carrier '%s'".formatted(carrier));
        }
    }
}
