package org.tollkeeper.app;

import org.tollkeeper.app.store.OpenRun;
import org.tollkeeper.app.store.Stages;
import org.tollkeeper.app.terminal.Answer;
import org.tollkeeper.app.terminal.Progress;
import org.tollkeeper.settlement.PeriodName;
import org.tollkeeper.settlement.store.Settled;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "settle", description = "Turn the charges of ended periods into statements.")
final class SettleCommand extends Subcommand {

    @Option(
            names = "--period",
            required = true,
            paramLabel = "P",
            description =
                    "A month 2024-06, a half 2024-06-H1, a week 2024-W23 or a day 2024-06-10.")
    private String period = "";

    @Override
    public Integer call() {
        PeriodName name = periodName(period);
        try (Session session = open();
                OpenRun run = session.begin("settle");
                Progress progress = session.progress("settle", "agreements")) {
            Stages stages = new Stages(session.database());
            Settled settled =
                    stages.settle(run.run(), stages.yesterday(session.clock()), name, progress);
            run.done();
            print(answer(new Answer(), settled));
            return ExitCode.DONE;
        }
    }

    static Answer answer(Answer answer, Settled settled) {
        return answer.put("statements", settled.statementCount())
                .put("statementsNew", settled.newCount())
                .put("statementsRetired", settled.retiredCount())
                .line(
                        "settled     %,d statements, %,d of them new or changed, %,d retired"
                                .formatted(
                                        settled.statementCount(),
                                        settled.newCount(),
                                        settled.retiredCount()));
    }
}
