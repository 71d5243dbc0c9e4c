package org.tollkeeper.app;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.store.OpenRun;
import org.tollkeeper.app.store.SuspenseGroup;
import org.tollkeeper.app.terminal.Answer;
import org.tollkeeper.app.terminal.TextTable;
import org.tollkeeper.mediation.store.SuspenseFilter;
import org.tollkeeper.mediation.store.WriteOffs;
import org.tollkeeper.model.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "suspense",
        description = {
            "List what is held back, by reason, switch, trunk and age, with what it may be worth.",
            "With --write-off, give up on records, so that they are open no more; nothing is"
                    + " deleted."
        })
final class SuspenseCommand extends Subcommand {

    @Mixin private SuspenseOptions options = new SuspenseOptions();

    @Option(
            names = "--write-off",
            paramLabel = "TEXT",
            description =
                    "Write off the records meant, for this reason; it is kept with each. At least"
                            + " one option has to say which records.")
    private @Nullable String because;

    @Override
    public Integer call() {
        String why = because;
        if (why == null) {
            SuspenseFilter meant = options.filter(this);
            try (Session session = open()) {
                print(list(SuspenseGroup.of(session.database(), meant), session.clock().instant()));
            }
            return ExitCode.DONE;
        }
        SuspenseFilter meant = options.recordFilter(this);
        if (why.isBlank()) {
            throw wrongUsage("--write-off: say why; it is kept with each record");
        }
        if (meant.isAll()) {
            throw wrongUsage(
                    "--write-off: say which records, with --reason, --switch, --trunk,"
                            + " --older-than or --record");
        }
        try (Session session = open();
                OpenRun run = session.begin("suspense --write-off", why)) {
            int count = WriteOffs.write(session.database(), run.run(), meant, why);
            run.done();
            long sideCount = sideCount(SuspenseGroup.of(session.database(), meant));
            Answer answer =
                    new Answer()
                            .put("run", run.run().id())
                            .put("writtenOff", count)
                            .put("sidesLeft", sideCount)
                            .put("because", why)
                            .line("written off %,d records: %s".formatted(count, why));
            if (sideCount > 0) {
                answer.line(
                        "%,d sides of calls stay held back; for each: %s"
                                .formatted(sideCount, SuspenseOptions.SIDES_FOLLOW));
            }
            print(answer);
            return ExitCode.DONE;
        }
    }

    /// How many are held back by rating.
    private static long sideCount(List<SuspenseGroup> groups) {
        return groups.stream()
                .filter(group -> group.reason().stage() == Stage.RATING)
                .mapToLong(SuspenseGroup::recordCount)
                .sum();
    }

    private static Answer list(List<SuspenseGroup> groups, Instant now) {
        Answer answer =
                new Answer()
                        .put("suspense", groups.stream().map(group -> values(group, now)).toList());
        if (groups.isEmpty()) {
            return answer.line("Nothing is held back.");
        }
        TextTable table = new TextTable("llllrrrrl");
        table.row(
                "reason",
                "switch",
                "trunk",
                "side",
                "records",
                "seconds",
                "oldest, days",
                "may be worth",
                "");
        for (SuspenseGroup group : groups) {
            table.row(
                    group.reason().label(),
                    group.switchId(),
                    group.trunk(),
                    group.side(),
                    "%,d".formatted(group.recordCount()),
                    StatusPage.seconds(group.talkMillis()).toPlainString(),
                    String.valueOf(days(group, now)),
                    group.estimate() == null ? "" : group.estimate().toString(),
                    group.estimate() == null ? "" : group.estimate().currency().getCurrencyCode());
        }
        table.lines("").forEach(answer::line);
        return answer;
    }

    private static Map<String, @Nullable Object> values(SuspenseGroup group, Instant now) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("stage", group.reason().stage().label());
        values.put("reason", group.reason().label());
        values.put("switch", group.switchId());
        values.put("trunk", group.trunk());
        values.put("side", group.side());
        values.put("records", group.recordCount());
        values.put("seconds", StatusPage.seconds(group.talkMillis()));
        values.put("oldest", group.oldest());
        values.put("oldestDays", days(group, now));
        values.put("estimate", group.estimate() == null ? null : group.estimate().amount());
        values.put(
                "currency",
                group.estimate() == null ? null : group.estimate().currency().getCurrencyCode());
        return values;
    }

    private static long days(SuspenseGroup group, Instant now) {
        return Math.max(0, Duration.between(group.oldest(), now).toDays());
    }
}
