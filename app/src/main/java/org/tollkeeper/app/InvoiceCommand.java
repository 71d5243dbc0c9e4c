package org.tollkeeper.app;

import java.io.IOException;
import org.tollkeeper.app.store.OpenRun;
import org.tollkeeper.app.store.Stages;
import org.tollkeeper.app.terminal.Answer;
import org.tollkeeper.app.terminal.Progress;
import org.tollkeeper.invoicing.store.Drafting;
import org.tollkeeper.invoicing.store.Issuing;
import org.tollkeeper.settlement.PeriodName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "invoice",
        description = "Draft the invoices of ended periods; --issue numbers and freezes them.")
final class InvoiceCommand extends Subcommand {

    @Option(
            names = "--period",
            required = true,
            paramLabel = "P",
            description =
                    "A month 2024-06, a half 2024-06-H1, a week 2024-W23 or a day 2024-06-10.")
    private String period = "";

    @Option(
            names = "--issue",
            description = "Number and freeze the drafts; issued documents never change.")
    private boolean issue;

    @Override
    public Integer call() throws IOException {
        PeriodName name = periodName(period);
        try (Session session = open();
                OpenRun run = session.begin(issue ? "invoice --issue" : "invoice");
                Progress progress = session.progress("draft", "documents")) {
            Stages stages = new Stages(session.database());
            Answer answer = new Answer();
            answer(
                    answer,
                    stages.draft(run.run(), stages.yesterday(session.clock()), name, progress));
            if (issue) {
                answer(answer, stages.issue(run.run(), name, session.clock()));
            }
            run.done();
            print(answer);
            return ExitCode.DONE;
        }
    }

    static Answer answer(Answer answer, Drafting.Outcome outcome) {
        answer.put("documents", outcome.drafted() + outcome.unchanged())
                .put("documentsNew", outcome.drafted())
                .put("documentsRetired", outcome.retired())
                .put("correctionsProposed", outcome.proposed())
                .line(
                        "drafted     %,d documents, %,d of them new or changed, %,d retired"
                                .formatted(
                                        outcome.drafted() + outcome.unchanged(),
                                        outcome.drafted(),
                                        outcome.retired()));
        if (outcome.proposed() > 0) {
            answer.line(
                    "            %,d corrections of issued documents proposed"
                            .formatted(outcome.proposed()));
        }
        return answer;
    }

    private static Answer answer(Answer answer, Issuing.Outcome outcome) {
        answer.put("issued", outcome.numbers()).put("refused", outcome.refusals());
        answer.line(
                outcome.numbers().isEmpty()
                        ? "issued      nothing"
                        : "issued      " + String.join(", ", outcome.numbers()));
        outcome.refusals()
                .forEach((draft, reason) ->
                        answer.line("            not issued: " + draft + ": " + reason));
        return answer;
    }
}
