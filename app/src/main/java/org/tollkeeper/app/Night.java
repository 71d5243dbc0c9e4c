package org.tollkeeper.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.job.NightStep;
import org.tollkeeper.app.store.OpenRun;
import org.tollkeeper.app.store.Stages;
import org.tollkeeper.app.terminal.Answer;
import org.tollkeeper.app.terminal.Progress;
import org.tollkeeper.invoicing.store.OutFiles;
import org.tollkeeper.mediation.store.Collected;
import org.tollkeeper.model.DeliveryFinding;

/// One night: what each step does, and what came of it.
final class Night {

    private final Session session;
    private final OpenRun run;
    private final Path book;
    private final Path inbox;
    private final Path out;
    private final Stages stages;
    private final Answer answer = new Answer();
    private @Nullable LocalDate through;
    private final List<String> disagreements = new ArrayList<>();
    private List<DeliveryFinding> deliveries = List.of();

    /// @param through the last day to settle, or null for yesterday
    Night(
            Session session,
            OpenRun run,
            Path book,
            Path inbox,
            Path out,
            @Nullable LocalDate through) {
        this.session = session;
        this.run = run;
        this.book = book;
        this.inbox = inbox;
        this.out = out;
        this.through = through;
        this.stages = new Stages(session.database());
    }

    List<NightStep> steps() {
        return List.of(
                new NightStep("load", this::load),
                new NightStep("collect", this::collect),
                new NightStep("mediate", this::mediate),
                new NightStep("rate", this::rate),
                new NightStep("settle", this::settle),
                new NightStep("draft", this::draft),
                new NightStep("reconcile", this::reconcile),
                new NightStep("write", this::write));
    }

    Answer answer() {
        return answer;
    }

    /// The totals on which two stages do not agree.
    List<String> disagreements() {
        return disagreements;
    }

    /// What is wrong with what switches delivered.
    List<DeliveryFinding> deliveries() {
        return deliveries;
    }

    private void load() {
        LoadCommand.answer(answer, stages.loadUnlessRead(run.run(), book), session.err()::print);
    }

    /// A host that is down does not stop the night.
    private void collect() {
        Collected collected = CollectCommand.collect(session, run, inbox);
        if (!collected.visits().isEmpty()) {
            CollectCommand.answer(answer, collected);
        }
    }

    private void mediate() {
        MediateCommand.answer(answer, MediateCommand.mediate(session, run, inbox));
    }

    private void rate() {
        try (Progress progress = session.progress("rate", "calls")) {
            RateCommand.answer(answer, stages.rate(run.run(), null, null, progress));
        }
    }

    private void settle() {
        try (Progress progress = session.progress("settle", "agreements")) {
            SettleCommand.answer(answer, stages.settle(run.run(), through(), null, progress));
        }
    }

    private void draft() {
        try (Progress progress = session.progress("draft", "documents")) {
            InvoiceCommand.answer(answer, stages.draft(run.run(), through(), null, progress));
        }
    }

    private void reconcile() {
        disagreements.addAll(stages.disagreements());
    }

    private void write() throws IOException {
        try (Progress progress = session.progress("write", "documents")) {
            deliveries = stages.deliveries(through(), session.clock());
            OutFiles.Outcome written = stages.write(through(), deliveries, out, progress);
            disagreements.addAll(written.unbalanced());
            RunFile.write(session.database(), through(), deliveries, out);
            answer(written);
        }
    }

    private void answer(OutFiles.Outcome written) {
        answer.put("balanced", disagreements.isEmpty())
                .put("filesWritten", written.written())
                .put("filesUnchanged", written.unchanged())
                .put("filesRemoved", written.removed())
                .put("out", out)
                .line(
                        disagreements.isEmpty()
                                ? "reconciled  the totals of all stages agree"
                                : "reconciled  %d totals do not agree"
                                        .formatted(disagreements.size()))
                .line(
                        "written     %,d files new or changed, %,d as they were, %,d removed: %s"
                                .formatted(
                                        written.written(),
                                        written.unchanged(),
                                        written.removed(),
                                        out));
    }

    private LocalDate through() {
        LocalDate given = through;
        if (given == null) {
            given = stages.yesterday(session.clock());
            through = given;
        }
        return given;
    }
}
