package org.tollkeeper.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.app.store.Stages;
import org.tollkeeper.app.terminal.Answer;
import org.tollkeeper.app.terminal.TextTable;
import org.tollkeeper.invoicing.Difference;
import org.tollkeeper.invoicing.MalformedVendorFile;
import org.tollkeeper.invoicing.VendorComparison;
import org.tollkeeper.invoicing.Volume;
import org.tollkeeper.settlement.PeriodName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "reconcile", description = "Show our view beside the carrier's.")
final class ReconcileCommand extends Subcommand {

    @Option(
            names = "--agreement",
            required = true,
            paramLabel = "ID",
            description = "The agreement, as the book names it.")
    private String agreement = "";

    @Option(
            names = "--period",
            required = true,
            paramLabel = "P",
            description =
                    "A month 2024-06, a half 2024-06-H1, a week 2024-W23 or a day 2024-06-10.")
    private String period = "";

    @Option(
            names = "--vendor-summary",
            paramLabel = "FILE",
            description = "The carrier's totals: destination,calls,minutes,amount.")
    private @Nullable Path summary;

    @Option(
            names = "--vendor-cdr",
            paramLabel = "FILE",
            description = "The carrier's calls, one a line. Not available yet.")
    private @Nullable Path calls;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also write the comparison into this folder, as CSV and PDF.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        PeriodName name = periodName(period);
        if (calls != null) {
            throw wrongUsage(
                    "--vendor-cdr is not available yet; give the carrier's totals by"
                            + " --vendor-summary");
        }
        if (summary == null) {
            throw wrongUsage("Missing required option: '--vendor-summary=FILE'");
        }
        if (!Files.isRegularFile(summary)) {
            throw wrongUsage("--vendor-summary %s: there is no such file".formatted(summary));
        }
        try (Session session = open()) {
            print(answer(new Stages(session.database()).compare(agreement, name, summary, out)));
            return ExitCode.DONE;
        } catch (MalformedVendorFile e) {
            throw RefusedInputException.of(e);
        } catch (IllegalArgumentException e) {
            throw wrongUsage(e.getMessage());
        }
    }

    private static Answer answer(VendorComparison comparison) {
        Answer answer =
                new Answer()
                        .put("carrier", comparison.carrier())
                        .put("agreement", comparison.agreement())
                        .put("from", comparison.period().from())
                        .put("to", comparison.period().lastDay())
                        .put("currency", comparison.currency())
                        .put(
                                "differences",
                                comparison.differences().stream()
                                        .map(ReconcileCommand::values)
                                        .toList())
                        .put("total", values(comparison.total()))
                        .line(
                                "%s, %s to %s, in %s"
                                        .formatted(
                                                comparison.agreement(),
                                                comparison.period().from(),
                                                comparison.period().lastDay(),
                                                comparison.currency()));
        TextTable table = new TextTable("lrrrrrrr");
        table.row(
                "",
                "our calls",
                "their calls",
                "ours",
                "theirs",
                "difference",
                "of volume",
                "of rate");
        List<Difference> rows = new ArrayList<>(comparison.differences());
        rows.add(comparison.total());
        for (Difference each : rows) {
            table.row(
                    each.destination(),
                    calls(each.ours()),
                    calls(each.theirs()),
                    amount(each.ours()),
                    amount(each.theirs()),
                    each.difference().toString(),
                    each.volumePart().toString(),
                    each.ratePart().toString());
        }
        table.lines("").forEach(answer::line);
        return answer;
    }

    private static String calls(@Nullable Volume volume) {
        return volume == null ? "" : "%,d".formatted(volume.callCount());
    }

    private static String amount(@Nullable Volume volume) {
        return volume == null ? "" : volume.amount().toString();
    }

    private static Map<String, @Nullable Object> values(Difference each) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("destination", each.destination());
        values.put("ours", volume(each.ours()));
        values.put("theirs", volume(each.theirs()));
        values.put("difference", each.difference().amount());
        values.put("ofVolume", each.volumePart().amount());
        values.put("ofRate", each.ratePart().amount());
        return values;
    }

    private static @Nullable Map<String, Object> volume(@Nullable Volume volume) {
        if (volume == null) {
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("calls", volume.callCount());
        values.put("seconds", volume.seconds());
        values.put("amount", volume.amount().amount());
        return values;
    }
}
