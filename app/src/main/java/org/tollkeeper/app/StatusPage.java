package org.tollkeeper.app;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tollkeeper.app.store.OddRecords;
import org.tollkeeper.app.store.OpenSuspense;
import org.tollkeeper.app.store.PastRun;
import org.tollkeeper.app.store.PeriodState;
import org.tollkeeper.app.store.PickupState;
import org.tollkeeper.app.store.SwitchFiles;
import org.tollkeeper.app.store.Totals;
import org.tollkeeper.app.terminal.Answer;
import org.tollkeeper.app.terminal.TextTable;
import org.tollkeeper.db.Database;
import org.tollkeeper.model.DeliveryFinding;

/// What `status` shows: files, runs, the totals equation, open suspense, deliveries and periods.
record StatusPage(
        List<PickupState> pickups,
        SwitchFiles files,
        Totals totals,
        OddRecords odd,
        List<PastRun> runs,
        List<OpenSuspense> suspense,
        List<DeliveryFinding> deliveries,
        List<PeriodState> periods) {

    private static final int RUN_COUNT = 5;
    private static final BigDecimal MILLIS_PER_MINUTE = BigDecimal.valueOf(60_000);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    static StatusPage of(Database database, List<DeliveryFinding> deliveries) {
        return new StatusPage(
                PickupState.of(database),
                SwitchFiles.of(database),
                Totals.ofFiles(database),
                OddRecords.of(database),
                PastRun.newest(database, RUN_COUNT),
                OpenSuspense.of(database),
                deliveries,
                PeriodState.of(database));
    }

    Answer answer() {
        Answer answer = new Answer();
        addPickups(answer);
        addFiles(answer);
        addTotals(answer);
        addRuns(answer);
        addSuspense(answer);
        addDeliveries(answer);
        addPeriods(answer);
        return answer;
    }

    private void addPickups(Answer answer) {
        if (pickups.isEmpty()) {
            return;
        }
        answer.put("pickups", pickupValues(pickups));
        answer.line("Pickups");
        TextTable table = new TextTable("llrrl");
        for (PickupState state : pickups) {
            table.row(
                    state.pickup(),
                    state.switchId(),
                    "%,d files".formatted(state.fileCount()),
                    "%,d bytes".formatted(state.byteCount()),
                    state.failure() == null ? "" : "failed: " + state.failure());
        }
        table.lines("  ").forEach(answer::line);
        answer.line("");
    }

    /// The pickups as programs read them.
    static List<Map<String, Object>> pickupValues(List<PickupState> pickups) {
        return pickups.stream()
                .map(state -> {
                    Map<String, Object> values =
                            values(
                                    "pickup", state.pickup(),
                                    "switch", state.switchId(),
                                    "files", state.fileCount(),
                                    "bytes", state.byteCount());
                    if (state.failure() != null) {
                        values.put("failure", state.failure());
                    }
                    return values;
                })
                .toList();
    }

    private void addFiles(Answer answer) {
        answer.put("files", fileValues(files));
        answer.line(
                "Files     %,d mediated, %,d quarantined, %,d repeated"
                        .formatted(
                                files.mediatedCount(),
                                files.quarantined().size(),
                                files.repeatedCount()));
        TextTable table = new TextTable("ll");
        files.quarantined().forEach(file -> table.row(file.path(), file.reason()));
        table.lines("            ").forEach(answer::line);
    }

    /// The files as programs read them.
    static Map<String, Object> fileValues(SwitchFiles files) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("mediated", files.mediatedCount());
        values.put("repeated", files.repeatedCount());
        values.put(
                "quarantined",
                files.quarantined().stream()
                        .map(file ->
                                values(
                                        "switch", file.switchId(),
                                        "path", file.path(),
                                        "reason", file.reason()))
                        .toList());
        return values;
    }

    private void addTotals(Answer answer) {
        answer.put("totals", totals.values());
        answer.line("Records   " + totals.equation());
        answer.put("conflicts", odd.conflictCount()).put("writtenOff", odd.writtenOffCount());
        if (odd.conflictCount() > 0) {
            answer.line(
                    "          %,d of the duplicates say something else than their originals"
                            .formatted(odd.conflictCount()));
        }
        if (odd.writtenOffCount() > 0) {
            answer.line(
                    "          %,d of the suspended are written off"
                            .formatted(odd.writtenOffCount()));
        }
    }

    private void addRuns(Answer answer) {
        answer.put("runs", runs.stream().map(StatusPage::runValues).toList());
        answer.line("");
        answer.line("Runs" + (runs.isEmpty() ? "      none yet" : ""));
        TextTable table = new TextTable("rlllrl");
        for (PastRun run : runs) {
            boolean counted = run.totals().readCount() + run.totals().reopenedCount() > 0;
            table.row(
                    String.valueOf(run.id()),
                    run.command(),
                    moment(run.startedAt()),
                    run.state(),
                    seconds(run.elapsedMillis()) + " s",
                    counted ? run.totals().brief() : "");
        }
        table.lines("  ").forEach(answer::line);
    }

    private static Map<String, Object> runValues(PastRun run) {
        Map<String, Object> values =
                values(
                        "run", run.id(),
                        "command", run.command(),
                        "startedAt", run.startedAt(),
                        "state", run.state(),
                        "elapsedSeconds", seconds(run.elapsedMillis()));
        values.put("totals", run.totals().values());
        return values;
    }

    private void addSuspense(Answer answer) {
        answer.put("suspense", suspenseValues(suspense));
        answer.line("");
        answer.line("Open suspense" + (suspense.isEmpty() ? "  none" : ""));
        TextTable table = new TextTable("lrr");
        for (OpenSuspense open : suspense) {
            table.row(
                    open.reason().label(),
                    "%,d".formatted(open.count()),
                    minutes(open.talkMillis()) + " min");
        }
        table.lines("  ").forEach(answer::line);
    }

    /// The open suspense as programs read it.
    static List<Map<String, Object>> suspenseValues(List<OpenSuspense> suspense) {
        return suspense.stream()
                .map(open ->
                        values(
                                "stage", open.reason().stage().label(),
                                "reason", open.reason().label(),
                                "open", open.count(),
                                "minutes", minutes(open.talkMillis())))
                .toList();
    }

    private void addDeliveries(Answer answer) {
        DeliveryWords.values(deliveries).forEach(answer::put);
        DeliveryWords.lines(deliveries).forEach(answer::line);
    }

    private void addPeriods(Answer answer) {
        answer.put("periods", periods.stream().map(StatusPage::periodValues).toList());
        answer.line("");
        answer.line("Periods" + (periods.isEmpty() ? "   none yet" : ""));
        TextTable table = new TextTable("llllrl");
        for (PeriodState period : periods) {
            table.row(
                    period.agreement(),
                    period.from() + " to " + period.lastDay(),
                    period.state(),
                    period.document() == null ? "" : period.document(),
                    period.gross() == null ? "" : period.gross().toPlainString(),
                    period.gross() == null ? "" : period.currency());
        }
        table.lines("  ").forEach(answer::line);
    }

    private static Map<String, Object> periodValues(PeriodState period) {
        Map<String, Object> values =
                values(
                        "agreement", period.agreement(),
                        "from", period.from(),
                        "to", period.lastDay(),
                        "state", period.state());
        if (period.document() != null && period.gross() != null) {
            values.put("document", period.document());
            values.put("kind", period.kind());
            values.put("gross", period.gross());
            values.put("currency", period.currency());
        }
        return values;
    }

    private static Map<String, Object> values(Object... namesAndValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return values;
    }

    private static String moment(Instant instant) {
        return MOMENT.format(instant);
    }

    static BigDecimal seconds(long millis) {
        return BigDecimal.valueOf(millis, 3);
    }

    private static BigDecimal minutes(long millis) {
        return BigDecimal.valueOf(millis).divide(MILLIS_PER_MINUTE, 1, RoundingMode.HALF_UP);
    }
}
