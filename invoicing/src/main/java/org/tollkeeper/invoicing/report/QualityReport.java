package org.tollkeeper.invoicing.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.invoicing.CsvText;
import org.tollkeeper.invoicing.print.TablesSheet;
import org.tollkeeper.model.QualityTarget;
import org.tollkeeper.model.Side;

/// How well each destination is reached through each carrier, beside the targets of the book.
public final class QualityReport {

    private QualityReport() {}

    public static Report of(List<Flow> flows, List<QualityTarget> targets) {
        Map<String, QualityTarget> byDestination = new HashMap<>();
        targets.forEach(target -> byDestination.put(target.destination(), target));
        CsvText csv =
                new CsvText(
                        List.of(
                                "destination",
                                "egress_carrier",
                                "attempts",
                                "answered",
                                "asr_percent",
                                "ner_percent",
                                "acd_seconds",
                                "pdd_ms",
                                "mos",
                                "missed"));
        List<List<String>> printed = new ArrayList<>();
        for (Flow flow : bought(flows)) {
            String missed = missed(flow, byDestination.get(flow.destination()));
            csv.row(cells(flow, flow.destination(), missed));
            printed.add(cells(flow, Printed.named(flow.destination()), missed));
        }
        return new Report(
                "quality",
                csv,
                new TablesSheet.Table(
                        "Quality",
                        "Calls sent, by destination and carrier: answer-seizure and network"
                                + " effectiveness ratio, average call duration in seconds,"
                                + " post-dial delay in milliseconds, and the targets missed.",
                        List.of(
                                "DESTINATION",
                                "CARRIER",
                                "ATTEMPTS",
                                "ANSWERED",
                                "ASR %",
                                "NER %",
                                "ACD",
                                "PDD",
                                "MOS",
                                "MISSED"),
                        printed,
                        List.of()));
    }

    private static List<String> cells(Flow flow, String destination, String missed) {
        return List.of(
                destination,
                flow.carrier(),
                Long.toString(flow.attemptCount()),
                Long.toString(flow.answeredCount()),
                Ratio.text(flow.asr()),
                Ratio.text(flow.ner()),
                Ratio.text(flow.acdSeconds()),
                Ratio.text(flow.averagePddMillis()),
                Ratio.text(flow.averageMos()),
                missed);
    }

    /// The flows of the buy side, one a destination and carrier.
    private static List<Flow> bought(List<Flow> flows) {
        Map<List<String>, Flow> sums = new HashMap<>();
        for (Flow flow : flows) {
            if (flow.side() == Side.BUY) {
                sums.merge(List.of(flow.destination(), flow.carrier()), flow, Flow::plus);
            }
        }
        return sums.values().stream()
                .sorted(Comparator.comparing(Flow::destination).thenComparing(Flow::carrier))
                .toList();
    }

    private static String missed(Flow flow, @Nullable QualityTarget target) {
        if (target == null) {
            return "";
        }
        List<String> missed = new ArrayList<>();
        if (below(flow.asr(), target.asrMinPercent())) {
            missed.add("asr");
        }
        if (below(flow.averageMos(), target.mosMin())) {
            missed.add("mos");
        }
        if (below(flow.acdSeconds(), target.acdMinSeconds())) {
            missed.add("acd");
        }
        if (below(target.pddMaxMillis(), flow.averagePddMillis())) {
            missed.add("pdd");
        }
        return String.join(" ", missed);
    }

    private static boolean below(@Nullable BigDecimal found, @Nullable BigDecimal least) {
        return found != null && least != null && found.compareTo(least) < 0;
    }
}
